import type { Snapshot, Table } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import type { Engine } from '../engine.js';
import { ownRows } from './qualified.js';
import { tableKey } from './table-order.js';

export interface TableChecksums {
  /** Name as plans spell it. */
  readonly table: string;
  readonly rows: number;
  /** For each column, a sum over its values that does not depend on their order; NULL counts as a value. */
  readonly columns: Readonly<Record<string, string>>;
}

const { quoteIdentifier } = writerOf('postgresql');

/** Reads the row count and a checksum of each column, with one query a table. Partitions count with their table. */
export async function checksums(engine: Engine, snapshot: Snapshot, options: { readonly tables?: readonly string[] } = {}): Promise<readonly TableChecksums[]> {
  const found: TableChecksums[] = [];
  for (const table of snapshot.tables) {
    if (table.partitionOf || (options.tables && !options.tables.includes(tableKey(table)))) continue;
    const [row] = await engine.query<Record<string, string>>(sumsOf(table, snapshot));
    found.push({
      table: tableKey(table),
      rows: Number(row?.rows ?? 0),
      columns: Object.fromEntries(table.columns.map(({ name }, place) => [name, row?.[`c${place}`] ?? '0'])),
    });
  }
  return found;
}

function sumsOf(table: Table, snapshot: Snapshot): string {
  // `hashtextextended` came with PostgreSQL 11. A text of its own stands for NULL, so that NULL and nothing differ.
  const sums = table.columns.map(
    ({ name }, place) => `coalesce(sum(hashtextextended(coalesce(t.${quoteIdentifier(name)}::text, '\\N'), 0)::numeric), 0)::text AS c${place}`,
  );
  return `SELECT count(*)::text AS rows${sums.map((sum) => `, ${sum}`).join('')} FROM ${ownRows(table, snapshot)} AS t`;
}

export interface Untouched {
  /** Tables that have another name after: name before to name after. */
  readonly tables?: Readonly<Record<string, string>>;
  /** Columns that have another name after: `orders.client_id` to `customer_id`. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Tables that become partitions of another, or cease to be, by that one: its rows are counted with theirs on the side where they stand apart. */
  readonly attached?: Readonly<Record<string, string>>;
  readonly detached?: Readonly<Record<string, string>>;
  /** Tables and columns (`orders`, `orders.total`) that the change means to alter: they are not compared. */
  readonly touched?: readonly string[];
}

/** Checksums with those of tables that are partitions on the other side put to the whole. Sums of parts add up. */
function withPartitions(all: readonly TableChecksums[], wholes: Readonly<Record<string, string>>): readonly TableChecksums[] {
  if (Object.keys(wholes).length === 0) return all;
  return all.filter(({ table }) => wholes[table] === undefined).map((whole) => all.filter(({ table }) => wholes[table] === whole.table).reduce(added, whole));
}

function added(whole: TableChecksums, part: TableChecksums): TableChecksums {
  const columns = Object.entries(whole.columns).map(([name, sum]) => [name, String(BigInt(sum) + BigInt(part.columns[name] ?? '0'))]);
  return { ...whole, rows: whole.rows + part.rows, columns: Object.fromEntries(columns) };
}

/** Says, a sentence each, where rows were lost or values became others. Columns that are gone after are not compared; tables that are gone are. */
export function compareChecksums(
  before: readonly TableChecksums[],
  after: readonly TableChecksums[],
  { tables = {}, columns = {}, attached = {}, detached = {}, touched = [] }: Untouched = {},
): readonly string[] {
  const later = new Map(withPartitions(after, detached).map((found) => [found.table, found]));
  // What is done to a part is done to the whole.
  const skipped = new Set(touched.flatMap((name) => [name, attached[name] ?? detached[name] ?? name]));
  const differences: string[] = [];
  for (const one of withPartitions(before, attached)) {
    if (skipped.has(one.table)) continue;
    const other = later.get(tables[one.table] ?? one.table);
    if (!other) {
      if (one.rows > 0) differences.push(`\`${one.table}\` is gone, with ${one.rows} rows.`);
      continue;
    }
    if (one.rows !== other.rows) {
      differences.push(`\`${one.table}\` had ${one.rows} rows and has ${other.rows}.`);
      continue;
    }
    for (const [column, sum] of Object.entries(one.columns)) {
      const name = `${one.table}.${column}`;
      const now = other.columns[columns[name] ?? column];
      if (!skipped.has(name) && now !== undefined && now !== sum) differences.push(`Values of \`${name}\` are others than before.`);
    }
  }
  return differences;
}
