import type { Definition, Grant } from '@planwright/sql';
import type { Engine } from '../../engine.js';
import { commented, commentOf, definition, hasAndPlain, ours, quoteIdentifier, quoteLiteral, read } from './pieces.js';

/** Schemas, extensions, languages, collations and types. */
export async function readTypeDefinitions(engine: Engine, user: string): Promise<readonly Definition[]> {
  return [...(await schemas(engine, user)), ...(await extensions(engine, user)), ...(await collations(engine, user)), ...(await types(engine, user))];
}

async function schemas(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<{ readonly standing: boolean }>(
    engine,
    `SELECT n.oid::int, NULL AS schema, n.nspname::text AS name, quote_ident(n.nspname) AS ref, n.nspowner::regrole::text AS owner, ${hasAndPlain('n.nspacl', 'n', 'n.nspowner')},
      ${commentOf('pg_namespace', 'n')}, n.oid < 16384 AS standing FROM pg_namespace n WHERE ${ours('pg_namespace', 'n')}`,
  );
  return rows.map((row) => definition(row, 'pg_namespace', 'schema', 'SCHEMA', user, { raw: '', create: [`CREATE SCHEMA ${row.ref}`] }));
}

async function extensions(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<{ readonly place: string; readonly movable: boolean }>(
    engine,
    `SELECT e.oid::int, NULL AS schema, e.extname::text AS name, quote_ident(e.extname) AS ref, ${commentOf('pg_extension', 'e')}, e.extnamespace::regnamespace::text AS place, e.extrelocatable AS movable
     FROM pg_extension e WHERE e.oid >= 16384`,
  );
  return rows.map((row) =>
    definition({ ...row, comment: undefined }, 'pg_extension', 'extension', 'EXTENSION', user, {
      raw: '',
      create: [`CREATE EXTENSION ${row.ref}${row.movable ? ` SCHEMA ${row.place}` : ''}`],
      settings: row.movable ? [{ key: 'place', value: row.place, statements: [`ALTER EXTENSION ${row.ref} SET SCHEMA ${row.place}`], plain: true }] : [],
    }),
  );
}

async function collations(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<{ readonly provider: string; readonly locale: string | null; readonly lc: string | null; readonly deterministic: boolean }>(
    engine,
    `SELECT o.oid::int, n.nspname::text AS schema, o.collname::text AS name, o.oid::regcollation::text AS ref, o.collowner::regrole::text AS owner, ${commentOf('pg_collation', 'o')},
      CASE o.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END AS provider,
      coalesce(to_jsonb(o) ->> 'colllocale', to_jsonb(o) ->> 'colliculocale', o.collcollate) AS locale, o.collctype AS lc, o.collisdeterministic AS deterministic
     FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace WHERE ${ours('pg_collation', 'o')}`,
  );
  return rows.map((row) => {
    const parts = [`provider = ${row.provider}`, `locale = ${quoteLiteral(row.locale ?? '')}`, ...(row.deterministic ? [] : ['deterministic = false'])];
    const create = `CREATE COLLATION ${row.ref} (${parts.join(', ')})`;
    return definition(row, 'pg_collation', 'collation', 'COLLATION', user, { raw: parts.join(), create: [create] });
  });
}

interface TypeFields {
  readonly type: 'e' | 'd' | 'c' | 'r' | 'b' | 'p';
  readonly relation: number;
  readonly labels: readonly { readonly id: string; readonly label: string }[] | null;
  readonly base: string | null;
  readonly rawBase: string;
  readonly collation: string | null;
  readonly notNull: boolean;
  readonly default: string | null;
  readonly range: string | null;
  readonly defined: boolean;
}

async function types(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<TypeFields & { readonly has: readonly Grant[] | null }>(
    engine,
    `SELECT t.oid::int, n.nspname::text AS schema, t.typname::text AS name, t.oid::regtype::text AS ref, t.typowner::regrole::text AS owner, ${hasAndPlain('t.typacl', 'T', 't.typowner')}, ${commentOf('pg_type', 't')},
      t.typtype AS type, t.typrelid::int AS relation, t.typisdefined AS defined,
      (SELECT jsonb_agg(jsonb_build_object('id', e.oid::text, 'label', e.enumlabel) ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) AS labels,
      CASE WHEN t.typbasetype <> 0 THEN format_type(t.typbasetype, t.typtypmod) END AS base, format('%s %s', t.typbasetype, t.typtypmod) AS "rawBase",
      CASE WHEN t.typtype = 'd' AND t.typcollation <> 0 AND t.typcollation <> b.typcollation THEN t.typcollation::regcollation::text END AS collation,
      t.typnotnull AS "notNull", t.typdefault AS default,
      (SELECT concat_ws(', ', 'subtype = ' || r.rngsubtype::regtype, 'multirange_type_name = ' || quote_ident((SELECT typname FROM pg_type WHERE oid = r.rngmultitypid)),
         CASE WHEN NOT oc.opcdefault THEN 'subtype_opclass = ' || quote_ident(oc.opcname) END,
         CASE WHEN r.rngcollation NOT IN (0, 100) THEN 'collation = ' || r.rngcollation::regcollation END,
         CASE WHEN r.rngsubdiff <> 0 THEN 'subtype_diff = ' || r.rngsubdiff::regproc END)
       FROM pg_range r LEFT JOIN pg_opclass oc ON oc.oid = r.rngsubopc WHERE r.rngtypid = t.oid) AS range
     FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid LEFT JOIN pg_type b ON b.oid = t.typbasetype
     WHERE ${ours('pg_type', 't')} AND (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'p' AND NOT t.typisdefined OR t.typtype = 'c' AND c.relkind = 'c')`,
  );
  const attributes = await attributeRows(engine);
  const checks = await domainConstraints(engine, user);
  return [
    ...rows.flatMap((row) => {
      const own = attributes.filter(({ relation }) => relation === row.relation && row.type === 'c');
      return [typeDefinition(row, own, user), ...own.map((attribute) => attributeDefinition(attribute, row))];
    }),
    ...checks,
  ];
}

function typeDefinition(row: TypeFields & Parameters<typeof definition>[0], attributes: readonly AttributeRow[], user: string): Definition {
  const make = (word: string, raw: string, create: string, more: Partial<Definition> = {}) =>
    definition(row, 'pg_type', 'type', word, user, { raw, create: [create], ...more });
  switch (row.type) {
    case 'e':
      return make('TYPE', '', `CREATE TYPE ${row.ref} AS ENUM (${(row.labels ?? []).map(({ label }) => quoteLiteral(label)).join(', ')})`, {
        labels: row.labels ?? [],
      });
    case 'd': {
      const create = `CREATE DOMAIN ${row.ref} AS ${row.base}${row.collation === null ? '' : ` COLLATE ${row.collation}`}`;
      return make('DOMAIN', `${row.rawBase} ${row.collation}`, create, {
        settings: [
          {
            key: 'default',
            value: row.default ?? '',
            statements: [`ALTER DOMAIN ${row.ref} ${row.default === null ? 'DROP DEFAULT' : `SET DEFAULT ${row.default}`}`],
            plain: row.default === null,
          },
          {
            key: 'not null',
            value: String(row.notNull),
            statements: [`ALTER DOMAIN ${row.ref} ${row.notNull ? 'SET' : 'DROP'} NOT NULL`],
            plain: !row.notNull,
          },
        ],
      });
    }
    case 'c':
      return make('TYPE', '', `CREATE TYPE ${row.ref} AS (${attributes.map(({ spelt }) => spelt).join(', ')})`);
    case 'r':
      return make('TYPE', row.range ?? '', `CREATE TYPE ${row.ref} AS RANGE (${row.range})`);
    default:
      return make('TYPE', '', `CREATE TYPE ${row.ref}`);
  }
}

interface AttributeRow {
  readonly relation: number;
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly rawType: string;
  readonly collation: string | null;
  readonly spelt: string;
  readonly comment: string | null;
}

async function attributeRows(engine: Engine): Promise<readonly AttributeRow[]> {
  return engine.query<AttributeRow>(
    `SELECT c.oid::int AS relation, a.attnum::int AS number, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type, format('%s %s %s', a.atttypid, a.atttypmod, a.attcollation) AS "rawType",
      CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END AS collation,
      format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)) || CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END AS spelt,
      col_description(c.oid, a.attnum) AS comment
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
     WHERE ${ours('pg_class', 'c')} AND c.relkind = 'c' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.oid, a.attnum`,
  );
}

function attributeDefinition(row: AttributeRow, type: { readonly oid: number; readonly ref: string }): Definition {
  const name = quoteIdentifier(row.name);
  return {
    id: `pg_class:${row.relation}:${row.number}`,
    kind: 'attribute',
    on: `pg_type:${type.oid}:0`,
    word: 'ATTRIBUTE',
    name: row.name,
    ref: type.ref,
    raw: row.rawType,
    create: [`ALTER TYPE ${type.ref} ADD ATTRIBUTE ${row.spelt}`],
    drop: [`ALTER TYPE ${type.ref} DROP ATTRIBUTE ${name}`],
    settings: commented(`COLUMN ${type.ref}.${name}`, row.comment),
    column: {
      name: row.name,
      type: row.type,
      rawType: row.rawType,
      ...(row.collation === null ? {} : { collation: row.collation }),
      inherited: false,
    },
    needs: [`pg_type:${type.oid}:0`],
    order: row.number,
  };
}

async function domainConstraints(engine: Engine, user: string): Promise<readonly Definition[]> {
  const rows = await read<{ readonly domain: number; readonly on: string; readonly text: string; readonly raw: string }>(
    engine,
    `SELECT k.oid::int, NULL AS schema, k.conname::text AS name, format('%I ON DOMAIN %s', k.conname, k.contypid::regtype) AS ref, ${commentOf('pg_constraint', 'k')}, k.contypid::int AS domain, k.contypid::regtype::text AS on,
      pg_get_constraintdef(k.oid) AS text, format('%s %s', k.conbin, k.convalidated) AS raw
     FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE ${ours('pg_constraint', 'k')} AND k.contypid <> 0 AND k.contype = 'c'`,
  );
  return rows.map((row) =>
    definition(row, 'pg_constraint', 'domain constraint', 'CONSTRAINT', user, {
      on: `pg_type:${row.domain}:0`,
      raw: row.raw,
      create: [`ALTER DOMAIN ${row.on} ADD CONSTRAINT ${quoteIdentifier(row.name)} ${row.text}`],
      drop: [`ALTER DOMAIN ${row.on} DROP CONSTRAINT ${quoteIdentifier(row.name)}`],
      needs: [`pg_type:${row.domain}:0`],
    }),
  );
}
