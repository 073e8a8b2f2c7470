import type { NodeOf } from '@planwright/sql/postgresql';
import { inParentheses, type ReadContext, sourceWithin } from './read-context.js';

/** `RANGE (created_at)` of PARTITION BY. */
export function partitionKey(context: ReadContext, spec: NodeOf<'PartitionSpec'>): string {
  const strategy = (spec.strategy ?? '').replace('PARTITION_STRATEGY_', '');
  return `${strategy} (${inParentheses(context, spec.location ?? context.start)})`;
}

/** Bounds of a partition, from FOR VALUES on. */
export function partitionBounds(context: ReadContext, bound: NodeOf<'PartitionBoundSpec'>): string {
  if (bound.is_default) return 'DEFAULT';
  const list = (nodes: NodeOf<'PartitionBoundSpec'>['listdatums']): string =>
    (nodes ?? []).map((node) => sourceWithin(context, node, bound.location ?? context.start)).join(', ');
  if (bound.strategy === 'h') return `FOR VALUES WITH (MODULUS ${bound.modulus ?? 0}, REMAINDER ${bound.remainder ?? 0})`;
  if (bound.strategy === 'l') return `FOR VALUES IN (${list(bound.listdatums)})`;
  return `FOR VALUES FROM (${list(bound.lowerdatums)}) TO (${list(bound.upperdatums)})`;
}
