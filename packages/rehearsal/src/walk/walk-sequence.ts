import type { TableChecksums } from '../rows/checksums.js';
import { goBackAsWritten } from './authors-down.js';
import { comparePredicted, compareRows } from './comparisons.js';
import type { Scratch } from './scratch.js';
import { upAgain } from './second-way-up.js';
import type { State } from './state.js';
import { goBack } from './way-back.js';

/** The schema before the sequence, and after it where it runs to its end. */
export interface Ends {
  readonly start?: State;
  readonly end?: State;
  /** Its rows at the end. */
  readonly rows?: readonly TableChecksums[];
}

/** The sequence up, down and up again. */
export async function walkSequence(scratch: Scratch): Promise<Ends> {
  const { asWritten } = scratch.rehearsal;
  const start = await scratch.state();
  const rowsBefore = await scratch.sums(start);
  const states = await up(scratch, start);
  const end = states?.at(-1);
  if (!states || !end) return { start };
  if (asWritten) comparePredicted(scratch, end);
  await compareRows(scratch, rowsBefore, end);
  const rows = asWritten ? [] : await scratch.sums(end);
  if (await goBack(scratch, states)) {
    const again = await upAgain(scratch, states);
    if (again && asWritten) await goBackAsWritten(scratch, start);
  }
  return { start, end, rows };
}

/** The schemas before each migration and after the last; undefined where one did not run to its end. */
async function up(scratch: Scratch, start: State): Promise<readonly State[] | undefined> {
  const { planned, rows, tell } = scratch.rehearsal;
  const states = [start];
  await scratch.ask(({ when, migration }) => when === 'pre-flight' && migration === undefined);
  for (const migration of planned) {
    await scratch.ask(({ when, migration: of }) => when === 'pre-flight' && of === migration.id);
    if (rows > 0) await scratch.break(migration);
    tell(`up ${migration.id}`);
    if (!(await scratch.up(migration, 'sequence'))) return undefined;
    states.push(await scratch.state());
    await scratch.ask(({ when, migration: of }) => when !== 'pre-flight' && of === migration.id);
  }
  await scratch.ask(({ when, migration }) => when !== 'pre-flight' && migration === undefined);
  return states;
}
