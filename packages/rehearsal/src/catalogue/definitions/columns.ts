import type { Definition, Grant, Setting } from '@planwright/sql';
import type { Engine } from '../../engine.js';
import { commented, grantsOf, optionsOf, ours, quoteIdentifier } from './pieces.js';

interface ColumnRow {
  readonly table: number;
  readonly number: number;
  readonly name: string;
  readonly ref: string;
  readonly relation: string;
  readonly type: string;
  readonly rawType: string;
  readonly collation: string | null;
  readonly notNull: boolean;
  readonly notNullName: string | null;
  readonly generated: '' | 's' | 'v';
  readonly expression: string | null;
  readonly rawExpression: string | null;
  readonly identity: '' | 'a' | 'd';
  readonly sequence: string | null;
  readonly sequenceName: string | null;
  readonly schema: string;
  readonly sequenceOptions: string | null;
  readonly storage: string;
  readonly plainStorage: string;
  readonly compression: string;
  readonly statistics: number | null;
  readonly options: Readonly<Record<string, string>>;
  readonly inherited: boolean;
  readonly foreign: boolean;
  readonly granted: readonly Grant[] | null;
  readonly comment: string | null;
}

/** The columns of tables, and their defaults. */
export async function readColumnDefinitions(engine: Engine): Promise<readonly Definition[]> {
  // Before PostgreSQL 18 NOT NULL has no constraint and no name.
  const rows = await engine.query<ColumnRow>(
    `SELECT c.oid::int AS table, a.attnum::int AS number, a.attname::text AS name, c.oid::regclass::text AS ref, c.relname::text AS relation, format_type(a.atttypid, a.atttypmod) AS type,
      format('%s %s %s', a.atttypid, a.atttypmod, a.attcollation) AS "rawType", CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END AS collation,
      a.attnotnull AS "notNull", k.conname::text AS "notNullName", a.attgenerated AS generated, pg_get_expr(d.adbin, d.adrelid) AS expression, d.adbin::text AS "rawExpression",
      a.attidentity AS identity, s.seqrelid::regclass::text AS sequence, sc.relname::text AS "sequenceName", n.nspname::text AS schema,
      format('INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s %sCYCLE', s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache, CASE WHEN s.seqcycle THEN '' ELSE 'NO ' END) AS "sequenceOptions",
      a.attstorage AS storage, t.typstorage AS "plainStorage", a.attcompression AS compression, nullif(a.attstattarget, -1)::int AS statistics, ${optionsOf('a.attoptions')} AS options,
      NOT a.attislocal AS inherited, c.relkind = 'f' AS foreign, ${grantsOf('a.attacl')} AS granted, col_description(c.oid, a.attnum) AS comment
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey[1] = a.attnum
     LEFT JOIN pg_depend x ON a.attidentity <> '' AND x.refclassid = 'pg_class'::regclass AND x.refobjid = c.oid AND x.refobjsubid = a.attnum AND x.classid = 'pg_class'::regclass AND x.deptype = 'i'
     LEFT JOIN pg_sequence s ON s.seqrelid = x.objid LEFT JOIN pg_class sc ON sc.oid = s.seqrelid
     WHERE ${ours('pg_class', 'c')} AND c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.oid, a.attnum`,
  );
  const viewDefaults = await defaultsOfViews(engine);
  return [...rows.flatMap((row) => [column(row), ...defaultOf(row)]), ...viewDefaults];
}

function column(row: ColumnRow): Definition {
  const name = quoteIdentifier(row.name);
  const id = `pg_class:${row.table}:${row.number}`;
  const generated = row.generated === '' ? undefined : `GENERATED ALWAYS AS (${row.expression}) ${row.generated === 'v' ? 'VIRTUAL' : 'STORED'}`;
  const chosen = row.notNullName !== null && row.notNullName !== generatedName(row.relation, row.name);
  // A partition's identity is its parent's and has no sequence of its own.
  const identity = row.identity === '' || row.sequence === null ? undefined : identityOf(row);
  const inline = [
    name,
    row.type,
    ...(row.collation === null ? [] : [`COLLATE ${row.collation}`]),
    ...(generated === undefined ? [] : [generated]),
    ...(identity === undefined ? [] : [identity.create]),
  ].join(' ');
  return {
    id,
    kind: 'column',
    on: `pg_class:${row.table}:0`,
    word: 'COLUMN',
    name: row.name,
    ref: row.ref,
    raw: row.rawExpression !== null && row.generated !== '' ? `${row.generated} ${row.rawExpression}` : '',
    create: [`ALTER TABLE ${row.ref} ADD COLUMN ${inline}`],
    inline,
    drop: [`ALTER TABLE ${row.ref} DROP COLUMN ${name}`],
    column: {
      name: row.name,
      type: row.type,
      rawType: row.rawType,
      ...(row.collation === null ? {} : { collation: row.collation }),
      ...(generated === undefined ? {} : { generated }),
      ...(identity === undefined ? {} : { identity }),
      ...(row.notNull ? { notNull: { ...(row.notNullName === null ? {} : { name: row.notNullName }), chosen } } : {}),
      inherited: row.inherited,
    },
    grants: { on: row.ref, has: (row.granted ?? []).map((grant) => ({ ...grant, privilege: `${grant.privilege} (${name})` })), plain: [] },
    ...(row.foreign ? {} : { options: { alter: `ALTER TABLE ${row.ref} ALTER COLUMN ${name}`, values: row.options } }),
    settings: settings(row, name),
    needs: [`pg_class:${row.table}:0`],
    order: row.number,
  };
}

function settings(row: ColumnRow, name: string): readonly Setting[] {
  const alter = `ALTER TABLE ${row.ref} ALTER COLUMN ${name}`;
  const storage = { p: 'PLAIN', e: 'EXTERNAL', m: 'MAIN', x: 'EXTENDED' }[row.storage] ?? 'DEFAULT';
  const compression = { p: 'pglz', l: 'lz4' }[row.compression] ?? 'default';
  return [
    { key: 'storage', value: row.storage, statements: [`${alter} SET STORAGE ${storage}`], plain: row.storage === row.plainStorage },
    { key: 'compression', value: row.compression, statements: [`${alter} SET COMPRESSION ${compression}`], plain: row.compression === '' },
    { key: 'statistics', value: String(row.statistics), statements: [`${alter} SET STATISTICS ${row.statistics ?? -1}`], plain: row.statistics === null },
    ...commented(`COLUMN ${row.ref}.${name}`, row.comment),
  ];
}

function identityOf({ identity, sequence, sequenceName, schema, sequenceOptions }: ColumnRow) {
  const always = identity === 'a';
  const options = sequenceOptions ?? '';
  const usual = /^INCREMENT BY 1 MINVALUE 1 MAXVALUE (9223372036854775807|2147483647|32767) START WITH 1 CACHE 1 NO CYCLE$/.test(options);
  return {
    always,
    create: `GENERATED ${always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY (SEQUENCE NAME ${sequence}${usual ? '' : ` ${options}`})`,
    options,
    sequence: sequenceName ?? '',
    schema,
  };
}

/** The name that PostgreSQL gives a NOT NULL constraint, cut as it cuts. */
function generatedName(table: string, name: string): string {
  const limit = 63 - '_not_null'.length - 1;
  let [one, other] = [table.length, name.length];
  while (one + other > limit) {
    if (one > other) one--;
    else other--;
  }
  return `${table.slice(0, one)}_${name.slice(0, other)}_not_null`;
}

function defaultOf(row: ColumnRow): readonly Definition[] {
  if (row.expression === null || row.generated !== '') return [];
  return [defaultDefinition(row)];
}

function defaultDefinition({
  table,
  number,
  ref,
  name,
  expression,
  rawExpression,
}: Pick<ColumnRow, 'table' | 'number' | 'ref' | 'name' | 'expression' | 'rawExpression'>): Definition {
  const alter = `ALTER TABLE ${ref} ALTER COLUMN ${quoteIdentifier(name)}`;
  return {
    id: `default:${table}:${number}`,
    kind: 'default',
    on: `pg_class:${table}:${number}`,
    word: 'DEFAULT',
    name: 'default',
    ref: `${ref}.${name}`,
    raw: rawExpression ?? '',
    create: [`${alter} SET DEFAULT ${expression}`],
    inline: `DEFAULT ${expression}`,
    drop: [`${alter} DROP DEFAULT`],
    settings: [],
    needs: [`pg_class:${table}:${number}`],
    order: number,
  };
}

async function defaultsOfViews(engine: Engine): Promise<readonly Definition[]> {
  const rows = await engine.query<Pick<ColumnRow, 'table' | 'number' | 'ref' | 'name' | 'expression' | 'rawExpression'>>(
    `SELECT c.oid::int AS table, a.attnum::int AS number, a.attname::text AS name, c.oid::regclass::text AS ref, pg_get_expr(d.adbin, d.adrelid) AS expression, d.adbin::text AS "rawExpression"
     FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.adnum JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours('pg_class', 'c')} AND c.relkind = 'v'`,
  );
  return rows.map((row) => ({ ...defaultDefinition(row), on: `pg_class:${row.table}:0`, name: row.name, needs: [`pg_class:${row.table}:0`] }));
}
