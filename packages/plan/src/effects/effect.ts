import type { Level, Operation, PlannedStatement, Statement, Target } from '@planwright/spec';
import type { SchemaAround } from '../survey.js';
import { columnEffect } from './columns.js';
import { constraintEffect } from './constraints.js';
import { objectEffect } from './objects.js';
import { rowEffect } from './rows.js';
import { tableEffect } from './tables.js';

/** What one operation does to running code and to existing data, concluded from the operation and the schema. Locks are verdicts of rules and not judged here. */
export interface Effect {
  /** `adds`: something new stands beside what was there. `changes`: the rest that lasts. `none`: nothing that lasts, such as a setting. */
  readonly kind: 'adds' | 'changes' | 'none' | 'unknown';
  /** A running release fails. Absent: not known. */
  readonly breaking?: boolean;
  /** New code must wait for it. */
  readonly needsNew?: boolean;
  /** Why it breaks running code or not, one sentence. */
  readonly code?: string;
  readonly data?: 'safe' | 'may fail' | 'loses';
  /** Why it may fail, or what is lost; one sentence. */
  readonly dataReason?: string;
  /** Counts the rows that it is about. */
  readonly dataQuery?: string;
  readonly risk: Level;
  /** No release fits the schema before and after: it can't be carried out in one step without a pause. */
  readonly noBridge?: boolean;
  /** What of its run time depends on the size of a table: "a check of every row of orders". */
  readonly work?: string;
  /** That work is on rows, whatever the lock: it takes as long as there are rows. */
  readonly ofRows?: boolean;
  /** The object that it is about, for sentences: "orders.legacy_ref". */
  readonly object?: string;
}

export interface Surroundings {
  readonly database: Target['database'];
  readonly schema: SchemaAround;
  readonly statement: PlannedStatement | Statement;
}

/** What lasts, breaks nothing and costs nothing. */
export const harmless: Effect = { kind: 'changes', breaking: false, data: 'safe', risk: 'low' };

/** What leaves no trace: settings, transaction control, queries. */
const traceless: Effect = { kind: 'none', breaking: false, data: 'safe', risk: 'low' };

/** Judges one operation. */
export function effectOf(operation: Operation, around: Surroundings): Effect {
  if (operation.type === 'unknown') return { kind: 'unknown', risk: 'medium', ...(operation.tables?.length ? { object: operation.tables.join(', ') } : {}) };
  return (
    tableEffect(operation, around) ??
    columnEffect(operation, around) ??
    constraintEffect(operation, around) ??
    rowEffect(operation, around) ??
    objectEffect(operation, around) ??
    traceless
  );
}
