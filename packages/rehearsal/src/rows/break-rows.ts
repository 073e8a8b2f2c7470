import type { Operation, Snapshot } from '@planwright/spec';
import type { Engine } from '../engine.js';
import type { BreakingOptions } from './breaking-rows/broken-table.js';
import { type Breaking, breakingRows } from './breaking-rows.js';

/** Makes rows that break a step in a database that has rows: tries one way after another until one changes as many rows as it should. What did not succeed is taken back. */
export async function breakRows(engine: Engine, snapshot: Snapshot, operation: Operation, options: BreakingOptions): Promise<Breaking | undefined> {
  const breaking = breakingRows(snapshot, operation, options);
  if (!breaking) return undefined;
  for (const sql of [breaking.sql, ...breaking.alternatives]) {
    const made = await allOrNone(engine, sql, breaking.count);
    if (made) return { ...breaking, sql, made: Math.min(made, breaking.made), alternatives: [] };
  }
  return undefined;
}

class Refused extends Error {}

/** The rows that the statements changed, or nothing when one was refused or none changed any. */
async function allOrNone(engine: Engine, statements: readonly string[], count?: string): Promise<number | undefined> {
  try {
    return await engine.transaction(async () => {
      const counted = async () => (count === undefined ? 0 : Number((await engine.query<{ readonly count: string }>(count))[0]?.count));
      const before = await counted();
      let changed = 0;
      for (const statement of statements) {
        const ran = await engine.run(statement);
        if (ran.error) throw new Refused(ran.error.message);
        if (statement.startsWith('UPDATE')) changed += ran.rows ?? 0;
      }
      if (changed === 0) throw new Refused('no rows');
      if (count !== undefined && (await counted()) - before !== changed) throw new Refused('rows that satisfy it');
      return changed;
    });
  } catch (thrown) {
    // A deferred constraint speaks at COMMIT: that is a refusal as well.
    if (thrown instanceof Error) return undefined;
    throw thrown;
  }
}
