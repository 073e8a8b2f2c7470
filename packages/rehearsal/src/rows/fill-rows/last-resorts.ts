import { writerOf } from '@planwright/sql';
import type { Engine, StatementError } from '../../engine.js';
import type { Attempt } from '../insert-rows/attempt.js';
import type { Filling } from '../insert-rows/wanted.js';
import { type Insert, insertRows } from '../insert-rows.js';
import { qualified } from '../qualified.js';
import { type Placed, tableKey } from '../table-order.js';
import type { Tried } from './tried.js';

const { quoteIdentifier } = writerOf('postgresql');

/** When every other way was refused, the last of them by this error: without triggers of users; then one row. */
export async function lastResorts(engine: Engine, placed: Placed, filling: Filling, last: Attempt, error: StatementError | undefined): Promise<Tried> {
  const name = tableKey(placed.table);
  const refused = `${error?.code ?? ''}: ${error?.message ?? ''}`;
  const all = await withoutTriggers(engine, placed, filling, last);
  if (all) return { afterwards: all.afterwards, note: `\`${name}\` got its rows with its triggers set aside, which refused them (${refused}).` };
  for (const attempt of [last, { way: 0, bare: true, skip: true }]) {
    const one = insertRows(placed, { ...filling, rows: 1 }, attempt);
    if (one && (await gives(engine, one))) return { afterwards: one.afterwards, note: `\`${name}\` got one row; more were refused (${refused}).` };
  }
  return { afterwards: [], none: true, note: `\`${name}\` got no rows: ${refused}.` };
}

async function withoutTriggers(engine: Engine, placed: Placed, filling: Filling, last: Attempt): Promise<Insert | undefined> {
  const firing = (placed.table.triggers ?? []).filter(({ enabled }) => enabled !== 'disabled');
  if (firing.length === 0) return undefined;
  const relation = qualified(placed.table, filling.snapshot);
  for (const attempt of [{ way: 0 }, { way: 0, skip: true }, last]) {
    const made = insertRows(placed, filling, attempt);
    if (!made) continue;
    await engine.run(`ALTER TABLE ${relation} DISABLE TRIGGER USER`);
    const gave = await gives(engine, made);
    // Each as it was: some fire on replicas, or always.
    for (const { name, enabled } of firing)
      await engine.run(`ALTER TABLE ${relation} ENABLE ${enabled === undefined ? '' : `${enabled.toUpperCase()} `}TRIGGER ${quoteIdentifier(name)}`);
    if (gave) return made;
  }
  return undefined;
}

async function gives(engine: Engine, { sql }: Insert): Promise<boolean> {
  const { error, rows = 0 } = await engine.run(sql);
  return !error && rows > 0;
}
