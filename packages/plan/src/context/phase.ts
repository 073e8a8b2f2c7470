import type { Phase } from '@planwright/spec';
import type { Act } from '../survey.js';
import { isBreaking } from './classification.js';

/** The stage that a migration belongs to: what breaks nothing expands, what moves rows migrates, what breaks contracts, and what only removes, after other migrations, cleans up. */
export function phaseOf(acts: readonly Act[], alone: boolean): Phase {
  const lasting = acts.filter((act) => act.effect.kind !== 'none');
  if (lasting.length > 0 && !alone && lasting.every(({ operation, effect }) => operation.type.startsWith('drop') && effect.data === 'loses')) return 'cleanup';
  if (lasting.some(isBreaking)) return 'contract';
  const moves = ['updateRows', 'backfill', 'deleteRows', 'mergeRows', 'truncateTable'];
  return lasting.length > 0 && lasting.every(({ operation }) => moves.includes(operation.type)) ? 'migrate' : 'expand';
}
