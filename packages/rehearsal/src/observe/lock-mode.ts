import type { LockMode } from '@planwright/spec';

/** Lock modes from weak to strong. */
export const strength: readonly LockMode[] = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
];

/** `ShareUpdateExclusiveLock` is `SHARE UPDATE EXCLUSIVE`. */
export function modeFrom(name: string): LockMode {
  const words = name
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
  const mode = strength.find((known) => known === words);
  if (mode === undefined) throw new RangeError(`pg_locks names a mode that PostgreSQL 18 does not have: ${name}.`);
  return mode;
}

export function strongest(modes: Iterable<LockMode>): LockMode | undefined {
  let found: LockMode | undefined;
  for (const mode of modes) if (found === undefined || strength.indexOf(mode) > strength.indexOf(found)) found = mode;
  return found;
}
