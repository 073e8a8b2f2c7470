import type { Operation, Snapshot } from '@planwright/spec';
import { shown } from './named.js';

/** What a table and all that inherit from it go through at once. */
const inherited: ReadonlySet<Operation['type']> = new Set([
  'addColumn',
  'alterColumnType',
  'dropColumn',
  'dropConstraint',
  'dropDefault',
  'dropNotNull',
  'setDefault',
  'setNotNull',
]);

/** Operations without those on heirs that their parents go through as well, which brings them along. */
export function withoutInherited(operations: readonly Operation[], from: Snapshot, to: Snapshot): readonly Operation[] {
  const before = parentsIn(from);
  if (before.size === 0) return operations;
  const after = parentsIn(to);
  const told = new Set(operations.flatMap((operation) => (isInherited(operation) ? [asText(operation, tableOf(operation))] : [])));
  return operations.filter((operation) => {
    if (!isInherited(operation)) return true;
    const table = tableOf(operation);
    const parents = before.get(table)?.filter((parent) => after.get(table)?.includes(parent)) ?? [];
    return !parents.some((parent) => told.has(asText(operation, parent)));
  });
}

function parentsIn({ tables }: Snapshot): ReadonlyMap<string, readonly string[]> {
  return new Map(tables.flatMap((table) => (table.inherits?.length ? [[shown(table), table.inherits] as const] : [])));
}

type OnTable = Extract<Operation, { readonly table: string }>;

function isInherited(operation: Operation): operation is OnTable {
  return inherited.has(operation.type) || (operation.type === 'addConstraint' && operation.constraint.type === 'check' && !operation.constraint.noInherit);
}

function tableOf(operation: OnTable): string {
  return shown({ ...('schema' in operation && operation.schema !== undefined ? { schema: operation.schema } : {}), name: operation.table });
}

/** An operation with a table in its place, so that the same of two tables are the same text. */
function asText(operation: OnTable, table: string): string {
  return JSON.stringify({ ...operation, schema: undefined, table });
}
