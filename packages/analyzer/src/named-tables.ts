import type { Operation } from '@planwright/spec';

/** A table by schema and name. */
export interface TableName {
  readonly schema?: string;
  readonly name: string;
}

/** Tables that an operation names: its own, those that its foreign keys reference, partitions and parents. A table may come twice. */
export function namedTables(operation: Operation): readonly TableName[] {
  switch (operation.type) {
    case 'createTable': {
      const { schema, name, constraints = [], partitionOf } = operation.table;
      const named = [nameOf(schema, name)];
      for (const constraint of constraints) if (constraint.type === 'foreignKey') named.push(own(constraint.references));
      if (partitionOf) named.push(own(partitionOf));
      return named;
    }
    case 'addConstraint':
      return operation.constraint.type === 'foreignKey' ? [own(operation), own(operation.constraint.references)] : [own(operation)];
    case 'attachPartition':
    case 'detachPartition':
      return [own(operation), own(operation.partition)];
    case 'setInheritance':
      return [own(operation), own(operation.parent)];
    case 'lockTable':
      return operation.tables.map(own);
    case 'unknown':
      return (operation.tables ?? []).map((name) => ({ name }));
    case 'dropIndex':
    case 'setComment':
    case 'maintain':
      return operation.table === undefined ? [] : [nameOf(operation.schema, operation.table)];
    default:
      return 'table' in operation && typeof operation.table === 'string' ? [nameOf('schema' in operation ? operation.schema : undefined, operation.table)] : [];
  }
}

/** Tables that the operations of a statement name, and `more`. */
export function tablesNamedBy(operations: readonly Operation[], more: readonly TableName[]): readonly TableName[] {
  const [only, second] = operations;
  // Most statements are one operation.
  if (only && !second && more.length === 0) return namedTables(only);
  return [...operations.flatMap(namedTables), ...more];
}

function own({ schema, table }: { readonly schema?: string; readonly table: string }): TableName {
  return nameOf(schema, table);
}

function nameOf(schema: string | undefined, name: string): TableName {
  return schema === undefined ? { name } : { schema, name };
}
