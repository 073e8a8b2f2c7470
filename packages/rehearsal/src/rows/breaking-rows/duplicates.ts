import { writerOf } from '@planwright/sql';
import type { BrokenTable, RowChange } from './broken-table.js';

const { quoteIdentifier } = writerOf('postgresql');

/** Pairs of rows with the same key, among rows for which `where` holds. */
export function duplicates(on: BrokenTable, columns: readonly string[], where?: string): RowChange | undefined {
  return pairs(on, columns, { alike: 'the same key', fails: '23505' }, where);
}

/** Pairs of rows that exclude each other: what is the same does, whatever the operators. */
export function collisions(on: BrokenTable, columns: readonly string[]): RowChange | undefined {
  return pairs(on, columns, { alike: 'values that exclude each other', fails: '23P01' });
}

function pairs(
  on: BrokenTable,
  columns: readonly string[],
  { alike, fails }: { readonly alike: string; readonly fails: string },
  where?: string,
): RowChange | undefined {
  if (columns.length === 0 || !columns.every((name) => on.settable(name))) return undefined;
  const held = columns.map((name) => `r.${quoteIdentifier(name)} IS NOT NULL`).join(' AND ');
  // The first of the rows get the keys of those that follow: as many groups of two.
  const rows = on.some(where === undefined ? held : `${held} AND (${where})`, on.count * 2, columns);
  const set = columns.map((name) => `${quoteIdentifier(name)} = y.${quoteIdentifier(name)}`).join(', ');
  return {
    what: `${on.count} pairs of rows of \`${on.key}\` with ${alike} (${columns.map((name) => `\`${name}\``).join(', ')})`,
    fails,
    updates: [
      `UPDATE ${on.name} AS t SET ${set} FROM ${rows} AS x JOIN ${rows} AS y ON y."n#" = x."n#" + ${on.count} WHERE x."n#" <= ${on.count} AND t.tableoid = x."o#" AND t.ctid = x."i#"`,
    ],
  };
}
