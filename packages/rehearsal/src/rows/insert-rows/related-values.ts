import type { Column, Snapshot } from '@planwright/spec';
import { referencedOf } from '../references.js';
import { needed, targetOf } from '../table-order.js';
import { typeOf } from '../type.js';
import type { Relation } from '../wish.js';
import type { Parents } from './parents.js';
import type { Wanted } from './wanted.js';

/** Gives columns their values by those of other columns: where a check compares the two, and where a row must refer to itself. `given` is changed. */
export function relate(given: Map<string, string>, wanted: Wanted, { keys, columns }: Parents): void {
  for (const { lesser, greater, how } of wanted.way.relations) {
    const [value, column] = [given.get(lesser), wanted.column(greater)];
    if (value === undefined || !wanted.column(lesser) || !column || !given.has(greater) || columns.has(greater)) continue;
    const sql = greaterThan(value, column, how, wanted.random(lesser, greater), wanted.snapshot);
    if (sql !== undefined) given.set(greater, sql);
  }
  // A row that refers to itself: the key is checked when the statement has ended.
  for (const key of keys) {
    if (targetOf(key) !== wanted.own || !needed(wanted.table, key) || key.columns.every((column) => columns.has(column))) continue;
    const referenced = referencedOf(key, wanted.snapshot);
    for (const [place, column] of key.columns.entries()) {
      const value = given.get(referenced[place] ?? '');
      if (value !== undefined) given.set(column, value);
    }
  }
}

/** SQL of a value of the column that is a little greater; undefined for types that have none. */
function greaterThan(value: string, { type: spelt }: Column, how: Relation['how'], random: string, snapshot: Snapshot): string | undefined {
  if (how === 'equal') return `(${value})::${spelt}`;
  const { base } = typeOf(spelt, snapshot);
  switch (base) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'numeric':
    case 'real':
    case 'double precision':
      return `((${value}) + 1 + ${random} % 10)::${spelt}`;
    case 'money':
      return `((${value})::numeric + 1)::money`;
    case 'date':
      return `((${value})::date + 1 + (${random} % 30)::int)`;
    case 'timestamp':
    case 'timestamptz':
      return `((${value})::${base} + (1 + ${random} % 720) * interval '1 hour')::${spelt}`;
    case 'interval':
      return `((${value}) + interval '1 hour')`;
    case 'time':
      return `greatest(${value}, time '23:59:59')`;
    case 'text':
    case 'varchar':
    case 'citext':
      return `((${value}) || 'z')::${spelt}`;
    default:
      return undefined;
  }
}
