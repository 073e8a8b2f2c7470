import type { HistoryAnalysis } from '@planwright/analyzer';
import {
  type Engine,
  type Relations,
  readFiles,
  readLocks,
  readRelations,
  readScans,
  rewrittenBetween,
  type SeenLock,
  scannedBetween,
} from '@planwright/rehearsal';
import type { LockMode, LockVerdict, Operation, Statement } from '@planwright/spec';
import { type Refusal, replay } from './replay.js';

/** Predicted and observed locks of a history. */
export interface LockReport {
  /** Statements whose locks were seen. */
  readonly observed: number;
  /** Of those, statements with a lock verdict. */
  readonly judged: number;
  /** One line for each lock that differs: statement, relation, predicted and observed mode. */
  readonly disagreements: readonly string[];
  /** Locks that statements on rows may take and did not: no row was there that asked for them. */
  readonly untaken: number;
  /** Of the statements judged, those on the schema whose tables were compared by what is written anew and read in full; one line for each that differs. */
  readonly worked: number;
  readonly work: readonly string[];
  readonly refusal?: Refusal;
}

interface Seen {
  readonly locks: readonly SeenLock[];
  readonly rewritten: readonly string[];
  readonly scanned: readonly string[];
}

/**
 * Runs every statement of a history in a transaction of its own, so that what earlier ones hold does not hide its locks, and compares the modes on
 * relations that were there before with its verdict. What cannot run in a transaction is run without being seen. ACCESS SHARE is left out on both sides, as
 * in verdicts. What is read and written is compared for tables that were there before the migration: its own are small, and their verdicts say so.
 */
export async function replayLocks(engine: Engine, { analyses }: HistoryAnalysis): Promise<LockReport> {
  const report = { observed: 0, judged: 0, disagreements: [] as string[], untaken: 0, worked: 0, work: [] as string[] };
  for (const [{ source }, { change }] of analyses()) {
    const statements = change.migrations.flatMap((migration) => migration.statements);
    // A temporary table that goes at COMMIT ties the statements of its migration together.
    if (statements.some(({ sql }) => /\bon\s+commit\s+drop\b/i.test(sql ?? ''))) {
      const whole = { id: source.id, transaction: 'transactional', statements: statements.map(({ sql }) => sql ?? '') } as const;
      const refusal = await replay(engine, [whole]);
      if (refusal) return { ...report, refusal };
      continue;
    }
    // Under UTC a timestamp becomes a timestamptz without a new file; verdicts are for any time zone.
    await engine.query("SET TIME ZONE 'Europe/Berlin'");
    const old = new Set((await readRelations(engine)).keys());
    for (const statement of statements) {
      const sql = statement.sql ?? '';
      const relations = await readRelations(engine);
      const seen = await observe(engine, sql, relations);
      if ('error' in seen) return { ...report, refusal: { migration: source.id, statement: sql, error: seen.error } };
      if (!('locks' in seen)) continue;
      report.observed++;
      const { lock } = statement.verdicts ?? {};
      if (!lock) continue;
      report.judged++;
      const place = `${source.id}: ${shortened(statement)}: `;
      const locks = compareLocks(lock, seen.locks, new Set(relations.values()), statement.operations.every(isOnRows));
      report.untaken += locks.untaken;
      report.disagreements.push(...locks.lines.map((line) => place + line));
      if (statement.operations.some(isOnRows)) continue;
      report.worked++;
      const names = new Set([...relations].flatMap(([oid, name]) => (old.has(oid) ? [name] : [])));
      report.work.push(...compareWork(lock, seen, names).map((line) => place + line));
    }
    await engine.query('DISCARD ALL');
  }
  return report;
}

async function observe(engine: Engine, sql: string, relations: Relations): Promise<Seen | { readonly error: Refusal['error'] } | Record<never, never>> {
  await engine.query('BEGIN');
  const files = await readFiles(engine);
  const scans = await readScans(engine);
  const { error } = await engine.run(sql);
  if (!error) {
    const named = (oids: readonly number[]): readonly string[] => oids.flatMap((oid) => relations.get(oid) ?? []);
    const locks = await readLocks(engine, relations);
    const rewritten = named(rewrittenBetween(files, await readFiles(engine)));
    const scanned = named(scannedBetween(scans, await readScans(engine)));
    await engine.query('COMMIT');
    return { locks, rewritten, scanned };
  }
  await engine.query('ROLLBACK');
  // 25001: it cannot run inside a transaction; 25P01: it ends one.
  const again = error.code === '25001' || error.code === '25P01' ? (await engine.run(sql)).error : error;
  return again ? { error: again } : {};
}

/** Locks on indexes and sequences are not watched. */
function compareLocks(
  verdict: LockVerdict,
  seen: readonly SeenLock[],
  known: ReadonlySet<string>,
  onRows: boolean,
): { readonly lines: readonly string[]; readonly untaken: number } {
  const predicted = modesOf(verdict.locks.filter(({ relation }) => known.has(relation)));
  const there = modesOf(seen);
  const lines: string[] = [];
  let untaken = 0;
  for (const relation of [...new Set([...predicted.keys(), ...there.keys()])].sort()) {
    const [one, other] = [predicted.get(relation), there.get(relation)];
    if (one === other) continue;
    if (onRows && other === undefined) untaken++;
    else lines.push(`${relation}: predicted ${one ?? 'nothing'}, observed ${other ?? 'nothing'}`);
  }
  return { lines, untaken };
}

function modesOf(locks: readonly { readonly relation: string; readonly mode: LockMode }[]): ReadonlyMap<string, LockMode> {
  return new Map(locks.flatMap(({ relation, mode }) => (mode === 'ACCESS SHARE' ? [] : [[relation, mode] as const])));
}

/** A table that is written anew is read too, which says nothing more of it. */
function compareWork(verdict: LockVerdict, { rewritten, scanned }: Seen, names: ReadonlySet<string>): readonly string[] {
  const rewrites = difference('written anew', verdict.rewrites ?? [], rewritten, names);
  const read = scanned.filter((name) => !rewritten.includes(name));
  return [...rewrites, ...difference('read in full', verdict.scans ?? [], read, names)];
}

function difference(what: string, predicted: readonly string[], seen: readonly string[], names: ReadonlySet<string>): readonly string[] {
  const [one, other] = [new Set(predicted), new Set(seen)];
  return [...new Set([...one, ...other])].sort().flatMap((name) => {
    if (one.has(name) === other.has(name) || !names.has(name)) return [];
    return [one.has(name) ? `${name}: predicted to be ${what}, was not` : `${name}: was ${what}, not predicted`];
  });
}

/** What is read and written follows from the rows, or from a query. */
function isOnRows(operation: Operation): boolean {
  switch (operation.type) {
    case 'insertRows':
    case 'updateRows':
    case 'deleteRows':
    case 'mergeRows':
    case 'truncateTable':
    case 'refreshView':
      return true;
    case 'createTable':
      return operation.asQuery !== undefined;
    case 'createView':
      return operation.view.materialized === true;
    default:
      return false;
  }
}

function shortened({ sql = '' }: Statement): string {
  const line = sql.replace(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
