import type { Context, Duration, Issue, Step } from '../generated/types.js';

/**
 * A given total is the sum of its parts: `timeline.total` of the steps of the first run (or of all), a run's duration of its steps, each with or without the
 * stated buffer. Where a step has no duration, there is no sum to compare with.
 */
export function checkTimeTotals({ timeline, steps }: Context): readonly Issue[] {
  if (timeline === undefined || steps === undefined || steps.length === 0) return [];
  const buffer = 1 + (timeline.buffer ?? 0) / 100;
  const of = (run: number) => steps.filter((step) => (step.run ?? 1) === run);
  const runs = (timeline.runs ?? []).flatMap(({ number, duration }, index) =>
    check(`run ${number}`, duration, [of(number)], buffer, `/timeline/runs/${index}/duration`),
  );
  return [...check('the run', timeline.total, [of(1), steps], buffer, '/timeline/total'), ...runs];
}

function check(what: string, total: Duration | undefined, choices: readonly (readonly Step[])[], buffer: number, pointer: string): readonly Issue[] {
  if (total === undefined) return [];
  const sums = choices.map(sumOf).filter((sum) => sum !== undefined);
  const [expected] = sums;
  if (expected === undefined || sums.some((sum) => same(total, sum, 1) || same(total, sum, buffer))) return [];
  const withBuffer = buffer === 1 ? '' : `, or with the buffer ${seconds(expected, buffer)}`;
  return [
    {
      code: 'total-is-no-sum',
      message: `found a total of ${seconds(total, 1)} for ${what} at ${pointer}: its steps add up to ${seconds(expected, 1)}${withBuffer}`,
      pointer,
      hint: 'Remove the total, and it is computed; or correct the steps.',
    },
  ];
}

function sumOf(steps: readonly Step[]): Duration | undefined {
  if (steps.length === 0 || steps.some(({ duration }) => duration === undefined)) return undefined;
  return steps.reduce((sum, { duration }) => ({ min: sum.min + (duration?.min ?? 0), max: sum.max + (duration?.max ?? 0) }), { min: 0, max: 0 });
}

// People round: half a minute, or one per cent of a long run, is no contradiction.
function same(total: Duration, sum: Duration, factor: number): boolean {
  return (['min', 'max'] as const).every((bound) => Math.abs(total[bound] - sum[bound] * factor) <= Math.max(30, sum[bound] * 0.01));
}

function seconds({ min, max }: Duration, factor: number): string {
  const [from, to] = [Math.round(min * factor * 10) / 10, Math.round(max * factor * 10) / 10];
  return from === to ? `${from} s` : `${from}-${to} s`;
}
