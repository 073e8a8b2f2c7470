import { compareChecksums, type TableChecksums } from '../rows/checksums.js';
import { comparePrediction } from './predicted-schema.js';
import { differingRows, settledBy } from './same-rows.js';
import type { Scratch } from './scratch.js';
import type { State } from './state.js';
import { untouchedBy } from './untouched.js';

/** What was predicted of the schema after the change. Of statements that nobody read nothing is predicted. */
export function comparePredicted({ rehearsal, record }: Scratch, end: State | undefined): void {
  const { before, after } = rehearsal.context.change;
  const unread = rehearsal.written.some(({ statements }) => statements.some(({ operations }) => operations.some(({ type }) => type === 'unknown')));
  if (!after || !end || unread) return;
  const what = 'the objects that the change touches, as predicted against as they are after it';
  record.schemas({ kind: 'prediction', what }, comparePrediction(before, after, end.snapshot));
}

/** No row may be lost, and no value be another one, where no statement means to. `before` are the rows before the sequence. */
export async function compareRows(scratch: Scratch, before: readonly TableChecksums[], end: State | undefined): Promise<void> {
  if (before.length === 0 || !end) return;
  const { rehearsal, record } = scratch;
  const untouched = untouchedBy(rehearsal.planned.flatMap(({ statements }) => statements.flatMap(({ operations }) => operations)));
  if (!untouched) {
    record.note('Rows were not compared: a statement of the sequence was not analysed, so nobody knows which rows it means to change.');
    return;
  }
  const what = 'rows, and values of columns that no statement changes, before the sequence against after it';
  record.comparison({ kind: 'rows', what }, compareChecksums(before, await scratch.allSums(end), untouched));
}

/** The sequence has to do to the rows what the change does. */
export function compareEndRows({ rehearsal, record }: Scratch, written: readonly TableChecksums[], planned: readonly TableChecksums[], end: State): void {
  if (written.length === 0 || planned.length === 0) return;
  const settled = settledBy(
    [...rehearsal.written, ...rehearsal.planned].flatMap(({ statements }) => statements),
    end.snapshot,
  );
  const what = 'the rows after the change as written against after the sequence';
  record.comparison({ kind: 'same rows', what }, differingRows(written, planned, settled));
}
