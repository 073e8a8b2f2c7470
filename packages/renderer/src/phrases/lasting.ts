import type { Operation } from '@planwright/spec';

/** The operations without those on temporary tables that they make themselves: these end with the session, so no reader of a plan meets them. */
export function lasting(operations: readonly Operation[]): readonly Operation[] {
  const temporary = new Set(operations.flatMap((one) => (one.type === 'createTable' && one.table.persistence === 'temporary' ? [one.table.name] : [])));
  if (temporary.size === 0) return operations;
  return operations.filter((one) =>
    one.type === 'createTable' ? one.table.persistence !== 'temporary' : !('table' in one && typeof one.table === 'string' && temporary.has(one.table)),
  );
}
