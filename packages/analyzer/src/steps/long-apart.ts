import { isQuick } from '../estimates.js';
import { blocksWriters } from '../lock-facts/postgresql/lock-list.js';
import type { PlacedStep, WrittenStep } from './step.js';
import type { Wishes } from './wishes.js';

/**
 * Statements that stay as written and work through a table while its writers wait, each in a transaction of its own: else a later statement that waits in vain for its lock would throw the
 * work away, and a lock of an earlier one would be held for as long.
 */
export function longApart(steps: readonly (PlacedStep | WrittenStep)[], { stats }: Wishes): readonly (PlacedStep | WrittenStep)[] {
  /** How often each part has been cut so far. */
  const cuts = new Map<string, number>();
  return steps.map((step) => {
    // What breaks the running release stays together: between two transactions neither release would run.
    if (step.kind !== 'written' || step.stage !== 'as written') return step;
    const key = `${step.migration} ${step.part}`;
    const isLong = worksWhileWritersWait(step) && !isQuick(step.judged.statement, stats);
    const cut = (cuts.get(key) ?? 0) + (isLong ? 1 : 0);
    cuts.set(key, cut + (isLong ? 1 : 0));
    return cut === 0 ? step : { ...step, part: `${step.part} ${cut}` };
  });
}

function worksWhileWritersWait({ judged: { statement } }: WrittenStep): boolean {
  const { lock } = statement.verdicts ?? {};
  return lock?.locks.some(({ mode, held }) => held !== 'brief' && blocksWriters(mode)) === true;
}
