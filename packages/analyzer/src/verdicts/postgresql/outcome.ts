import type { DataVerdict } from '@planwright/spec';

/** What one operation does to rows that exist. `sql` counts those on which it fails. */
export type Outcome = Pick<DataVerdict, 'outcome' | 'reason' | 'sql'>;

export const safe: Outcome = { outcome: 'safe' };

export function loses(reason: string, sql?: string): Outcome {
  return { outcome: 'loses', reason, ...(sql === undefined ? {} : { sql }) };
}

export function mayFail(reason: string, sql?: string): Outcome {
  return { outcome: 'may fail', reason, ...(sql === undefined ? {} : { sql }) };
}
