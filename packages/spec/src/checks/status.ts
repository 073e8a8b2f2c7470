import type { Context, Issue, MigrationStatus } from '../generated/types.js';
import { nearest } from '../nearest.js';

type State = MigrationStatus['state'];

const order: readonly State[] = ['pending', 'in-progress', 'testing', 'complete', 'applied'];

/**
 * Whether a migration's status may move so: forward one step at a time; back to In Progress from Testing, from Complete, and from Applied once it has been
 * taken back. Staying is no move and allowed.
 */
export function mayMove(from: State, to: State): boolean {
  if (from === to) return true;
  if (to === 'in-progress') return true;
  return order.indexOf(to) === order.indexOf(from) + 1;
}

/** What is applied names where and when, in an environment of the plan, and nothing is applied before what it depends on. */
export function checkStatus({ sequence, environments }: Context): readonly Issue[] {
  const migrations = sequence?.migrations ?? [];
  const names = environments?.map(({ name }) => name);
  const states = new Map(migrations.map(({ id, status }) => [id, status?.state ?? 'pending']));
  return migrations.flatMap(({ id, status, dependsOn = [] }, index): readonly Issue[] => {
    if (status?.state !== 'applied') return [];
    const pointer = `/sequence/migrations/${index}/status`;
    const missing = (['environment', 'at'] as const).filter((key) => status[key] === undefined);
    const unknown = names !== undefined && status.environment !== undefined && !names.includes(status.environment);
    const near = unknown ? nearest(status.environment ?? '', names) : undefined;
    return [
      ...missing.map((key) => ({
        code: 'incomplete-status',
        message: `found migration ${id} applied without '${key}' at ${pointer}: expected ${key === 'at' ? 'the time' : 'the furthest environment'}`,
        pointer,
        hint: key === 'at' ? "Add 'at', ISO 8601 with zone." : "Add 'environment', for example 'staging'.",
      })),
      ...(unknown
        ? [
            {
              code: 'dangling-reference',
              message: `found '${status.environment}' at ${pointer}/environment, but no environment has that name: ${near === undefined ? `there are ${names.join(', ')}` : `did you mean '${near}'?`}`,
              pointer: `${pointer}/environment`,
              hint: near === undefined ? 'Name an environment of this plan.' : `Write '${near}'.`,
            },
          ]
        : []),
      ...dependsOn
        .filter((other) => states.has(other) && states.get(other) !== 'applied')
        .map((other) => ({
          code: 'status-order',
          message: `found migration ${id} applied, but migration ${other}, on which it depends, is ${states.get(other)}: expected it applied, too`,
          pointer,
          hint: `Correct the status of ${other} or of ${id}.`,
        })),
    ];
  });
}
