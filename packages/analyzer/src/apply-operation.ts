import type { Operation, Snapshot } from '@planwright/spec';
import type { Appliers, OperationType, PlacelessIssue, Report } from './apply/applier.js';
import { columnAppliers } from './apply/columns.js';
import { constraintAppliers } from './apply/constraints.js';
import { indexAppliers } from './apply/indexes.js';
import { routineAppliers } from './apply/routines.js';
import { rowAppliers } from './apply/rows.js';
import { schemaAppliers } from './apply/schemas.js';
import { sequenceAppliers } from './apply/sequences.js';
import { tableAppliers } from './apply/tables.js';
import { triggerAppliers } from './apply/triggers.js';
import { typeAppliers } from './apply/types.js';
import { viewAppliers } from './apply/views.js';
import { Draft } from './draft/draft.js';

/** One applier for each type of operation: a type that is added to the model and not here does not compile. */
const appliers: Appliers<OperationType> = {
  ...tableAppliers,
  ...columnAppliers,
  ...constraintAppliers,
  ...indexAppliers,
  ...typeAppliers,
  ...sequenceAppliers,
  ...viewAppliers,
  ...routineAppliers,
  ...triggerAppliers,
  ...schemaAppliers,
  ...rowAppliers,
};

/** Carries an operation into a draft. */
export function applyToDraft(draft: Draft, operation: Operation, report: Report): void {
  // Each applier takes the operation of its own key; TypeScript does not follow the index.
  const apply = appliers[operation.type] as (draft: Draft, operation: Operation, report: Report) => void;
  apply(draft, operation, report);
}

/** What came of applying operations. */
export interface Applied {
  readonly snapshot: Snapshot;
  readonly issues: readonly PlacelessIssue[];
}

/**
 * The snapshot after an operation, by PostgreSQL's rules for what nobody wrote: names of constraints, indexes and sequences, NOT NULL of a primary key,
 * what goes with a dropped column. The given snapshot is not changed; untouched objects are shared. What contradicts it is an issue, and is left undone.
 */
export function applyOperation(snapshot: Snapshot, operation: Operation): Applied {
  return applyOperations(snapshot, [operation]);
}

/** As `applyOperation`, for many: the snapshot is indexed once. */
export function applyOperations(snapshot: Snapshot, operations: readonly Operation[]): Applied {
  const draft = new Draft(snapshot);
  const issues: PlacelessIssue[] = [];
  for (const operation of operations)
    applyToDraft(draft, operation, (code, message, hint) => issues.push({ code, message, severity: 'warning', ...(hint === undefined ? {} : { hint }) }));
  return { snapshot: draft.finish(), issues };
}
