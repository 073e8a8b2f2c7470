import type { TypeName } from '@pgsql/types';
import { type NodeOf, nodeOf, quoteIdentifier, quoteName, stringsOf } from '@planwright/sql/postgresql';
import type { Draft } from '../../draft/draft.js';

/** The short spelling of the built-in types whose internal name differs. */
const shortNames: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  bool: 'boolean',
  float4: 'real',
  float8: 'double precision',
  bpchar: 'char',
};

/** Types that are PostgreSQL's own whatever schema is searched, by the names that may be written without `pg_catalog`. */
const builtIn: ReadonlySet<string> = new Set(
  (
    'int2 int4 int8 bool float4 float8 bpchar varchar text char numeric date time timetz timestamp timestamptz interval json jsonb uuid bytea inet cidr macaddr ' +
    'macaddr8 bit varbit money xml oid regclass regtype regproc regprocedure regnamespace regrole tsvector tsquery point line lseg box path polygon circle name ' +
    'int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange ' +
    'pg_lsn txid_snapshot xid xid8 cid tid record trigger event_trigger void anyelement anyarray anynonarray anyenum anyrange anycompatible anycompatiblearray ' +
    'cstring internal language_handler jsonpath refcursor int2vector oidvector unknown any'
  ).split(' '),
);

/** Masks of `INTERVAL YEAR TO MONTH` and the like, as the grammar writes them. */
const intervalFields: Readonly<Record<number, string>> = {
  4: 'year',
  2: 'month',
  8: 'day',
  1024: 'hour',
  2048: 'minute',
  4096: 'second',
  6: 'year to month',
  1032: 'day to hour',
  3080: 'day to minute',
  7176: 'day to second',
  3072: 'hour to minute',
  7168: 'hour to second',
  6144: 'minute to second',
};

/** A type as the model spells it: `varchar(40)`, `timestamptz`, `text[]`, `billing."State"`. */
export function typeText(draft: Draft, type: TypeName | undefined): string {
  if (!type) return '';
  const names = stringsOf(type.names);
  const name = names.at(-1) ?? '';
  const schema = names.length > 1 ? names.at(-2) : undefined;
  const array = '[]'.repeat(type.arrayBounds?.length ? 1 : 0);
  const setof = type.setof ? 'SETOF ' : '';
  const reference = type.pct_type ? '%TYPE' : '';
  return `${setof}${baseText(draft, schema, name, type)}${reference}${array}`;
}

function baseText(draft: Draft, schema: string | undefined, name: string, type: TypeName): string {
  const known = schema === undefined ? draft.schemaOfType(name) : undefined;
  const own = schema === 'pg_catalog' || (schema === undefined && !known && builtIn.has(name));
  const modifiers = modifiersOf(type);
  if (!own) {
    const within = schema === undefined ? known?.schema : draft.plainSchema(schema);
    const base = within === undefined ? quoteIdentifier(name) : quoteName([within, name]);
    return withModifiers(base, modifiers);
  }
  // "char", one byte, is written quoted; plain char is the grammar's bpchar(1).
  if (name === 'char') return '"char"';
  if (name === 'interval') return intervalText(modifiers);
  if (name === 'bpchar' && modifiers.length === 0) return 'bpchar';
  if (name === 'numeric' && modifiers.length === 1) return `numeric(${modifiers[0]},0)`;
  if (name === 'bit' && modifiers.length === 0) return 'bit(1)';
  return withModifiers(shortNames[name] ?? name, modifiers);
}

function withModifiers(base: string, modifiers: readonly string[]): string {
  return modifiers.length === 0 ? base : `${base}(${modifiers.join(',')})`;
}

function intervalText([mask, precision]: readonly string[]): string {
  const fields = mask === undefined ? undefined : intervalFields[Number(mask)];
  return `interval${fields ? ` ${fields}` : ''}${precision === undefined ? '' : `(${precision})`}`;
}

function modifiersOf(type: TypeName): readonly string[] {
  return (type.typmods ?? []).map((node) => {
    const constant = nodeOf('A_Const', node);
    if (constant) return constantText(constant);
    const column = nodeOf('ColumnRef', node);
    return column ? stringsOf(column.fields).join('.') : '';
  });
}

function constantText(constant: NodeOf<'A_Const'>): string {
  if (constant.sval) return constant.sval.sval ?? '';
  if (constant.fval) return constant.fval.fval ?? '';
  return String(constant.ival?.ival ?? 0);
}
