import type { Column } from '@planwright/spec';
import { needed, targetOf } from '../table-order.js';
import type { Parents } from './parents.js';
import type { Wanted } from './wanted.js';

/** Whether the database counts the column's values. */
export function isCounted({ identity, default: value = '' }: Column): boolean {
  return identity !== undefined || /^nextval\(/.test(value);
}

/** Columns whose values the database makes: generated ones, and those that it counts, where nothing needs to know their values. */
export function leftOut(wanted: Wanted, { keys, columns }: Parents): ReadonlySet<string> {
  const { table, own, attempt } = wanted;
  // A row that refers to itself must know its own key.
  const known = new Set(keys.filter((key) => targetOf(key) === own && needed(table, key)).flatMap(({ references }) => references.columns ?? []));
  // An INSERT of many rows needs one column at least.
  const counts = !attempt.numbered && !table.columns.every((column) => column.generated || isCounted(column));
  const left = table.columns.filter(
    (column) =>
      column.generated !== undefined || (counts && isCounted(column) && !columns.has(column.name) && !known.has(column.name) && !wanted.partsBy(column.name)),
  );
  return new Set(left.map(({ name }) => name));
}
