import type { TransactionMode } from '@planwright/spec';
import type { Engine, StatementError } from '../engine.js';
import { runsOutside } from './statement-mode.js';

/** Runs a migration that nobody watches. Returns why it stopped. */
export async function replay(engine: Engine, transaction: TransactionMode, statements: readonly string[]): Promise<StatementError | undefined> {
  // A framework that wraps everything would fail on these too; a history that is in production has run, so they did run somehow.
  const whole = transaction === 'transactional' && !statements.some(runsOutside);
  if (whole) await engine.run('BEGIN');
  let stopped: StatementError | undefined;
  for (const statement of statements) {
    stopped = (await engine.run(statement)).error;
    if (stopped) break;
  }
  if (engine.ended) return engine.ended;
  if (whole) stopped = (await engine.run(stopped ? 'ROLLBACK' : 'COMMIT')).error ?? stopped;
  // What a migration SETs and its temporary tables last for its session; the next one begins a new session.
  await engine.run('DISCARD ALL');
  return stopped;
}
