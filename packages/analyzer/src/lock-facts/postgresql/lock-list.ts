import type { Lock, LockMode } from '@planwright/spec';

/** Modes from the weakest to the strongest, as PostgreSQL's manual lists them and its grammar numbers them, from 1. */
export const modes: readonly LockMode[] = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
];
const rank = new Map(modes.map((mode, index) => [mode, index]));
const reaches: readonly Lock['held'][] = ['brief', 'scan', 'rewrite'];

function rankOf(mode: LockMode): number {
  return rank.get(mode) ?? 0;
}

const share = rankOf('SHARE');

/** The stronger of two lock modes. */
export function stronger(one: LockMode, other: LockMode): LockMode {
  return rankOf(one) >= rankOf(other) ? one : other;
}

/** Whether writers wait behind a lock of this mode. */
export function blocksWriters(mode: LockMode): boolean {
  return rankOf(mode) >= share;
}

/** The strongest lock on each relation, held as long as the longest, in order of first appearance. */
export function strongestLocks(locks: readonly Lock[]): readonly Lock[] {
  if (locks.length < 2) return locks;
  const found = new Map<string, Lock>();
  for (const lock of locks) {
    const known = found.get(lock.relation);
    found.set(lock.relation, known ? { relation: lock.relation, mode: stronger(known.mode, lock.mode), held: longer(known.held, lock.held) } : lock);
  }
  return [...found.values()];
}

/** Locks of transactions that run one after the other: left out is one where another on its relation is as strong and held as long. */
export function locksInTurn(locks: readonly Lock[]): readonly Lock[] {
  const covers = (one: Lock, other: Lock): boolean =>
    one.relation === other.relation && stronger(one.mode, other.mode) === one.mode && longer(one.held, other.held) === one.held;
  return locks.filter((lock, place) => !locks.some((other, at) => at !== place && covers(other, lock) && (at < place || !covers(lock, other))));
}

function longer(one: Lock['held'], other: Lock['held']): Lock['held'] {
  if (one === other) return one;
  return reaches.indexOf(one) >= reaches.indexOf(other) ? one : other;
}

/** How long the longest of several is held. */
export function longest(locks: readonly Lock[]): Lock['held'] {
  let found: Lock['held'] = 'brief';
  for (const { held } of locks) found = longer(found, held);
  return found;
}
