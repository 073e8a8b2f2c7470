import type { Lock, LockMode } from '@planwright/spec';

/** Modes from the weakest to the strongest, as PostgreSQL's manual lists them. */
const modes: readonly LockMode[] = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
];
const reaches: readonly Lock['held'][] = ['brief', 'scan', 'rewrite'];

/** The stronger of two lock modes. */
export function stronger(one: LockMode, other: LockMode): LockMode {
  return modes.indexOf(one) >= modes.indexOf(other) ? one : other;
}

/** Whether writers wait behind a lock of this mode. */
export function blocksWriters(mode: LockMode): boolean {
  return modes.indexOf(mode) >= modes.indexOf('SHARE');
}

/** The strongest lock on each relation, held as long as the longest, in order of first appearance. */
export function strongestLocks(locks: readonly Lock[]): readonly Lock[] {
  const found = new Map<string, Lock>();
  for (const lock of locks) {
    const known = found.get(lock.relation);
    found.set(lock.relation, known ? { relation: lock.relation, mode: stronger(known.mode, lock.mode), held: longer(known.held, lock.held) } : lock);
  }
  return [...found.values()];
}

function longer(one: Lock['held'], other: Lock['held']): Lock['held'] {
  return reaches.indexOf(one) >= reaches.indexOf(other) ? one : other;
}

/** The longest of several. */
export function longest(all: readonly Lock['held'][]): Lock['held'] {
  return all.reduce(longer, 'brief');
}
