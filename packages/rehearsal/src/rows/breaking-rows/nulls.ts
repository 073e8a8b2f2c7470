import { writerOf } from '@planwright/sql';
import type { BrokenTable, RowChange } from './broken-table.js';

const { quoteIdentifier } = writerOf('postgresql');

/** Rows without a value in a column. */
export function nulls(on: BrokenTable, name: string): RowChange | undefined {
  const column = on.settable(name);
  if (!column || column.notNull) return undefined;
  return {
    what: `${on.rows} whose \`${name}\` is NULL`,
    fails: '23502',
    updates: [on.update({ [name]: 'NULL' }, `r.${quoteIdentifier(name)} IS NOT NULL`), on.update({ [name]: 'NULL' })],
  };
}
