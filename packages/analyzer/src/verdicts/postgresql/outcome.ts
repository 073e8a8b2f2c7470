import type { DataVerdict } from '@planwright/spec';

/** What one operation does to rows that exist. `sql` counts those on which it fails. */
export type Outcome = Pick<DataVerdict, 'outcome' | 'reason' | 'sql'>;

export const safe: Outcome = { outcome: 'safe' };

export function loses(reason: string, sql?: string): Outcome {
  return sql === undefined ? { outcome: 'loses', reason } : { outcome: 'loses', reason, sql };
}

export function mayFail(reason: string, sql?: string): Outcome {
  return sql === undefined ? { outcome: 'may fail', reason } : { outcome: 'may fail', reason, sql };
}
