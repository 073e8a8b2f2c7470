import type { Snapshot } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import type { Engine, StatementError } from '../engine.js';
import type { Attempt } from './insert-rows/attempt.js';
import type { Filling } from './insert-rows/wanted.js';
import { insertRows } from './insert-rows.js';
import { placedTables, type RowOptions } from './make-rows.js';
import { ownRows, qualified } from './qualified.js';
import { foreignKeys, needed, type Placed, tableKey, targetOf } from './table-order.js';

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
// A table that refused so many ways refuses the next as well.
const mostAttempts = 40;
// More rows than this are tried with a few first.
const tryFirst = 2000;

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
    const placed = placedTables(snapshot, options.tables);
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

interface Tried {
  readonly afterwards: readonly string[];
  readonly note?: string;
  /** The note says that there are no rows. */
  readonly none?: true;
}

async function fillTable(engine: Engine, placed: Placed, filling: Filling): Promise<Tried> {
  const { table } = placed;
  const name = tableKey(table);
  let attempt: Attempt = { way: 0 };
  let error: StatementError | undefined;
  const seen = new Set<string>();
  for (let tries = 0; tries < mostAttempts; tries++) {
    const made = insertRows(placed, filling, attempt);
    if (!made) return { afterwards: [], none: true, note: `\`${name}\` is partitioned and has no partition that could take a row.` };
    seen.add(spelt(attempt));
    const ran = await tried(engine, placed, filling, attempt, made.sql);
    if (!ran.error) {
      if ((ran.rows ?? 0) > 0) return { afterwards: made.afterwards };
      const parent = emptyParent(placed);
      return { afterwards: [], none: true, ...(parent !== undefined && { note: parent }) };
    }
    error = ran.error;
    const next = following(placed, attempt, error, made.ways).find((one) => !seen.has(spelt(one)));
    if (!next) break;
    attempt = next;
  }
  return lastResorts(engine, placed, filling, attempt, error);
}

async function tried(engine: Engine, placed: Placed, filling: Filling, attempt: Attempt, sql: string) {
  if (filling.rows <= tryFirst) return engine.run(sql);
  const few = insertRows(placed, { ...filling, rows: 50 }, attempt);
  // The few are taken back, and a refusal costs little.
  const first = few && (await inSavepoint(engine, few.sql));
  return first ? { error: first } : engine.run(sql);
}

class Refused extends Error {
  constructor(readonly error: StatementError | undefined) {
    super(error?.message ?? 'rolled back');
  }
}

async function inSavepoint(engine: Engine, sql: string): Promise<StatementError | undefined> {
  try {
    await engine.transaction(async () => {
      const { error } = await engine.run(sql);
      throw new Refused(error);
    });
  } catch (thrown) {
    if (thrown instanceof Refused) return thrown.error;
    throw thrown;
  }
  return undefined;
}

function spelt({ defaults, nulls, ...attempt }: Attempt): string {
  return JSON.stringify({ ...attempt, defaults: [...(defaults ?? [])], nulls: [...(nulls ?? [])] });
}

/** What to try next, most promising first. */
function following({ table }: Placed, attempt: Attempt, error: StatementError, ways: number): readonly Attempt[] {
  const { code, message } = error;
  const ladder: Attempt[] = [];
  switch (code) {
    case '23505':
    case '23P01':
      ladder.push({ ...attempt, numbered: true }, { ...attempt, skip: true });
      break;
    case '23514': {
      if (attempt.way + 1 < ways) ladder.push({ ...attempt, way: attempt.way + 1 });
      const named = /constraint "([^"]+)"/.exec(message)?.[1];
      const check = table.constraints?.find((constraint) => constraint.name === named);
      const columns = check && 'columns' in check ? (check.columns ?? []) : [];
      const withDefault = columns.filter((column) => table.columns.find((found) => found.name === column)?.default !== undefined);
      const nullable = columns.filter((column) => !table.columns.find((found) => found.name === column)?.notNull);
      ladder.push({ ...attempt, defaults: new Set([...(attempt.defaults ?? []), ...withDefault]) });
      for (const column of nullable) ladder.push({ ...attempt, nulls: new Set([...(attempt.nulls ?? []), column]) });
      ladder.push({ ...attempt, nulls: new Set([...(attempt.nulls ?? []), ...nullable]) });
      break;
    }
    case '23502':
      ladder.push({ ...attempt, full: true }, { ...attempt, numbered: true });
      break;
    default:
      if (code.startsWith('22')) ladder.push({ ...attempt, digits: true });
      if (code.startsWith('22') || code.startsWith('42')) ladder.push({ ...attempt, bare: true });
      if (attempt.bare) for (let guess = 1; guess < 7; guess++) ladder.push({ ...attempt, guess });
  }
  ladder.push({ ...attempt, full: true }, { ...attempt, bare: true }, { ...attempt, bare: true, skip: true });
  return ladder;
}

/** Without triggers of users; then one row. */
async function lastResorts(engine: Engine, placed: Placed, filling: Filling, last: Attempt, error: StatementError | undefined): Promise<Tried> {
  const { table } = placed;
  const name = tableKey(table);
  const refused = `${error?.code ?? ''}: ${error?.message ?? ''}`;
  const firing = (table.triggers ?? []).filter(({ enabled }) => enabled !== 'disabled');
  if (firing.length > 0) {
    const relation = qualified(table, filling.snapshot);
    for (const attempt of [{ way: 0 }, { way: 0, skip: true }, last]) {
      const made = insertRows(placed, filling, attempt);
      if (!made) continue;
      await engine.run(`ALTER TABLE ${relation} DISABLE TRIGGER USER`);
      const ran = await engine.run(made.sql);
      for (const { name: trigger, enabled } of firing)
        await engine.run(
          `ALTER TABLE ${relation} ENABLE ${enabled === undefined || enabled === 'disabled' ? '' : `${enabled.toUpperCase()} `}TRIGGER ${quoteIdentifier(trigger)}`,
        );
      if (!ran.error && (ran.rows ?? 0) > 0)
        return { afterwards: made.afterwards, note: `\`${name}\` got its rows with its triggers set aside, which refused them (${refused}).` };
    }
  }
  for (const attempt of [last, { way: 0, bare: true, skip: true }]) {
    const made = insertRows(placed, { ...filling, rows: 1 }, attempt);
    const ran = made && (await engine.run(made.sql));
    if (made && ran && !ran.error && (ran.rows ?? 0) > 0)
      return { afterwards: made.afterwards, note: `\`${name}\` got one row; more were refused (${refused}).` };
  }
  return { afterwards: [], none: true, note: `\`${name}\` got no rows: ${refused}.` };
}

/** Says that there is nothing to refer to, where that is the reason. */
function emptyParent({ table, later }: Placed): string | undefined {
  const key = foreignKeys(table).find((found) => needed(table, found) && (later.has(found) || targetOf(found) !== tableKey(table)));
  return key && `\`${tableKey(table)}\` got no rows: it must refer to \`${targetOf(key)}\`, which has none that it could.`;
}
