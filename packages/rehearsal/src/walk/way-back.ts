import { downBetween } from '@planwright/sql';
import type { StatementError } from '../engine.js';
import { lostBefore, withoutRows } from './lost-rows.js';
import { type RunMigration, spoken } from './run-migration.js';
import type { Scratch } from './scratch.js';
import { restored, type State } from './state.js';
import type { Rehearsed } from './subject.js';
import { majorOf } from './with-disagreements.js';

/** Back to the start, the newest first; `states` are the schemas before each migration. Returns whether it got there. */
export async function goBack(scratch: Scratch, states: readonly State[]): Promise<boolean> {
  for (const [place, migration] of [...scratch.rehearsal.planned.entries()].reverse()) {
    const before = states[place];
    if (!before || !(await oneBack(scratch, migration, before))) return false;
  }
  return true;
}

/** Where the plan's way back leaves something, the way between the two catalogues is tried after it. */
async function oneBack(scratch: Scratch, { id, down }: Rehearsed, before: State): Promise<boolean> {
  const { record, rehearsal } = scratch;
  rehearsal.tell(`down ${id}`);
  const sides = { expected: `before ${id}`, found: 'after its down' };
  const about = { kind: 'down', migration: id, what: `the schema ${sides.expected} against ${sides.found}` } as const;
  const planned = down ? await asPlanned(scratch, down) : {};
  if (!planned || scratch.ended) return false;
  let { error } = planned;
  let now = await scratch.state(before);
  let found = restored(before, now, sides);
  if (!found.equal) {
    const why = error ? `does not run (${spoken(error)})` : down ? `leaves ${differing(found.differences)}` : 'is missing';
    // The plan keeps what is found here, and its target may be older than the engine.
    const version = majorOf(rehearsal.context.target.version);
    const { transaction, statements } = downBetween({ before: before.definitions, after: now.definitions, version });
    error = await scratch.run({ id, transaction, statements: statements.map((sql) => ({ sql })) }, 'down');
    if (scratch.ended) return false;
    if (!error) {
      now = await scratch.state(before);
      found = restored(before, now, sides);
      const were = `${counted(statements.length, 'statement')} from the two catalogues ${statements.length === 1 ? 'was' : 'were'}`;
      record.note(`The way back of ${id} as planned ${why}; ${were} run after it.`);
    }
  }
  if (error) record.comparison(about, [`The way back of ${id} does not run: ${spoken(error)}.`]);
  else record.schemas(about, found);
  return error === undefined;
}

/** The plan's way back; where it meets rows that a way back before it has not brought back, once more without rows. Undefined where that cannot be had. */
async function asPlanned(scratch: Scratch, down: RunMigration): Promise<{ readonly error?: StatementError | undefined } | undefined> {
  const { id, transaction, statements } = down;
  const error = await scratch.run(down, 'down');
  const lost = error && lostBefore(error, scratch.rehearsal.context, id);
  if (!lost || scratch.ended) return { error };
  // What has run by itself stays: the others follow it.
  const ran = transaction === 'transactional' ? 0 : (scratch.record.lastMigration?.statements.length ?? 1) - 1;
  const what = `that of ${id} meets ${spoken(error)}: from there on the ways back were run`;
  if (!(await withoutRows(scratch, lost, what, error))) return undefined;
  return { error: await scratch.run({ ...down, statements: statements.slice(ran) }, 'down') };
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** How many differences there are, and the first of them. */
function differing(differences: readonly string[]): string {
  const first = (differences[0] ?? '').replace(/\s+/g, ' ');
  const shown = first.length > 160 ? `${first.slice(0, 159)}…` : first.replace(/\.$/, '');
  return `${counted(differences.length, 'difference')} (${shown})`;
}
