import type { Gate, PlannedMigration } from '@planwright/spec';
import type { CombinedMigration } from './combine-steps.js';

/** Days on the new release before what nobody uses goes. */
export const cleanupDays = 7;

/** The deploy before what running code must be ready for, and the wait before what takes the way back away. */
export function gatesOf(combined: readonly CombinedMigration[], ids: readonly string[]): readonly Gate[] {
  const contract = combined.findIndex(
    ({ phase, needs }) => (phase === 'contract' || phase === 'cleanup') && needs.some(({ release }) => release !== undefined),
  );
  const cleanup = combined.findIndex(({ phase }) => phase === 'cleanup');
  if (contract < 0) return [];
  const needs = combined.flatMap((migration) => migration.needs);
  const releases = [...new Set(needs.flatMap(({ release }) => release ?? []))];
  const conditions = [...new Set(needs.flatMap(({ condition }) => condition ?? []))];
  const waits = contract === cleanup;
  const around = (index: number): Pick<Gate, 'after' | 'before'> => ({
    ...(ids[index - 1] === undefined ? {} : { after: ids[index - 1] as string }),
    ...(ids[index] === undefined ? {} : { before: ids[index] as string }),
  });
  const deploy: Gate = {
    id: 'G1',
    title: waits
      ? `R1, which ${listed(releases)}, has run everywhere for ${cleanupDays} days; R0 is gone`
      : `R1, which ${listed(releases)}, is deployed everywhere; R0 is gone`,
    release: 'R1',
    retires: 'R0',
    ...(releases.length > 0 ? { demand: listed(releases) } : {}),
    ...around(contract),
    ...(waits ? { wait: cleanupDays } : {}),
    ...(waits && conditions.length > 0 ? { conditions } : {}),
    purpose: combined.some(({ stages }) => stages.has('sync'))
      ? 'Reads and writes switch while the trigger still keeps both columns equal: until then either release can run.'
      : `Migration ${ids[contract]} is the first that the release of today does not survive.`,
  };
  if (waits || cleanup < 0) return [deploy];
  return [
    deploy,
    {
      id: 'G2',
      title: `R1 has run everywhere for ${cleanupDays} days`,
      ...around(cleanup),
      wait: cleanupDays,
      ...(conditions.length > 0 ? { conditions } : {}),
      purpose: `Migration ${ids[cleanup]} takes away the way back.`,
    },
  ];
}

/** The migrations with the gates that they wait for. */
export function behindGates(migrations: readonly PlannedMigration[], gates: readonly Gate[]): PlannedMigration[] {
  return migrations.map((migration) => {
    const gate = gates.find(({ before }) => before === migration.id);
    return gate ? { ...migration, gateBefore: gate.id } : migration;
  });
}

function listed(phrases: readonly string[]): string {
  return phrases.length < 2 ? (phrases[0] ?? 'fits the new schema') : `${phrases.slice(0, -1).join(', ')} and ${phrases.at(-1)}`;
}
