import {
  type Engine,
  type Relations,
  readFiles,
  readLocks,
  readScans,
  rewrittenBetween,
  type SeenLock,
  type StatementError,
  scannedBetween,
} from '@planwright/rehearsal';

/** What one statement did to relations that were there before it, by their names of then. */
export interface SeenWork {
  readonly locks: readonly SeenLock[];
  /** Relations with another file than before. TRUNCATE gives one, too. */
  readonly rewritten: readonly string[];
  readonly scanned: readonly string[];
}

/** Runs a statement in the transaction that is open and tells what it did; the transaction goes on, or is broken where the statement was refused. */
export async function observeStatement(engine: Engine, sql: string, relations: Relations): Promise<SeenWork | { readonly error: StatementError }> {
  const files = await readFiles(engine);
  const scans = await readScans(engine);
  const { error } = await engine.run(sql);
  if (error) return { error };
  const named = (oids: readonly number[]): readonly string[] => oids.flatMap((oid) => relations.get(oid) ?? []);
  const locks = await readLocks(engine, relations);
  const rewritten = named(rewrittenBetween(files, await readFiles(engine)));
  return { locks, rewritten, scanned: named(scannedBetween(scans, await readScans(engine))) };
}

/**
 * As `observeStatement` for one that cannot run in a transaction. Its locks are gone when it ends, and one session cannot look meanwhile: `locks` is empty
 * and says nothing. Full reads are counted by the statistics that the session has sent.
 */
export async function observeAlone(engine: Engine, sql: string, relations: Relations): Promise<Omit<SeenWork, 'locks'> | { readonly error: StatementError }> {
  const before = { files: await readFiles(engine), scans: await sentScans(engine) };
  const { error } = await engine.run(sql);
  if (error) return { error };
  const named = (oids: readonly number[]): readonly string[] => oids.flatMap((oid) => relations.get(oid) ?? []);
  const rewritten = named(rewrittenBetween(before.files, await readFiles(engine)));
  return { rewritten, scanned: named(scannedBetween(before.scans, await sentScans(engine))) };
}

/** Full reads of each table by all transactions that have ended. */
async function sentScans(engine: Engine): Promise<ReadonlyMap<number, number>> {
  if (Number.parseInt(engine.version, 10) >= 15) await engine.query('SELECT pg_stat_force_next_flush()');
  else await sentByThemselves(engine);
  await engine.query('SELECT pg_stat_clear_snapshot()');
  const rows = await engine.query<{ readonly oid: number; readonly scans: number }>(
    `SELECT oid::int AS oid, pg_stat_get_numscans(oid)::int AS scans FROM pg_class WHERE relkind IN ('r', 'm') AND oid >= 16384`,
  );
  return new Map(rows.map(({ oid, scans }) => [oid, scans]));
}

/** Before PostgreSQL 15 a session sends its statistics when it is idle, every half second at most, and somebody else takes them in. */
async function sentByThemselves(engine: Engine): Promise<void> {
  for (let times = 0; times < 2; times++) {
    await new Promise((resolve) => setTimeout(resolve, 600));
    await engine.query('SELECT 1');
  }
}
