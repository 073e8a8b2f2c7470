import type { Table } from '@planwright/spec';

/** Whether the columns hold no value twice already, by a key or index of theirs, or of some of them. */
export function isKeptApart(table: Table | undefined, columns: readonly string[]): boolean {
  const within = (key: readonly string[]): boolean => key.length > 0 && key.every((column) => columns.includes(column));
  return (
    table?.constraints?.some((constraint) => (constraint.type === 'primaryKey' || constraint.type === 'unique') && within(constraint.columns)) ||
    table?.indexes?.some(({ unique, where, keys }) => unique && where === undefined && within(keys.map(({ column }) => column ?? '\u0000'))) ||
    false
  );
}
