import { type Engine, type Relations, readLocks, readRelations, type StatementError } from '@planwright/rehearsal';
import type { LockMode } from '@planwright/spec';
import { observeAlone, observeStatement, type SeenWork } from './observe-statement.js';
import type { OwnSchema, OwnStatement } from './own-statements.js';

/** What PostgreSQL made of a statement of the project's own set. */
export interface Measured {
  /** What it did on clean rows; absent where it was refused on them. */
  readonly seen?: Omit<SeenWork, 'locks'> & Partial<Pick<SeenWork, 'locks'>>;
  /** Why it was refused on clean rows. */
  readonly refused?: StatementError;
  /** Why it was refused on rows that break it. */
  readonly failed?: StatementError;
  /** Relations of a thousand rows or more are read in full or written anew while one of them is closed to writers. */
  readonly slowAndBlocking: boolean;
  /** Columns of before that are gone afterwards, or have another type. */
  readonly changedColumns: readonly string[];
}

const blocking: ReadonlySet<LockMode> = new Set(['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE']);
const many = 1000;

/** A schema with its rows on an engine that is empty but for schemas measured before. */
export interface Laid {
  readonly relations: Relations;
  /** Relations with a thousand rows or more of their own. */
  readonly large: ReadonlySet<string>;
  /** Materialized views. */
  readonly stored: ReadonlySet<string>;
}

/** Makes a schema and its rows. The engine's session is left in a zone that is not UTC, where a timestamp and a timestamptz differ. */
export async function layOut(engine: Engine, { before, rows }: Pick<OwnSchema, 'before' | 'rows'>): Promise<Laid> {
  for (const text of [before, rows]) await make(engine, text);
  const relations = await readRelations(engine);
  const large = new Set<string>();
  const stored = new Set<string>();
  for (const [oid, name] of relations) {
    const [row] = await engine.query<{ readonly kind: string; readonly spelt: string }>(
      `SELECT relkind AS kind, oid::regclass::text AS spelt FROM pg_class WHERE oid = ${oid}`,
    );
    if (!row || (row.kind !== 'r' && row.kind !== 'm')) continue;
    if (row.kind === 'm') stored.add(name);
    const [counted] = await engine.query<{ readonly rows: number }>(`SELECT count(*)::int AS rows FROM ONLY ${row.spelt}`);
    if ((counted?.rows ?? 0) >= many) large.add(name);
  }
  return { relations, large, stored };
}

/** Takes away all that was laid out. */
export async function clearAway(engine: Engine): Promise<void> {
  const schemas = await engine.query<{ readonly name: string }>(
    `SELECT nspname AS name FROM pg_namespace WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'`,
  );
  for (const { name } of schemas) await engine.query(`DROP SCHEMA "${name}" CASCADE`);
  await engine.query('CREATE SCHEMA public');
  await engine.query('DROP ROLE IF EXISTS frontdesk');
}

/** Runs a statement on clean rows and on rows that break it, and takes everything back. */
export async function measure(engine: Engine, { relations, large, stored }: Laid, statement: OwnStatement): Promise<Measured> {
  const columns = await columnsOf(engine, relations);
  const onClean = await ranOn(engine, relations, statement, statement.clean, true);
  const failed = statement.dirty === undefined ? undefined : (await ranOn(engine, relations, statement, statement.dirty, false)).error;
  const { seen } = onClean;
  // Nobody writes a materialized view but its refresh: only ACCESS EXCLUSIVE keeps anybody out of it.
  const closed =
    seen?.locks?.some(({ relation, mode }) => large.has(relation) && (stored.has(relation) ? mode === 'ACCESS EXCLUSIVE' : blocking.has(mode))) ?? false;
  const worked = [...(seen?.scanned ?? []), ...(seen?.rewritten ?? [])].some((relation) => large.has(relation));
  // TRUNCATE gives a table a new file and reads nothing.
  const emptied = /^\s*truncate\b/i.test(statement.sql);
  const after = onClean.columns;
  return {
    ...(seen ? { seen } : {}),
    ...(onClean.error ? { refused: onClean.error } : {}),
    ...(failed && !onClean.error ? { failed } : {}),
    slowAndBlocking: closed && worked && !emptied,
    changedColumns: after ? [...columns].flatMap(([name, type]) => (after.get(name) === type ? [] : [name])) : [],
  };
}

interface Run {
  readonly seen?: Measured['seen'];
  readonly error?: StatementError;
  readonly columns?: ReadonlyMap<string, string>;
}

async function ranOn(engine: Engine, relations: Relations, { sql, undo }: OwnStatement, rows: string | undefined, look: boolean): Promise<Run> {
  if (undo !== undefined) return ranAlone(engine, relations, { sql, undo, rows });
  await engine.query('BEGIN');
  try {
    if (rows !== undefined) await make(engine, rows);
    // What the making of rows has locked is not the statement's, where nothing stronger came after.
    const held = new Set(rows === undefined ? [] : (await readLocks(engine, relations)).map(({ relation, mode }) => `${relation} ${mode}`));
    const seen = await observeStatement(engine, sql, relations);
    if ('error' in seen) return { error: seen.error };
    if (!look) return {};
    const locks = seen.locks.filter(({ relation, mode }) => !held.has(`${relation} ${mode}`));
    return { seen: { ...seen, locks }, columns: await columnsOf(engine, relations) };
  } finally {
    await engine.query('ROLLBACK');
  }
}

async function ranAlone(
  engine: Engine,
  relations: Relations,
  { sql, undo, rows }: { readonly sql: string; readonly undo: string; readonly rows: string | undefined },
): Promise<Run> {
  if (rows !== undefined) await make(engine, rows);
  const seen = await observeAlone(engine, sql, relations);
  // What was refused has nothing to take back, but for the half of a concurrent one.
  if ('error' in seen) {
    await engine.run(undo);
    return { error: seen.error };
  }
  const columns = await columnsOf(engine, relations);
  await make(engine, undo);
  return { seen, columns };
}

/** Runs what must run. */
async function make(engine: Engine, sql: string): Promise<void> {
  const { error } = await engine.run(sql);
  if (error) throw new Error(`${sql}: ${error.code}: ${error.message}`);
}

/** Columns of the relations that were there, with their types as drivers tell them apart, under the names that they have now. */
async function columnsOf(engine: Engine, relations: Relations): Promise<ReadonlyMap<string, string>> {
  const rows = await engine.query<{ readonly oid: number; readonly relation: string; readonly name: string; readonly type: string }>(
    `SELECT a.attrelid::int AS oid, c.relnamespace::regnamespace::text || '.' || c.relname AS relation, a.attname AS name,
      replace(coalesce(format_type(nullif(t.typbasetype, 0), NULL), format_type(t.oid, NULL)), 'character varying', 'text') AS type
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid WHERE a.attnum > 0 AND NOT a.attisdropped AND c.oid >= 16384`,
  );
  return new Map(rows.flatMap(({ oid, relation, name, type }) => (relations.has(oid) ? [[`${relation}.${name}`, type] as const] : [])));
}
