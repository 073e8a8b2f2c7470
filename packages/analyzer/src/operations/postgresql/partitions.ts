import type { NodeOf } from '@planwright/sql/postgresql';
import { inParentheses, type ReadContext } from './read-context.js';

/** `RANGE (created_at)` of PARTITION BY. */
export function partitionKey(context: ReadContext, spec: NodeOf<'PartitionSpec'>): string {
  const strategy = (spec.strategy ?? '').replace('PARTITION_STRATEGY_', '');
  return `${strategy} (${inParentheses(context, spec.location ?? context.start)})`;
}

/** Bounds of a partition, from FOR VALUES on. */
export function partitionBounds(context: ReadContext, bound: NodeOf<'PartitionBoundSpec'>): string {
  if (bound.is_default) return 'DEFAULT';
  if (bound.strategy === 'h') return `FOR VALUES WITH (MODULUS ${bound.modulus ?? 0}, REMAINDER ${bound.remainder ?? 0})`;
  const at = bound.location ?? context.start;
  const first = inParentheses(context, at);
  if (bound.strategy === 'l') return `FOR VALUES IN (${first})`;
  // The second list stands behind the parenthesis that closes the first.
  const second = inParentheses(context, context.text.indexOf('(', at) + first.length + 1);
  return `FOR VALUES FROM (${first}) TO (${second})`;
}
