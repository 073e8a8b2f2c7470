import type { Operation } from '@planwright/spec';

/** The operation that takes another one back where its own words are enough, and nothing of the schema before has to be known. */
export function inverseOperation(operation: Operation): Operation | undefined {
  switch (operation.type) {
    case 'addColumn':
      return { type: 'dropColumn', ...tableOf(operation), column: operation.column.name };
    case 'setNotNull':
      return { type: 'dropNotNull', ...tableOf(operation), column: operation.column };
    case 'dropNotNull':
      return { type: 'setNotNull', ...tableOf(operation), column: operation.column };
    case 'renameColumn':
      return { type: 'renameColumn', ...tableOf(operation), column: operation.to, to: operation.column };
    case 'addConstraint':
      return operation.constraint.name === undefined ? undefined : { type: 'dropConstraint', ...tableOf(operation), name: operation.constraint.name };
    case 'createIndex':
      return operation.index.name === undefined
        ? undefined
        : { type: 'dropIndex', name: operation.index.name, table: operation.table, ...(operation.schema !== undefined && { schema: operation.schema }) };
    default:
      return undefined;
  }
}

function tableOf({ schema, table }: { readonly schema?: string; readonly table: string }): { schema?: string; table: string } {
  return { ...(schema !== undefined && { schema }), table };
}
