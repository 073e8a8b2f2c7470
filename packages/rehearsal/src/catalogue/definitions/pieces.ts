import type { Definition, Grant, Setting } from '@planwright/sql';
import { writerOf } from '@planwright/sql';
import type { Engine } from '../../engine.js';

const { quoteIdentifier, quoteLiteral } = writerOf('postgresql');

export { quoteIdentifier, quoteLiteral };

/** Objects of users, not of extensions. `n` is `pg_namespace`. */
export const ours = (catalogue: string, alias: string): string =>
  `n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '${catalogue}'::regclass AND x.objid = ${alias}.oid AND x.deptype = 'e')`;

/** Those of database-wide catalogues. */
export const made = (catalogue: string, alias: string): string =>
  `${alias}.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '${catalogue}'::regclass AND x.objid = ${alias}.oid AND x.deptype = 'e')`;

/** A list of privileges as JSON. */
export const grantsOf = (acl: string): string =>
  `(SELECT jsonb_agg(jsonb_build_object('to', CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END, 'privilege', g.privilege_type, 'grantable', g.is_grantable)) FROM aclexplode(${acl}) g)`;

export const hasAndPlain = (acl: string, type: string, owner: string): string =>
  `${grantsOf(`coalesce(${acl}, acldefault('${type}', ${owner}))`)} AS has, ${grantsOf(`acldefault('${type}', ${owner})`)} AS plain`;

export const commentOf = (catalogue: string, alias: string): string => `obj_description(${alias}.oid, '${catalogue}') AS comment`;

/** What every query of this folder gives. */
export interface Row {
  readonly oid: number;
  readonly schema: string | null;
  readonly name: string;
  readonly ref: string;
  readonly owner?: string | null;
  readonly comment?: string | null;
  readonly has?: readonly Grant[] | null;
  readonly plain?: readonly Grant[] | null;
}

/** A definition whose statements follow the usual pattern; `more` has what differs. */
export function definition(
  row: Row,
  catalogue: string,
  kind: Definition['kind'],
  word: string,
  user: string,
  more: Partial<Definition> & Pick<Definition, 'raw' | 'create'>,
): Definition {
  const { settings = [], ...rest } = more;
  return {
    id: `${catalogue}:${row.oid}:0`,
    kind,
    word,
    ...(row.schema === null ? {} : { schema: row.schema, needs: [] }),
    name: row.name,
    ref: row.ref,
    drop: [`DROP ${word} ${row.ref}`],
    needs: [],
    order: row.oid,
    ...(row.has === undefined ? {} : { grants: { on: `${grantWord(word)} ${row.ref}`, has: row.has ?? [], plain: row.plain ?? [] } }),
    ...rest,
    settings: [...owned(row, word, user), ...commented(`${word} ${row.ref}`, row.comment), ...settings],
  };
}

function owned({ owner, ref }: Row, word: string, user: string): readonly Setting[] {
  if (owner === undefined || owner === null) return [];
  return [{ key: 'owner', value: owner, statements: [`ALTER ${word} ${ref} OWNER TO ${owner}`], plain: owner === quoteIdentifier(user) }];
}

/** The comment of an object, or that it has none. */
export function commented(object: string, comment: string | null | undefined): readonly Setting[] {
  const text = comment === null || comment === undefined ? 'NULL' : quoteLiteral(comment);
  return [{ key: `comment on ${object.split(' ')[0]}`, value: text, statements: [`COMMENT ON ${object} IS ${text}`], plain: text === 'NULL' }];
}

function grantWord(word: string): string {
  return word
    .replace(/^(MATERIALIZED VIEW|VIEW|FOREIGN TABLE)$/, 'TABLE')
    .replace(/^AGGREGATE$/, 'FUNCTION')
    .replace(/^SERVER$/, 'FOREIGN SERVER');
}

/** Storage parameters as an object. */
export const optionsOf = (column: string): string =>
  `(SELECT coalesce(jsonb_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)), '{}') FROM unnest(${column}) o)`;

export function read<Fields>(engine: Engine, sql: string): Promise<readonly (Row & Fields)[]> {
  return engine.query<Row & Fields>(sql);
}

/** Storage parameters as SET takes them. */
export function parameters(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        `${name}=${/^[\w.-]+$/.test(value) ? (/^[\d.]+$|^(true|false|on|off|auto)$/.test(value) ? value : quoteLiteral(value)) : quoteLiteral(value)}`,
    )
    .join(', ');
}
