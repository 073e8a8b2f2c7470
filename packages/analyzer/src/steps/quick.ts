import { estimateOf, isQuick } from '../estimates.js';
import type { PlacedStatement } from './placed-statement.js';
import type { Wishes } from './wishes.js';

/** Where only time or rows are at stake and the tables are small, the plain statement stays: why, as far as it does. */
export function quickReason({ judged: { statement }, findings }: PlacedStatement, { stats }: Wishes): string | undefined {
  if (findings.some(({ verdict }) => verdict === 'code') || !isQuick(statement, stats)) return undefined;
  const { lock } = statement.verdicts ?? {};
  const estimate = lock && estimateOf(lock, stats, statement.operations);
  return estimate ? `it is estimated to take at most ${estimate.max} s (${estimate.from})` : undefined;
}

/** Whether a table is so small that its rows can be changed in one statement. */
export function isSmall(table: string, { stats }: Wishes): boolean {
  const estimate = estimateOf({ rewrites: [], scans: [table] }, stats, [{ type: 'updateRows', table }]);
  return estimate !== undefined && estimate.max < 1;
}
