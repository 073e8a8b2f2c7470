import type { Engine, StatementError } from '../../engine.js';
import type { Attempt } from '../insert-rows/attempt.js';
import type { Filling } from '../insert-rows/wanted.js';
import { insertRows } from '../insert-rows.js';
import { noPartition } from '../partition-leaves.js';
import { foreignKeys, needed, type Placed, tableKey, targetOf } from '../table-order.js';
import { lastResorts } from './last-resorts.js';
import { nextAttempts } from './next-attempts.js';
import type { Tried } from './tried.js';

// A table that refused so many ways refuses the next as well.
const mostAttempts = 40;
// More rows than this are tried with a few first.
const tryFirst = 2000;

/** Fills one table: what the database refuses is tried another way. */
export async function fillTable(engine: Engine, placed: Placed, filling: Filling): Promise<Tried> {
  let attempt: Attempt = { way: 0 };
  let error: StatementError | undefined;
  const seen = new Set<string>();
  for (let tries = 0; tries < mostAttempts; tries++) {
    const made = insertRows(placed, filling, attempt);
    if (!made) return { afterwards: [], none: true, note: noPartition(tableKey(placed.table)) };
    seen.add(spelt(attempt));
    const ran = await tried(engine, placed, filling, attempt, made.sql);
    if (!ran.error) {
      if ((ran.rows ?? 0) > 0) return { afterwards: made.afterwards };
      const parent = emptyParent(placed);
      return { afterwards: [], none: true, ...(parent !== undefined && { note: parent }) };
    }
    error = ran.error;
    const next = nextAttempts(placed, attempt, error, made.ways).find((one) => !seen.has(spelt(one)));
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

/** Says that there is nothing to refer to, where that is the reason. */
function emptyParent({ table, later }: Placed): string | undefined {
  const key = foreignKeys(table).find((found) => needed(table, found) && (later.has(found) || targetOf(found) !== tableKey(table)));
  return key && `\`${tableKey(table)}\` got no rows: it must refer to \`${targetOf(key)}\`, which has none that it could.`;
}
