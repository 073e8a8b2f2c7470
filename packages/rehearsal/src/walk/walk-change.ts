import { goBackAsWritten } from './authors-down.js';
import { compareEndRows, comparePredicted } from './comparisons.js';
import type { Scratch } from './scratch.js';
import { sameEnd } from './state.js';
import type { Ends } from './walk-sequence.js';

/** The change as its author wrote it: it has to end where the sequence ends. */
export async function walkChange(scratch: Scratch, sequence: Ends): Promise<void> {
  const { rehearsal, record } = scratch;
  const before = await scratch.state(sequence.start);
  for (const migration of rehearsal.written) {
    rehearsal.tell(`as written ${migration.id}`);
    if (await scratch.up(migration, 'change')) continue;
    record.note('The change as written does not run to its end, so its end was not compared with that of the sequence.');
    return;
  }
  const end = await scratch.state(sequence.end);
  comparePredicted(scratch, end);
  if (sequence.end) {
    const sides = { expected: 'after the change as written', found: 'after the sequence' };
    record.schemas({ kind: 'same end', what: `the schema ${sides.expected} against ${sides.found}` }, sameEnd(end, sequence.end, sides));
    compareEndRows(scratch, await scratch.sums(end), sequence.rows ?? [], end);
  }
  await goBackAsWritten(scratch, before);
}
