import { randomBytes } from 'node:crypto';

/** Names of what one rehearsal makes on a server, and the advisory lock that shows that it lives. */
export interface ScratchNames {
  readonly role: string;
  /** A second and third database of the same rehearsal get a number behind it. */
  readonly database: string;
  /** Second key of the lock; the first is `lockClass`. */
  readonly key: number;
}

/** First key of the advisory locks: "plan" in ASCII. */
export const lockClass = 0x706c616e;

export function newNames(): ScratchNames {
  // Keys of two-key locks are signed, and pg_locks shows them unsigned: 31 bits are the same in both.
  const key = randomBytes(4).readUInt32BE() & 0x7fffffff;
  const stamp = key.toString(16).padStart(8, '0');
  return { role: `planwright_${stamp}`, database: `planwright_scratch_${stamp}`, key };
}

/** Exactly our own names, as PostgreSQL's regular expressions; the stamp is the first group. */
export const scratchPattern = '^planwright_scratch_([0-7][0-9a-f]{7})(_[0-9]+)?$';
export const rolePattern = '^planwright_([0-7][0-9a-f]{7})$';
