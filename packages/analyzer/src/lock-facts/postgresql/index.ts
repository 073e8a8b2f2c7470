import type { Lock, LockVerdict, Operation } from '@planwright/spec';
import { type StatementFacts, tableText } from '../../verdicts/statement-facts.js';
import { columnLocks } from './columns.js';
import { constraintLocks } from './constraints.js';
import { strongestLocks } from './lock-list.js';
import { otherLocks } from './others.js';

/**
 * What a statement locks, how strongly and for how long, where the manual and measurements on PostgreSQL 12 to 18 leave no doubt. Nothing where one operation leaves some.
 * Tables that the change has made are small: what is done to them is brief. The list has no relation that the statement itself makes.
 */
export function lockVerdict(facts: StatementFacts): LockVerdict | undefined {
  const own = new Set(
    facts.operations.flatMap((operation) =>
      operation.type === 'createTable' ? [tableText(operation.table)] : operation.type === 'createView' ? [tableText(operation.view)] : [],
    ),
  );
  const locks: Lock[] = [];
  for (const operation of facts.operations) {
    const taken = locksOf(facts, operation);
    if (!taken) return undefined;
    locks.push(...taken);
  }
  const strongest = strongestLocks(
    locks.filter(({ relation }) => !own.has(relation)).map((lock) => (facts.made.has(lock.relation) ? { ...lock, held: 'brief' as const } : lock)),
  );
  const rewrites = strongest.flatMap(({ relation, held }) => (held === 'rewrite' ? [relation] : []));
  const scans = strongest.flatMap(({ relation, held }) => (held === 'scan' ? [relation] : []));
  return {
    basis: 'predicted',
    locks: [...strongest],
    ...(rewrites.length === 0 ? {} : { rewrites }),
    ...(scans.length === 0 ? {} : { scans }),
    ...(own.size > 0 && strongest.length === 0 ? { newOnly: true } : {}),
  };
}

function locksOf(facts: StatementFacts, operation: Operation): readonly Lock[] | undefined {
  return columnLocks(facts, operation) ?? constraintLocks(facts, operation) ?? otherLocks(facts, operation);
}
