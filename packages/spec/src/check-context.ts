import { checkAlertThresholds } from './checks/alert-thresholds.js';
import { checkBreakingStrategy } from './checks/breaking-strategy.js';
import { checkCycles } from './checks/cycles.js';
import { checkDownOrder } from './checks/down-order.js';
import { checkPhaseOrder } from './checks/phase-order.js';
import { checkRanges } from './checks/ranges.js';
import { checkReferences } from './checks/references.js';
import { checkSetNull } from './checks/set-null.js';
import { checkStatus } from './checks/status.js';
import { checkTimeTotals } from './checks/time-totals.js';
import { checkUniqueIds } from './checks/unique-ids.js';
import type { Context, Issue } from './generated/types.js';

/** One rule about a context that a schema cannot express. Its issues have pointers; the caller knows the file. */
export type Check = (context: Context) => readonly Issue[];

const checks: readonly Check[] = [
  checkUniqueIds,
  checkReferences,
  checkCycles,
  checkPhaseOrder,
  checkDownOrder,
  checkBreakingStrategy,
  checkSetNull,
  checkAlertThresholds,
  checkRanges,
  checkTimeTotals,
  checkStatus,
];

/** Runs every check on a context that the schema has passed. */
export function checkContext(context: Context): readonly Issue[] {
  return checks.flatMap((check) => check(context));
}
