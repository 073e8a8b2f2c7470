import type { HistoryAnalysis } from '@planwright/analyzer';
import { type Engine, type Relations, readLocks, readRelations, type SeenLock } from '@planwright/rehearsal';
import type { LockVerdict, Statement } from '@planwright/spec';
import { type Refusal, replay } from './replay.js';

/** Predicted and observed locks of a history. */
export interface LockReport {
  /** Statements whose locks were seen. */
  readonly observed: number;
  /** Of those, statements with a lock verdict. */
  readonly judged: number;
  /** One line for each lock that differs: statement, relation, predicted and observed mode. */
  readonly disagreements: readonly string[];
  readonly refusal?: Refusal;
}

/**
 * Runs every statement of a history in a transaction of its own, so that what earlier ones hold does not hide its locks, and compares the modes on
 * relations that were there before with its verdict. What cannot run in a transaction is run without being seen.
 */
export async function replayLocks(engine: Engine, { analyses }: HistoryAnalysis): Promise<LockReport> {
  const disagreements: string[] = [];
  let observed = 0;
  let judged = 0;
  for (const [{ source }, { change }] of analyses()) {
    const statements = change.migrations.flatMap((migration) => migration.statements);
    // A temporary table that goes at COMMIT ties the statements of its migration together.
    if (statements.some(({ sql }) => /\bon\s+commit\s+drop\b/i.test(sql ?? ''))) {
      const whole = { id: source.id, transaction: 'transactional', statements: statements.map(({ sql }) => sql ?? '') } as const;
      const refusal = await replay(engine, [whole]);
      if (refusal) return { observed, judged, disagreements, refusal };
      continue;
    }
    for (const statement of statements) {
      const sql = statement.sql ?? '';
      const relations = await readRelations(engine);
      const seen = await observe(engine, sql, relations);
      if ('error' in seen) return { observed, judged, disagreements, refusal: { migration: source.id, statement: sql, error: seen.error } };
      if (!seen.locks) continue;
      observed++;
      if (!statement.verdicts?.lock) continue;
      judged++;
      const known = new Set(relations.values());
      disagreements.push(...compare(statement.verdicts.lock, seen.locks, known).map((line) => `${source.id}: ${shortened(statement)}: ${line}`));
    }
    await engine.query('DISCARD ALL');
  }
  return { observed, judged, disagreements };
}

async function observe(
  engine: Engine,
  sql: string,
  relations: Relations,
): Promise<{ readonly locks?: readonly SeenLock[] } | { readonly error: Refusal['error'] }> {
  await engine.query('BEGIN');
  const error = await engine.run(sql);
  if (!error) {
    const locks = await readLocks(engine, relations);
    await engine.query('COMMIT');
    return { locks };
  }
  await engine.query('ROLLBACK');
  // 25001: it cannot run inside a transaction; 25P01: it ends one.
  const again = error.code === '25001' || error.code === '25P01' ? await engine.run(sql) : error;
  return again ? { error: again } : {};
}

/** Locks on indexes are not watched. */
function compare(verdict: LockVerdict, seen: readonly SeenLock[], known: ReadonlySet<string>): readonly string[] {
  const predicted = new Map(verdict.locks.filter(({ relation }) => known.has(relation)).map(({ relation, mode }) => [relation, mode] as const));
  const there = new Map(seen.map(({ relation, mode }) => [relation, mode] as const));
  return [...new Set([...predicted.keys(), ...there.keys()])].sort().flatMap((relation) => {
    const [one, other] = [predicted.get(relation), there.get(relation)];
    return one === other ? [] : [`${relation}: predicted ${one ?? 'nothing'}, observed ${other ?? 'nothing'}`];
  });
}

function shortened({ sql = '' }: Statement): string {
  const line = sql.replace(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
