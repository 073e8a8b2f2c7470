import type { Snapshot } from '@planwright/spec';
import { insertRows } from './insert-rows.js';
import { placedTables } from './make-rows.js';

export interface RowSqlOptions {
  readonly seed: number;
  /** SQL of the row's number; `$1::bigint` if absent. */
  readonly number?: string;
}

/**
 * An INSERT of one believable row, whose number is the parameter `$1`: choose numbers above those of the rows that are there.
 * It refers to rows that exist and adds none where a key forbids it. Undefined where the table is not in the schema or can take no row.
 */
export function rowSql(
  snapshot: Snapshot,
  { schema, table }: { readonly schema?: string | undefined; readonly table: string },
  { seed, number = '$1::bigint' }: RowSqlOptions,
): string | undefined {
  const placed = placedTables(snapshot).find((found) => found.table.name === table && found.table.schema === schema);
  // Every other table has its rows by now, so that no key need wait.
  return placed && insertRows({ ...placed, later: new Set() }, { snapshot, seed, rows: Number.MAX_SAFE_INTEGER }, { way: 0, full: true }, number)?.sql;
}
