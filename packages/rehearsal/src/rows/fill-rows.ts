import type { Snapshot } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import type { Engine } from '../engine.js';
import { fillTable } from './fill-rows/fill-table.js';
import type { Tried } from './fill-rows/tried.js';
import { placedTables, type RowOptions } from './make-rows.js';
import { ownRows } from './qualified.js';
import { type Placed, tableKey } from './table-order.js';

export interface FilledTable {
  /** Name as plans spell it: `orders`, `billing.accounts`. */
  readonly name: string;
  /** Rows that it holds now. */
  readonly rows: number;
  /** Rows that were added. */
  readonly added: number;
  /** Why there are fewer than asked for, or what was set aside to have them. */
  readonly note?: string;
}

export interface FilledRows {
  readonly tables: readonly FilledTable[];
  /** The tables' rows by name, as evidence records them. */
  readonly rows: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

const { quoteIdentifier } = writerOf('postgresql');

/**
 * Fills the tables of a database with believable rows. What the database refuses is tried another way: other values for its
 * checks, defaults, NULL, without colliding rows, without user triggers, one row. A table that refuses everything stays as it is, with a note.
 * Not to be called inside a transaction: a refused statement would end it.
 */
export async function fillRows(engine: Engine, snapshot: Snapshot, options: RowOptions): Promise<FilledRows> {
  const path = await engine.query<{ readonly path: string }>(`SELECT current_setting('search_path') AS path`);
  await engine.query(`SELECT set_config('search_path', $1, false)`, [
    [...new Set([snapshot.defaultSchema ?? 'public', 'public'])].map(quoteIdentifier).join(', '),
  ]);
  try {
    const placed = placedTables(snapshot, options);
    const before = await countRows(engine, snapshot, placed);
    const present = { ...before, ...options.present };
    const afterwards: string[] = [];
    const notes = new Map<string, Tried>();
    for (const one of placed) {
      const filled = await fillTable(engine, one, { snapshot, ...options, present });
      afterwards.push(...filled.afterwards);
      notes.set(tableKey(one.table), filled);
    }
    for (const statement of afterwards) {
      // A link that a check or a trigger refuses stays NULL, as it may.
      await engine.run(statement);
    }
    const now = await countRows(engine, snapshot, placed);
    const tables = placed.map(({ table }): FilledTable => {
      const name = tableKey(table);
      const [rows, added] = [now[name] ?? 0, (now[name] ?? 0) - (before[name] ?? 0)];
      const said = notes.get(name);
      // A trigger of another table may have filled it since.
      const note = said?.note !== undefined && !(said.none && added > 0) ? said.note : added < options.rows ? fewer(name, added, options.rows) : undefined;
      return { name, rows, added, ...(note !== undefined && { note }) };
    });
    return { tables, rows: Object.fromEntries(tables.map(({ name, rows }) => [name, rows])), notes: tables.flatMap(({ note }) => note ?? []) };
  } finally {
    await engine.query(`SELECT set_config('search_path', $1, false)`, [path[0]?.path ?? '']);
  }
}

function fewer(name: string, added: number, asked: number): string {
  return `\`${name}\` got ${added} rows of ${asked}: its keys allow no more with the rows of the tables that it refers to.`;
}

async function countRows(engine: Engine, snapshot: Snapshot, placed: readonly Placed[]): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (let first = 0; first < placed.length; first += 100) {
    const some = placed.slice(first, first + 100);
    const [row] = await engine.query<Record<string, string>>(
      `SELECT ${some.map(({ table }, place) => `(SELECT count(*) FROM ${ownRows(table, snapshot)})::text AS t${place}`).join(', ')}`,
    );
    for (const [place, { table }] of some.entries()) counts[tableKey(table)] = Number(row?.[`t${place}`] ?? 0);
  }
  return counts;
}
