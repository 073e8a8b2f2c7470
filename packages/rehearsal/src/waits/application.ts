import type { Column, Snapshot, Table } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import type { Engine } from '../engine.js';
import { rowSql } from '../rows/row-sql.js';
import { tableKey } from '../rows/table-order.js';

/** What an application does with one table, a statement at a time. */
export interface Application {
  readonly table: string;
  /** The next statement of the reader: one row by its key, every column by name. */
  read(): string;
  /** The next statement of the writer: a new row, and an old one changed to what it is, in turn. Absent where nothing can be written. */
  readonly write?: () => string;
}

const { quoteIdentifier } = writerOf('postgresql');
/** Rows whose keys are known, of which each statement takes the next. */
const knownKeys = 997;
/** New rows are numbered from so far above the number of those that are there: next to them, for a backfill goes through the keys from the first to the last. */
const gap = 1000;

/** How the application uses a table that has rows; undefined where it has none. Columns that `kept` does not name are not used any more. */
export async function applicationOf(
  engine: Engine,
  snapshot: Snapshot,
  table: Table,
  seed: number,
  kept?: ReadonlySet<string>,
): Promise<Application | undefined> {
  const used = table.columns.filter(({ name }) => kept === undefined || kept.has(name));
  const relation = [table.schema ?? snapshot.defaultSchema ?? 'public', table.name].map(quoteIdentifier).join('.');
  const keys = await readKeys(engine, relation, keyOf(table));
  if (keys.length === 0 || used.length === 0) return undefined;
  let place = 0;
  const next = () => keys[place++ % keys.length] ?? '';
  const columns = used.map(({ name }) => quoteIdentifier(name)).join(', ');
  const [there] = await engine.query<{ readonly rows: number }>(`SELECT count(*)::int AS rows FROM ${relation}`);
  const write = writer(snapshot, table, used, { relation, next, seed, first: (there?.rows ?? 0) + gap });
  return { table: tableKey(table), read: () => `SELECT ${columns} FROM ${relation} WHERE ${next()}`, ...(write && { write }) };
}

interface Writing {
  readonly relation: string;
  readonly next: () => string;
  readonly seed: number;
  /** Number of the first new row. */
  readonly first: number;
}

function writer(snapshot: Snapshot, table: Table, used: readonly Column[], { relation, next, seed, first }: Writing): (() => string) | undefined {
  const { schema, name } = table;
  const narrowed = { ...snapshot, tables: snapshot.tables.map((one) => (one === table ? { ...table, columns: [...used] } : one)) };
  let number = first;
  const insert = () => rowSql(narrowed, { schema, table: name }, { seed, number: `${number++}::bigint` });
  const key = new Set(keyOf(table));
  const plain = used.find(({ name: column, generated, identity }) => !key.has(column) && generated === undefined && identity === undefined);
  const update = plain && (() => `UPDATE ${relation} SET ${quoteIdentifier(plain.name)} = ${quoteIdentifier(plain.name)} WHERE ${next()}`);
  const writable = insert() !== undefined;
  if (!writable) return update;
  let turn = 0;
  return () => (update && turn++ % 2 === 1 ? update() : (insert() ?? ''));
}

function keyOf({ constraints = [] }: Table): readonly string[] {
  return constraints.find(({ type }) => type === 'primaryKey')?.columns ?? constraints.find(({ type }) => type === 'unique')?.columns ?? [];
}

/** Conditions that each hold for one row. Without a key the place of a row does, as long as nobody moves it. */
async function readKeys(engine: Engine, relation: string, key: readonly string[]): Promise<readonly string[]> {
  const condition =
    key.length > 0
      ? key.map((column) => `format('%I = %L', ${literal(column)}, ${quoteIdentifier(column)}::text)`).join(` || ' AND ' || `)
      : `format('ctid = %L', ctid::text)`;
  const rows = await engine.query<{ readonly condition: string | null }>(`SELECT ${condition} AS condition FROM ${relation} LIMIT ${knownKeys}`);
  return rows.flatMap(({ condition: found }) => found ?? []);
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
