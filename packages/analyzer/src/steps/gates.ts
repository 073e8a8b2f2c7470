import type { Gate, PlannedMigration } from '@planwright/spec';
import type { CombinedMigration } from './combine-steps.js';

/** Days on the new release before what nobody uses goes. */
export const cleanupDays = 7;

/** The deploy before what running code must be ready for, and the wait before what takes the way back away. */
export function gatesOf(combined: readonly CombinedMigration[], ids: readonly string[]): readonly Gate[] {
  // A trigger that refuses what running code may write waits for the release, too.
  const isLate = ({ phase, needs, written }: CombinedMigration): boolean =>
    phase === 'contract' || phase === 'cleanup' || (written === undefined && needs.some(({ release }) => release !== undefined));
  const late = combined.flatMap((one, index) => (isLate(one) ? [index] : []));
  const [contract] = late;
  if (contract === undefined || !combined.some(({ needs }) => needs.length > 0)) return [];
  const cleanup = combined.findIndex(({ phase }) => phase === 'cleanup');
  const waits = contract === cleanup;
  const releases = unique(late.flatMap((index) => combined[index]?.needs.flatMap(({ release }) => release ?? []) ?? []));
  const conditions = (asked: (index: number) => boolean): Pick<Gate, 'conditions'> => {
    const found = unique(combined.flatMap(({ needs }, index) => (asked(index) ? needs.flatMap(({ condition }) => condition ?? []) : [])));
    return found.length > 0 ? { conditions: found } : {};
  };
  const around = (index: number): Pick<Gate, 'after' | 'before'> => {
    const [after, before] = [ids[index - 1], ids[index]];
    return { ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) };
  };
  const [only, second] = releases;
  const who = only !== undefined && second === undefined ? `R1, which ${only},` : 'R1';
  const deploy: Gate = {
    id: 'G1',
    title: waits ? `${who} has run everywhere for ${cleanupDays} days; R0 is gone` : `${who} is deployed everywhere; R0 is gone`,
    release: 'R1',
    retires: 'R0',
    ...(releases.length > 0 ? { demand: listed(releases) } : {}),
    ...around(contract),
    ...(waits ? { wait: cleanupDays } : {}),
    ...conditions((index) => waits || index < cleanup || cleanup < 0),
    purpose: isSync(combined[contract])
      ? `From Migration ${ids[contract]} on the trigger refuses values that do not fit the new type.`
      : combined.some(isSync)
        ? 'Reads and writes switch while the trigger still keeps the columns equal: until then either release can run.'
        : combined[contract]?.stages.has('backfill for release')
          ? 'Every row that comes from here on has its values from the release; those that are there get theirs now.'
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
      ...conditions((index) => index >= cleanup),
      purpose: `Migration ${ids[cleanup]} removes what the way back rests on.`,
    },
  ];
}

/** Whether a migration makes the trigger that keeps columns equal. */
function isSync(migration: CombinedMigration | undefined): boolean {
  return migration !== undefined && (migration.stages.has('sync') || migration.stages.has('sync for release'));
}

/** The migrations with the gates that they wait for. */
export function behindGates(migrations: readonly PlannedMigration[], gates: readonly Gate[]): PlannedMigration[] {
  return migrations.map((migration) => {
    const gate = gates.find(({ before }) => before === migration.id);
    return gate ? { ...migration, gateBefore: gate.id } : migration;
  });
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

const givesValue = /^gives (`[^`]+`) a value$/;

/** Phrases that have commas of their own stand apart by semicolons; columns that are to be given values are one phrase. */
function listed(all: readonly string[]): string {
  const given = all.flatMap((phrase) => givesValue.exec(phrase)?.[1] ?? []);
  const together = given.length < 2 ? [] : [`gives values to ${given.slice(0, -1).join(', ')} and ${given.at(-1)}`];
  const phrases = given.length < 2 ? all : [...together, ...all.filter((phrase) => !givesValue.test(phrase))];
  return phrases.length < 2 ? (phrases[0] ?? 'fits the new schema') : `${phrases.slice(0, -1).join('; ')}; and ${phrases.at(-1)}`;
}
