import type { LockVerdict, Operation, StatementEvidence, Verdicts } from '@planwright/spec';
import { covers, type HeldLocks } from './held-before.js';

/**
 * The lock verdict as the rehearsal saw it. Where nothing differs it is the predicted one, which says more: how a relation is held and what it was made for. Where something
 * differs, what was seen stands in its place, and the difference is its note. `held` is what the transaction was seen to hold before the statement.
 */
export function observedLock(
  { verdicts, operations }: { readonly verdicts?: Verdicts; readonly operations: readonly Operation[] },
  seen: StatementEvidence,
  held: HeldLocks = new Map(),
): { readonly verdicts?: Verdicts } {
  const lock = verdicts?.lock;
  if (seen.error !== undefined || lock?.basis === 'observed') return {};
  // BEGIN and COMMIT are not looked at: they have run, and there is nothing that they could lock.
  if (lock && seen.locks === undefined && operations.every(({ type }) => type === 'controlTransaction'))
    return { verdicts: { ...verdicts, lock: { ...lock, basis: 'observed' } } };
  if (seen.locks === undefined) return {};
  const found = lock && !seen.disagrees?.length ? agreed(lock, seen, held) : asSeen(lock, seen);
  return { verdicts: { ...verdicts, lock: found } };
}

/** A lock that nothing asked for, as no row was there that needs it, stays predicted. */
function agreed(lock: LockVerdict, seen: StatementEvidence, held: HeldLocks): LockVerdict {
  const taken = new Set(seen.locks?.map(({ relation }) => relation));
  const all = lock.newOnly === true || lock.locks.every(({ relation, mode }) => taken.has(relation) || covers(held.get(relation), mode));
  return all ? { ...lock, basis: 'observed' } : lock;
}

function asSeen(lock: LockVerdict | undefined, { locks = [], rewrites, scans, disagrees }: StatementEvidence): LockVerdict {
  // ACCESS SHARE is what every reader takes; verdicts leave it out.
  const telling = locks.filter(({ mode }) => mode !== 'ACCESS SHARE');
  const note = [lock?.note, ...(disagrees ?? [])].filter((sentence) => sentence !== undefined);
  return {
    basis: 'observed',
    locks: telling,
    ...(rewrites?.length && { rewrites }),
    ...(scans?.length && { scans }),
    ...(telling.length === 0 && lock?.newOnly && { newOnly: true }),
    ...(note.length > 0 && { note: note.join(' ') }),
  };
}
