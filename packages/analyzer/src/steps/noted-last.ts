import type { Operation } from '@planwright/spec';
import { type PlacedStep, type Stage, stages, type WrittenStep } from './step.js';

/** Tables in which tools note what has run, where the SQL of a change does it: as `alembic upgrade --sql` prints it, or as a dump of Rails holds it. */
const notes: ReadonlySet<string> = new Set(['alembic_version', 'schema_migrations', 'django_migrations']);

/** A note that the change has run comes when it has: behind the last step of all. */
export function notedLast(steps: readonly (PlacedStep | WrittenStep)[]): readonly (PlacedStep | WrittenStep)[] {
  const isNote = (step: PlacedStep | WrittenStep): step is WrittenStep => step.kind === 'written' && step.judged.statement.operations.every(isNoted);
  const noted = steps.filter(isNote);
  if (noted.length === 0) return steps;
  const others = steps.filter((step) => !isNote(step));
  const last = Math.max(...others.map(({ stage }) => placeOf(stage)));
  const phase = stages[last]?.phase;
  if (phase === undefined || phase === 'expand') return steps;
  const stage = phase === 'migrate' ? 'follow' : phase === 'contract' ? 'follow for release' : 'drop old';
  return [...others, ...noted.map((step): WrittenStep => ({ ...step, stage }))];
}

/** Whether an operation is on the note of a tool. */
export function isNoted(operation: Operation): boolean {
  return (operation.type === 'updateRows' || operation.type === 'insertRows' || operation.type === 'deleteRows') && notes.has(operation.table);
}

function placeOf(stage: Stage): number {
  return stages.findIndex(({ name }) => name === stage);
}
