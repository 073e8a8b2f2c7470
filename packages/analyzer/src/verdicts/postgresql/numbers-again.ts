import type { Operation } from '@planwright/spec';
import { columnBefore, columnText, isOld, type StatementFacts, tableBefore } from '../statement-facts.js';

/**
 * The first number that an identity gives to whoever leaves the column out, where a key holds rows to different ones: code may not give numbers, or has left
 * that to a default of before. Nothing where the column is new, counts already, or is told where to start.
 */
export function firstNumber(facts: StatementFacts, operation: Extract<Operation, { type: 'setIdentity' }>): string | undefined {
  const column = columnBefore(facts, operation);
  const isLeftOut = operation.identity === 'always' || facts.again.isDefaultDropped(columnText(operation));
  if (!isLeftOut || !isOld(facts, operation) || facts.made.has(columnText(operation)) || column?.identity) return undefined;
  const table = tableBefore(facts, operation);
  const isKeyed =
    table?.constraints?.some(({ type, columns }) => (type === 'primaryKey' || type === 'unique') && columns?.join() === operation.column) ||
    table?.indexes?.some(({ unique, where, keys }) => unique && where === undefined && keys.length === 1 && keys[0]?.column === operation.column);
  const { start = '1', increment = '1' } = operation.options ?? {};
  return isKeyed && start === '1' && !increment.startsWith('-') ? start : undefined;
}
