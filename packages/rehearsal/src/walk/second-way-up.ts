import type { StatementError } from '../engine.js';
import { lostBefore, withoutRows } from './lost-rows.js';
import { spoken } from './run-migration.js';
import type { Scratch } from './scratch.js';
import { restored, type State } from './state.js';

/** Up once more after the way back, which has to end where the first way up did: at the last of `states`. Returns whether it ran. */
export async function upAgain(scratch: Scratch, states: readonly State[]): Promise<boolean> {
  const { record, rehearsal } = scratch;
  const [start, end] = [states[0], states.at(-1)];
  const about = { kind: 'up again', what: 'the end of the first way up against the end of the second' } as const;
  let stopped = await up(scratch);
  const lost = stopped && lostBefore(stopped.error, rehearsal.context);
  if (stopped && lost && start && end && !scratch.ended) {
    const { id, error } = stopped;
    if (!(await withoutRows(scratch, lost, `${id} meets ${spoken(error)}: the second way up was run`, error, start))) return false;
    stopped = await up(scratch);
  }
  if (stopped) {
    const { id, error } = stopped;
    record.comparison({ ...about, migration: id }, [`${id} does not run a second time: ${spoken(error)}.`]);
    return false;
  }
  if (!end) return false;
  const now = await scratch.state(end);
  record.schemas(about, restored(end, now, { expected: 'after the first way up', found: 'after the second' }));
  return true;
}

/** Returns where it stopped, and why. */
async function up(scratch: Scratch): Promise<{ readonly id: string; readonly error: StatementError } | undefined> {
  for (const migration of scratch.rehearsal.planned) {
    scratch.rehearsal.tell(`up again ${migration.id}`);
    const error = await scratch.run(migration, 'up again');
    if (error) return { id: migration.id, error };
  }
  return undefined;
}
