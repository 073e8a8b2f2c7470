import type { Column, Table } from '@planwright/spec';
import { type Between, inPrimaryKey, on } from './between.js';
import { conversion } from './conversion.js';
import { differing, keyOf } from './named.js';

/** Columns of one table that come, go and change. `gone` are those that go, be it only to come back. */
export function diffColumns(between: Between, from: Table, to: Table, gone: ReadonlySet<string>): void {
  const { steps } = between;
  // A partition's columns are its parent's.
  const inherited = to.partitionOf !== undefined && from.partitionOf !== undefined;
  const retyped = between.replaced.retyped.get(keyOf(from));
  // A column that is the same object is the same, unless its type is built anew under it or it is made anew itself.
  const replaced = retyped !== undefined || between.replaced.columns.has(keyOf(from));
  const [earlier, later] = replaced ? [from.columns, to.columns] : differing(from.columns, to.columns);
  const generatedFirst = earlier.filter(({ name }) => gone.has(name)).sort((a, b) => Number(b.generated !== undefined) - Number(a.generated !== undefined));
  for (const column of generatedFirst) if (!inherited) steps.add('drop columns', { type: 'dropColumn', ...on(from), column: column.name });
  const before = new Map(earlier.map((column) => [column.name, column]));
  for (const column of later) {
    const one = gone.has(column.name) ? undefined : before.get(column.name);
    if (one === column && !retyped?.has(one.name)) continue;
    if (one) diffColumn(between, from, to, one, column, inherited);
    else if (!inherited) addColumn(between, to, column);
  }
}

/** A column comes. Where rows may be there and nothing fills it, NOT NULL is set in a step of its own, which waits for the values. */
function addColumn({ steps }: Between, table: Table, column: Column): void {
  const filled = column.default !== undefined || column.identity !== undefined || column.generated !== undefined;
  if (!column.notNull || filled) {
    steps.add('add columns', { type: 'addColumn', ...on(table), column });
    return;
  }
  const { notNull: _, ...nullable } = column;
  steps.add('add columns', { type: 'addColumn', ...on(table), column: nullable });
  // A primary key sets NOT NULL itself.
  if (!inPrimaryKey(table, column)) steps.add('set not null', { type: 'setNotNull', ...on(table), column: column.name });
}

/** `inherited`: the column is that of the partitioned table, and takes its type from there. */
function diffColumn(between: Between, fromTable: Table, table: Table, one: Column, other: Column, inherited: boolean): void {
  const { same, steps, replaced } = between;
  const at = { ...on(table), column: other.name };
  const rebuilt = one.type === other.type && (replaced.retyped.get(keyOf(fromTable))?.has(one.name) ?? false);
  const retyped = !inherited && (one.type !== other.type || one.collation !== other.collation || rebuilt);
  if (one.generated && !other.generated) steps.add('drop defaults', { type: 'dropGenerated', ...at });
  if (one.identity && !other.identity) steps.add('drop defaults', { type: 'dropIdentity', ...at });
  const keepsDefault = same(one.default, other.default) && !retyped;
  if (one.default !== undefined && !keepsDefault && (retyped || other.default === undefined)) steps.add('drop defaults', { type: 'dropDefault', ...at });
  if (retyped) {
    const using = rebuilt ? throughText(other) : conversion(one.type, other.type, other.name);
    const collation = one.collation !== other.collation ? { collation: other.collation ?? 'default' } : {};
    steps.add('change types', { type: 'alterColumnType', ...at, from: one.type, to: other.type, ...(using === undefined ? {} : { using }), ...collation });
  }
  if (other.default !== undefined && !keepsDefault) steps.add('set defaults', { type: 'setDefault', ...at, default: other.default });
  if (one.notNull && !other.notNull) steps.add('drop not null', { type: 'dropNotNull', ...at });
  if (!one.notNull && other.notNull) steps.add('set not null', { type: 'setNotNull', ...at });
  if (other.identity && (one.identity !== other.identity || !same(one.identityOptions, other.identityOptions))) {
    // One that is there keeps what is not said.
    const former = one.identity ? usualAgain(one.identityOptions ?? {}, other) : {};
    const options = { ...former, ...other.identityOptions };
    steps.add('set not null', { type: 'setIdentity', ...at, identity: other.identity, ...(Object.keys(options).length === 0 ? {} : { options }) });
  }
  if (!same(one.comment, other.comment)) {
    steps.add('comment', {
      type: 'setComment',
      kind: 'column',
      ...on(table),
      name: other.name,
      ...(other.comment === undefined ? {} : { comment: other.comment }),
    });
  }
}

/** A value of the type that was renamed away reaches the new one of the same name by its text. */
function throughText({ name, type }: Column): string {
  return conversion('unknown', type, name) ?? name;
}

/** Options of an identity that become again what PostgreSQL chooses by itself; a bound of the type cannot be told in one word for an identity that counts down. */
function usualAgain(options: Readonly<Record<string, string>>, { type }: Column): Record<string, string> {
  const high = { smallint: '32767', integer: '2147483647' }[type] ?? '9223372036854775807';
  const usual: Readonly<Record<string, string>> = { start: '1', increment: '1', minvalue: '1', maxvalue: high, cache: '1', cycle: 'false' };
  return Object.fromEntries(Object.keys(options).flatMap((name) => (usual[name] === undefined ? [] : [[name, usual[name]] as const])));
}
