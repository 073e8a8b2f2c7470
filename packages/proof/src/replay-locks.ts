import type { HistoryAnalysis } from '@planwright/analyzer';
import { type Engine, isOnRows, type Relations, readRelations } from '@planwright/rehearsal';
import type { LockVerdict, Statement } from '@planwright/spec';
import { differencesOf, differenceText } from './hazard-bench/compare-prediction.js';
import { observeStatement, type SeenWork } from './hazard-bench/observe-statement.js';
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
      const known = new Set(relations.values());
      const names = new Set([...relations].flatMap(([oid, name]) => (old.has(oid) ? [name] : [])));
      const found = differencesOf({ verdict: lock, operations: statement.operations, seen, known, old: names });
      const onRows = statement.operations.some(isOnRows);
      if (onRows) report.untaken += untakenBy(lock, seen, known);
      report.disagreements.push(...found.filter(({ kind }) => kind === 'lock').map((difference) => place + differenceText(difference)));
      if (onRows) continue;
      report.worked++;
      report.work.push(...found.filter(({ kind }) => kind !== 'lock').map((difference) => place + differenceText(difference)));
    }
    await engine.query('DISCARD ALL');
  }
  return report;
}

async function observe(engine: Engine, sql: string, relations: Relations): Promise<SeenWork | { readonly error: Refusal['error'] } | Record<never, never>> {
  await engine.query('BEGIN');
  const seen = await observeStatement(engine, sql, relations);
  if (!('error' in seen)) {
    await engine.query('COMMIT');
    return seen;
  }
  await engine.query('ROLLBACK');
  // 25001: it cannot run inside a transaction; 25P01: it ends one.
  const again = seen.error.code === '25001' || seen.error.code === '25P01' ? (await engine.run(sql)).error : seen.error;
  return again ? { error: again } : {};
}

/** Locks that a statement on rows may take and that no row asked for. */
function untakenBy(verdict: LockVerdict, seen: SeenWork, known: ReadonlySet<string>): number {
  const there = new Set(seen.locks.flatMap(({ relation, mode }) => (mode === 'ACCESS SHARE' ? [] : [relation])));
  return new Set(verdict.locks.flatMap(({ relation, mode }) => (mode === 'ACCESS SHARE' || !known.has(relation) || there.has(relation) ? [] : [relation])))
    .size;
}

function shortened({ sql = '' }: Statement): string {
  const line = sql.replace(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
