import { onTableText } from '../verdicts/statement-facts.js';
import type { PlacedStep, Stage, WrittenStep } from './step.js';

const earlier: Partial<Record<Stage, Stage>> = {
  'build index for release': 'build index',
  'constraints for release': 'constraints after backfill',
  'validate for release': 'validate',
};

/**
 * Where a trigger refuses what a new type cannot hold, the release is there before it, and so before all that is built and checked: what waits for the release
 * is built and checked with the rest. Not where values or statements in between wait for it as well; nor on a small table, on which all that comes before the
 * release is one migration, with what makes its columns.
 */
export function behindSync(steps: readonly (PlacedStep | WrittenStep)[], small: ReadonlySet<string>): readonly (PlacedStep | WrittenStep)[] {
  const has = (...stages: readonly Stage[]): boolean => steps.some(({ stage }) => stages.includes(stage));
  if (!has('sync for release') || has('backfill for release', 'as written for release')) return steps;
  return steps.map((step) => {
    const stage = step.kind === 'written' || (step.table && small.has(onTableText(step.table))) ? undefined : earlier[step.stage];
    return stage === undefined ? step : ({ ...step, stage } as PlacedStep);
  });
}
