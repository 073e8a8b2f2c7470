import type { Engine, StatementError } from '../engine.js';
import type { RunMigration } from '../walk/run-migration.js';
import { runsOutside, transactionControl } from '../walk/statement-mode.js';

/** lock_not_available: a lock_timeout has passed. */
const timedOut = '55P03';
const tries = 6;

export interface Patient {
  /** Times that the migration met its lock_timeout and was run again. */
  readonly retries: number;
  /** Each statement that met it, and how often. */
  readonly met: ReadonlyMap<string, number>;
  /** Why it did not run in the end. */
  readonly error?: StatementError;
}

/** Runs a migration, and again after 1, 2, 4 … seconds where it meets its own lock_timeout: in one transaction the whole of it, else from the statement on that met it. */
export async function runPatiently(engine: Engine, { transaction, statements }: RunMigration, pause = 1000): Promise<Patient> {
  const texts = statements.flatMap(({ sql, refused }) => (refused === undefined ? [sql] : []));
  const whole = transaction === 'transactional' && !texts.some((sql) => transactionControl(sql) !== undefined || runsOutside(sql));
  let retries = 0;
  const met = new Map<string, number>();
  for (let place = 0; ; ) {
    const { error, at } = await attempt(engine, texts, place, whole);
    if (!error) return { retries, met };
    if (error.code !== timedOut || retries + 1 === tries || engine.ended) return { retries, met, error };
    await new Promise((resolve) => setTimeout(resolve, pause * 2 ** retries));
    retries += 1;
    // A deferred constraint speaks at COMMIT.
    const sql = texts[at] ?? 'COMMIT';
    met.set(sql, (met.get(sql) ?? 0) + 1);
    place = whole ? 0 : at;
  }
}

async function attempt(
  engine: Engine,
  texts: readonly string[],
  from: number,
  whole: boolean,
): Promise<{ readonly error?: StatementError; readonly at: number }> {
  if (whole) await engine.run('BEGIN');
  for (let at = from; at < texts.length; at++) {
    const { error } = await engine.run(texts[at] ?? '');
    if (!error) continue;
    await engine.run('ROLLBACK');
    return { error, at };
  }
  const { error } = whole ? await engine.run('COMMIT') : {};
  return { ...(error && { error }), at: texts.length };
}
