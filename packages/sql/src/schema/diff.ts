import type { Operation, Snapshot } from '@planwright/spec';
import type { Between } from './between.js';
import { diffNames, diffRoutines, diffSequences, diffViews } from './diff-objects.js';
import { diffTables } from './diff-tables.js';
import { diffTypes } from './diff-types.js';
import { withoutInherited } from './heirs.js';
import { newName, renamed } from './renames.js';
import { replacedBetween } from './replaced.js';
import { comparing } from './same.js';
import { Steps } from './steps.js';

export interface DiffOptions {
  /** Renames that lead from `from` towards `to`, in their order. Two snapshots do not tell a rename from a drop and a create. They come first in the answer. */
  readonly renames?: readonly Operation[];
}

/**
 * The operations that lead from one schema to another, in an order in which they run: what depends on others goes first and comes last.
 * What is the same object in both is not looked at, so a small change of a large schema is found in a short time.
 */
export function diff(from: Snapshot, to: Snapshot, { renames = [] }: DiffOptions = {}): readonly Operation[] {
  const start = renames.reduce((snapshot, operation) => renamed(snapshot, operation), from);
  const same = comparing(renames.flatMap((operation) => newName(operation)));
  const steps = new Steps();
  const between: Between = { from: start, to, same, replaced: replacedBetween(start, to, same), steps };
  diffNames(between);
  diffTypes(between);
  diffSequences(between);
  diffTables(between);
  diffViews(between);
  diffRoutines(between);
  return [...renames, ...withoutInherited(steps.inOrder(), start, to)];
}
