import type { Issue, Snapshot } from '@planwright/spec';
import { insertRows } from './insert-rows.js';
import { noPartition } from './partition-leaves.js';
import { type Placed, tableKey, tableOrder } from './table-order.js';

export interface RowOptions {
  /** Rows of each table. */
  readonly rows: number;
  /** The same number gives the same rows. */
  readonly seed: number;
  /** Only these tables, by name (`billing.accounts` outside the default schema), and those that they refer to. */
  readonly tables?: readonly string[];
  /** Rows that are there already, by table: new keys are chosen beside theirs. */
  readonly present?: Readonly<Record<string, number>>;
  /** A schema whose constraints the rows satisfy as well, as far as its columns are there: the one after the change. */
  readonly satisfying?: Snapshot;
}

export interface TableRows {
  readonly table: { readonly schema?: string; readonly table: string };
  /** Rows that the statements are to make. */
  readonly rows: number;
  /** Statements to run now, in this order. */
  readonly sql: readonly string[];
  /** Statements to run when every table has its rows: keys that had to wait for others, sequences. */
  readonly afterwards: readonly string[];
  readonly note?: string;
}

export interface RowPlan {
  /** In the order in which they can be filled. Partitions are filled through their table. */
  readonly tables: readonly TableRows[];
  readonly issues: readonly Issue[];
}

/**
 * Writes the statements that give each table of a schema believable rows: one INSERT a table, every value an expression of the
 * row's number and the seed. What a check asks for is read from its text; whether that was right, the database says (`fillRows`).
 */
export function makeRows(snapshot: Snapshot, options: RowOptions): RowPlan {
  const tables = placedTables(snapshot, options).map((placed): TableRows => rowsOf(placed, snapshot, options));
  return { tables, issues: [] };
}

/** Tables that take rows, in order: with those that they refer to, without partitions. */
export function placedTables(snapshot: Snapshot, { tables: names, satisfying }: Pick<RowOptions, 'tables' | 'satisfying'> = {}): readonly Placed[] {
  const placed = tableOrder(
    snapshot.tables.filter(({ partitionOf }) => partitionOf === undefined),
    satisfying?.tables,
  );
  if (!names) return placed;
  const wanted = new Set(names);
  for (const { table } of [...placed].reverse())
    if (wanted.has(tableKey(table)))
      for (const constraint of table.constraints ?? [])
        if (constraint.type === 'foreignKey') wanted.add(tableKey({ schema: constraint.references.schema, name: constraint.references.table }));
  return placed.filter(({ table }) => wanted.has(tableKey(table)));
}

function rowsOf(placed: Placed, snapshot: Snapshot, options: RowOptions): TableRows {
  const { schema, name } = placed.table;
  const table = { ...(schema !== undefined && { schema }), table: name };
  const made = insertRows(placed, { snapshot, ...options });
  if (!made) return { table, rows: 0, sql: [], afterwards: [], note: noPartition(tableKey(placed.table)) };
  return {
    table,
    rows: options.rows,
    sql: [made.sql],
    afterwards: made.afterwards,
    ...(made.unsure && { note: `A check of \`${tableKey(placed.table)}\` was not understood; its rows may be refused.` }),
  };
}
