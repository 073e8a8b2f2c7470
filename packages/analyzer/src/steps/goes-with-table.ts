import type { Operation } from '@planwright/spec';
import type { JudgedStatement } from '../judged-statement.js';
import { onTableText } from '../verdicts/statement-facts.js';

/**
 * Whether a statement makes nothing but keys and indexes of columns of a table that the same migration has made: they go with it, so they need no way back of
 * their own. What names anything else may still be needed by it, or need it, when the table goes: a function, a type, a table that is made later and goes first.
 */
export function goesWithNewTable(operations: readonly Operation[], earlier: readonly JudgedStatement[]): boolean {
  const made = earlier.flatMap(({ statement }) =>
    statement.operations.flatMap((one) => (one.type === 'createTable' && !one.ifNotExists ? [onTableText({ ...one.table, table: one.table.name })] : [])),
  );
  return operations.length > 0 && operations.every((operation) => isPartOf(operation, made));
}

function isPartOf(operation: Operation, made: readonly string[]): boolean {
  if (operation.type === 'createIndex') {
    const { keys, where } = operation.index;
    return made.includes(onTableText(operation)) && where === undefined && keys.every(({ column }) => column !== undefined);
  }
  if (operation.type !== 'addConstraint' || !made.includes(onTableText(operation))) return false;
  const { constraint } = operation;
  if (constraint.type === 'foreignKey') {
    const target = made.indexOf(onTableText(constraint.references));
    return target <= made.indexOf(onTableText(operation));
  }
  return (constraint.type === 'unique' || constraint.type === 'primaryKey') && constraint.usingIndex === undefined;
}
