import type { Lock, LockVerdict, Operation } from '@planwright/spec';
import { remembered } from '../../verdicts/remembered.js';
import { type StatementFacts, tableText } from '../../verdicts/statement-facts.js';
import { columnLocks } from './columns.js';
import { constraintLocks } from './constraints.js';
import { longest, strongestLocks } from './lock-list.js';
import { otherLocks } from './others.js';
import { partitionLocks } from './partitions.js';
import { rowLocks } from './rows.js';
import type { Surroundings } from './surroundings.js';
import { tableLocks } from './tables.js';

/**
 * What a statement locks, how strongly and for how long, where the manual and measurements on PostgreSQL 12 to 18 leave no doubt. Nothing where one operation leaves some.
 *
 * Every lock lasts until its statement ends: one on a table that is neither read nor written is `held` for a scan or rewrite of another. `scans` and
 * `rewrites` name the tables that are read and written. Tables that the change has made are small: what is done to them is brief. Not listed: relations that
 * the statement itself makes, and ACCESS SHARE, which every query takes on what it reads and which holds up ACCESS EXCLUSIVE alone.
 */
export function lockVerdict(around: Surroundings): LockVerdict | undefined {
  const { facts } = around;
  const locks: Lock[] = [];
  const own = made(facts);
  let any = false;
  for (const operation of facts.operations) {
    const taken = operationLocks(around, operation);
    if (!taken) return undefined;
    for (const lock of taken) {
      any = true;
      const { relation, mode, held } = lock;
      if (own.has(relation) || mode === 'ACCESS SHARE') continue;
      locks.push(held !== 'brief' && facts.made.has(relation) ? { relation, mode, held: 'brief' } : lock);
    }
  }
  if (!any) return own.size > 0 ? { basis: 'predicted', locks, newOnly: true } : { basis: 'predicted', locks };
  const strongest = strongestLocks(locks);
  const held = longest(strongest);
  if (held === 'brief' && strongest.length > 0) return { basis: 'predicted', locks: [...strongest] };
  const verdict: LockVerdict = {
    basis: 'predicted',
    locks: strongest.map((lock) => (facts.made.has(lock.relation) ? lock : { relation: lock.relation, mode: lock.mode, held })),
  };
  const rewrites = strongest.filter((lock) => lock.held === 'rewrite');
  const scans = strongest.filter((lock) => lock.held === 'scan');
  if (rewrites.length > 0) verdict.rewrites = rewrites.map(({ relation }) => relation);
  if (scans.length > 0) verdict.scans = scans.map(({ relation }) => relation);
  if (own.size > 0 && strongest.length === 0) verdict.newOnly = true;
  return verdict;
}

const none: ReadonlySet<string> = new Set();

/** Relations that are there after the statement and were not before. */
function made({ operations, before }: StatementFacts): ReadonlySet<string> {
  let found: Set<string> | undefined;
  for (const operation of operations) {
    const relation = operation.type === 'createTable' ? operation.table : operation.type === 'createView' ? operation.view : undefined;
    if (!relation) continue;
    const isIt = ({ schema, name }: { readonly schema?: string; readonly name: string }): boolean => name === relation.name && schema === relation.schema;
    if (!before.tables.some(isIt) && !before.views?.some(isIt)) found = (found ?? new Set()).add(tableText(relation));
  }
  return found ?? none;
}

/** What one operation locks, with the work on each relation; nothing where that is not certain. What the change has made is among them. */
export const operationLocks = remembered(locksOf);

function locksOf(around: Surroundings, operation: Operation): readonly Lock[] | undefined {
  return (
    columnLocks(around, operation) ??
    constraintLocks(around, operation) ??
    partitionLocks(around, operation) ??
    tableLocks(around, operation) ??
    rowLocks(around, operation) ??
    otherLocks(around, operation)
  );
}
