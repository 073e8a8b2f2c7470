import { isQuick } from '../estimates.js';
import { blocksWriters } from '../lock-facts/postgresql/lock-list.js';
import type { PlacedStep, WrittenStep } from './step.js';
import type { Wishes } from './wishes.js';

/**
 * Statements that stay as written and work through a table while its writers wait, each in a transaction of its own: else a later statement that waits in vain for its lock would throw the
 * work away, and a lock of an earlier one would be held for as long.
 */
export function longApart(steps: readonly (PlacedStep | WrittenStep)[], { stats }: Wishes): readonly (PlacedStep | WrittenStep)[] {
  const parts = new Map<string, { part: number; used: boolean }>();
  return steps.map((step) => {
    // What breaks the running release stays together: between two transactions neither release would run.
    if (step.kind !== 'written' || step.stage !== 'as written') return step;
    const key = `${step.migration} ${step.part}`;
    const open = parts.get(key) ?? { part: 0, used: false };
    const isLong = worksWhileWritersWait(step) && !isQuick(step.judged.statement, stats);
    if (isLong && open.used) open.part += 1;
    const part = step.part + open.part / 1000;
    open.used = true;
    if (isLong) {
      open.part += 1;
      open.used = false;
    }
    parts.set(key, open);
    return part === step.part ? step : { ...step, part };
  });
}

function worksWhileWritersWait({ judged: { statement } }: WrittenStep): boolean {
  const { lock } = statement.verdicts ?? {};
  return lock?.locks.some(({ mode, held }) => held !== 'brief' && blocksWriters(mode)) === true;
}
