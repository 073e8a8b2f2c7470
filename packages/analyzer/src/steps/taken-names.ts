import type { Operation } from '@planwright/spec';
import { columnText, onTableText } from '../verdicts/statement-facts.js';

/** Names that an operation takes: `orders.customer_id`, `orders`. */
export function namesTaken(operation: Operation): readonly string[] {
  switch (operation.type) {
    case 'renameColumn':
      return [`${onTableText(operation)}.${operation.to}`];
    case 'addColumn':
      return [`${onTableText(operation)}.${operation.column.name}`];
    case 'createTable':
      return [onTableText({ ...(operation.table.schema === undefined ? {} : { schema: operation.table.schema }), table: operation.table.name })];
    case 'renameTable':
      return [onTableText({ ...operation, table: operation.to })];
    case 'setTableSchema':
      return [onTableText({ ...operation, schema: operation.to })];
    case 'createView':
      return [operation.view.name];
    case 'createIndex':
      return operation.index.name === undefined ? [] : [operation.index.name];
    default:
      return [];
  }
}

/** The name of a constraint or an index that an operation takes: the two share theirs. */
export function constraintTaken(operation: Operation): readonly string[] {
  const name = operation.type === 'createIndex' ? operation.index.name : operation.type === 'addConstraint' ? operation.constraint.name : undefined;
  return name === undefined ? [] : [name];
}

/** The name of a constraint that an operation gives up. */
export function constraintGivenUp(operation: Operation): readonly string[] {
  return operation.type === 'dropConstraint' ? [operation.name] : [];
}

/** Names that an operation gives up: `orders.placed_by`, `orders`. */
export function namesGivenUp(operation: Operation): readonly string[] {
  switch (operation.type) {
    case 'renameColumn':
    case 'dropColumn':
      return [columnText(operation)];
    case 'dropTable':
    case 'renameTable':
    case 'setTableSchema':
      return [onTableText(operation)];
    case 'dropIndex':
    case 'dropView':
      return [operation.name];
    default:
      return [];
  }
}
