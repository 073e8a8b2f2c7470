import type { BreakingRows, ValidationQuery } from '@planwright/spec';
import { readSnapshot } from '../catalogue.js';
import type { Engine } from '../engine.js';
import { breakingRows } from '../rows/breaking-rows.js';
import { isAboutData } from './about-data.js';
import { printed } from './answer.js';
import { spoken } from './run-migration.js';
import { runsOutside, transactionControl } from './statement-mode.js';
import type { Rehearsed } from './subject.js';

/** As many rows are made to break a step. */
const few = 3;

/**
 * Tries the steps of a migration that depend on data on rows that break them: whether the query finds those rows, and whether the step then fails. All of it happens in a
 * transaction that is rolled back. Steps behind one that takes no transaction are not tried.
 */
export async function breakSteps(
  engine: Engine,
  migration: Rehearsed,
  { queries, seed, defaultSchema }: { readonly queries: readonly ValidationQuery[]; readonly seed: number; readonly defaultSchema: string },
): Promise<readonly BreakingRows[]> {
  const found: BreakingRows[] = [];
  for (const [place, statement] of migration.statements.entries()) {
    if (engine.ended || statement.refused !== undefined || transactionControl(statement.sql)) return found;
    if (statement.data?.outcome === 'may fail' && statement.operations.length > 0) {
      const tried = await tryOne(place);
      if (tried) found.push(tried);
    }
    if (runsOutside(statement.sql) && !/\bconcurrently\b/i.test(statement.sql)) return found;
  }
  return found;

  async function tryOne(place: number): Promise<BreakingRows | undefined> {
    const { sql, operations, data } = migration.statements[place] ?? { sql: '', operations: [] };
    await engine.query('BEGIN');
    try {
      for (const { sql: earlier } of migration.statements.slice(0, place)) if ((await engine.run(inBlock(earlier))).error) return undefined;
      const snapshot = await readSnapshot(engine, { defaultSchema });
      for (const operation of operations) {
        const breaking = breakingRows(snapshot, operation, { count: few, seed });
        if (!breaking) continue;
        for (const way of [breaking.sql, ...breaking.alternatives]) {
          const standing = breaking.count === undefined ? undefined : await countOf(engine, breaking.count);
          const made = await changed(engine, way);
          if (made === 0) continue;
          // A trigger may have put right at once what was to be wrong.
          if (breaking.count !== undefined && (await countOf(engine, breaking.count)) === standing) {
            if (!engine.ended) await engine.query('ROLLBACK TO before_rows');
            continue;
          }
          const query = queries.find(({ id }) => id === data?.query);
          const counted = query?.sql ?? data?.sql;
          const answer = counted === undefined ? undefined : await countOf(engine, counted);
          const { error } = await engine.run(inBlock(sql));
          return {
            migration: migration.id,
            statement: sql,
            table: breaking.table,
            ...(query && { query: query.id }),
            made: Math.min(made, breaking.made),
            ...(answer !== undefined && { found: answer }),
            expected: breaking.fails,
            failed: error !== undefined && isAboutData(error),
            ...(error && { error: spoken(error) }),
          };
        }
      }
      return undefined;
    } finally {
      if (!engine.ended) {
        await engine.query('ROLLBACK');
        await engine.run('DISCARD ALL');
      }
    }
  }
}

/** Rows that the statements changed; none, and nothing done, where the database refuses one. */
async function changed(engine: Engine, statements: readonly string[]): Promise<number> {
  await engine.query('SAVEPOINT before_rows');
  let rows = 0;
  for (const statement of statements) {
    const ran = await engine.run(statement);
    if (ran.error) {
      if (!engine.ended) await engine.query('ROLLBACK TO before_rows');
      return 0;
    }
    if (/^update\b/i.test(statement)) rows += ran.rows ?? 0;
  }
  return rows;
}

/** The count that a query gives, or how many rows it lists. */
async function countOf(engine: Engine, sql: string): Promise<number | undefined> {
  await engine.query('SAVEPOINT before_query');
  try {
    const rows = await engine.query(sql);
    const answer = printed(rows);
    return rows.length === 1 && /^\d+$/.test(answer) ? Number(answer) : answer === 'empty result' ? 0 : rows.length;
  } catch {
    if (!engine.ended) await engine.query('ROLLBACK TO before_query');
    return undefined;
  }
}

/** A build beside running code fails on the same rows as one that blocks. */
function inBlock(sql: string): string {
  return /^\s*(create\s+(unique\s+)?|drop\s+)index\b/i.test(sql) ? sql.replace(/\bconcurrently\b/i, '') : sql;
}
