import { spoken } from './run-migration.js';
import type { Scratch } from './scratch.js';
import { restored, type State } from './state.js';

/** The down files of the author, from the end of the change back to the schema `before` it. */
export async function goBackAsWritten(scratch: Scratch, before: State): Promise<void> {
  const { rehearsal, record } = scratch;
  // Where one has none, those before it start from a schema that is not theirs.
  if (!rehearsal.written.every(({ down }) => down)) return;
  const sides = { expected: 'before the change', found: "after its author's down" };
  const about = { kind: "author's down", what: `the schema ${sides.expected} against ${sides.found}` } as const;
  for (const { id, down } of [...rehearsal.written].reverse()) {
    if (!down) continue;
    rehearsal.tell(`the author's down of ${id}`);
    const error = await scratch.run(down, "author's down", 'change');
    if (!error) continue;
    record.comparison(about, [`The down file of ${id} does not run: ${spoken(error)}.`]);
    return;
  }
  record.schemas(about, restored(before, await scratch.state(before), sides));
}
