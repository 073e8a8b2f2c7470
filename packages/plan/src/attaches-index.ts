import type { Operation } from '@planwright/spec';

type AttachPartition = Extract<Operation, { readonly type: 'attachPartition' }>;

/** Whether an index of a partition becomes part of that of the whole table: ALTER INDEX … ATTACH PARTITION, which knows no bounds. */
export function attachesIndex(operation: Operation): operation is AttachPartition & { readonly bounds?: undefined } {
  return operation.type === 'attachPartition' && operation.bounds === undefined;
}
