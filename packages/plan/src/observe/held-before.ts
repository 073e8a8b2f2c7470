import { stronger } from '@planwright/analyzer';
import type { LockMode, MigrationEvidence, StatementEvidence, TransactionMode } from '@planwright/spec';

/** The strongest lock that a transaction was seen to take on each relation. */
export type HeldLocks = ReadonlyMap<string, LockMode>;

/**
 * What the transaction of a migration held before each of its statements. PostgreSQL tells a lock only when it is new, so a later statement that needs no more shows none. Outside a
 * transaction nothing is held from one statement to the next.
 */
export function heldBefore({ statements }: MigrationEvidence, transaction: TransactionMode): ReadonlyMap<StatementEvidence, HeldLocks> {
  const before = new Map<StatementEvidence, HeldLocks>();
  let held: HeldLocks = new Map();
  for (const statement of transaction === 'none' ? [] : statements) {
    before.set(statement, held);
    if (!statement.locks?.length) continue;
    const more = new Map(held);
    for (const { relation, mode } of statement.locks) if (!covers(held.get(relation), mode)) more.set(relation, mode);
    held = more;
  }
  return before;
}

/** Whether a lock that is held stands in the way of all that another one would. */
export function covers(held: LockMode | undefined, mode: LockMode): boolean {
  return held !== undefined && stronger(held, mode) === held;
}
