import type { Column, Table } from '@planwright/spec';
import { boundsWishes } from '../partition-leaves.js';
import type { Wish } from '../wish.js';
import { type BrokenTable, ownValue, type RowChange } from './broken-table.js';

/** Rows that do not lie within the bounds of a partition of `parent`. */
export function outside(on: BrokenTable, parent: Table, bounds: string): RowChange {
  const updates = [...boundsWishes(parent, bounds)].flatMap(([name, wish]) => {
    const column = on.column(name);
    const value = column && outsideValue(on, column, wish);
    return value === undefined ? [] : on.update({ [name]: value });
  });
  return { what: `${on.rows} outside the bounds \`${bounds}\``, fails: '23514', updates };
}

function outsideValue(on: BrokenTable, column: Column, { low, high, oneOf }: Wish): string | undefined {
  // The upper bound itself is outside.
  if (high) return `(${high.sql})::${column.type}`;
  if (!oneOf && !low) return undefined;
  const values = on.valuesOf(column, oneOf ? { not: oneOf } : { high: { ...(low ?? { sql: '0' }), included: false } }, 'out');
  return values.guessed ? undefined : ownValue(values);
}
