import type { Column, Operation, Table } from '@planwright/spec';

/** The table after an operation on it; nothing for an operation that SQLite has no place for. */
export function changedTable(operation: Operation, table: Table): Table | undefined {
  const { columns, constraints = [], indexes = [] } = table;
  switch (operation.type) {
    case 'addColumn':
      return { ...table, columns: [...columns, operation.column] };
    case 'dropColumn': {
      const { column } = operation;
      return {
        ...table,
        columns: columns.filter(({ name }) => name !== column),
        constraints: constraints.filter((constraint) => !constraint.columns?.includes(column)),
        indexes: indexes.filter(({ keys }) => !keys.some((key) => key.column === column)),
      };
    }
    case 'addConstraint':
      return { ...table, constraints: [...constraints, operation.constraint] };
    case 'dropConstraint':
      return constraints.some(({ name }) => name === operation.name)
        ? { ...table, constraints: constraints.filter(({ name }) => name !== operation.name) }
        : undefined;
    case 'renameConstraint':
      return {
        ...table,
        constraints: constraints.map((constraint) => (constraint.name === operation.name ? { ...constraint, name: operation.to } : constraint)),
      };
    case 'alterColumnType':
    case 'setNotNull':
    case 'dropNotNull':
    case 'setDefault':
    case 'dropDefault':
    case 'setGenerated':
    case 'dropGenerated':
      return { ...table, columns: columns.map((column) => (column.name === operation.column ? changedColumn(operation, column) : column)) };
    default:
      return undefined;
  }
}

function changedColumn(operation: Operation, column: Column): Column {
  const { default: value, notNull, generated, ...rest } = column;
  const kept = { ...(value === undefined ? {} : { default: value }), ...(notNull ? { notNull } : {}), ...(generated ? { generated } : {}) };
  switch (operation.type) {
    case 'alterColumnType':
      return { ...column, type: operation.to, ...(operation.collation ? { collation: operation.collation } : {}) };
    case 'setNotNull':
      return { ...column, notNull: true };
    case 'dropNotNull':
      return { ...rest, ...kept, notNull: false };
    case 'setDefault':
      return { ...column, default: operation.default };
    case 'dropDefault':
      return { ...rest, ...(notNull ? { notNull } : {}), ...(generated ? { generated } : {}) };
    case 'setGenerated':
      return { ...column, generated: { ...generated, expression: operation.expression } };
    case 'dropGenerated':
      return { ...rest, ...(notNull ? { notNull } : {}) };
    default:
      return column;
  }
}
