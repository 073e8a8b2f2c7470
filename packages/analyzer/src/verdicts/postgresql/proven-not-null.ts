import type { Check } from '@planwright/spec';
import { identifier, writesName } from '../../expression-names.js';
import { onTableText, type StatementFacts, tableBefore } from '../statement-facts.js';

interface OnColumn {
  readonly schema?: string;
  readonly table: string;
  readonly column: string;
}

const isNotNull = new RegExp(String.raw`^[(\s]*(${identifier})[)\s]+is\s+not\s+null[)\s]*$`, 'i');

/** A check of before that says that the column is not NULL, valid or not. */
export function notNullCheck(facts: StatementFacts, on: OnColumn): Check | undefined {
  const found = tableBefore(facts, on)?.constraints?.filter(
    (constraint): constraint is Check => constraint.type === 'check' && refusesNull(constraint.expression, on.column),
  );
  return found?.find(({ notValid }) => !notValid) ?? found?.[0];
}

/** Whether a check says that a column is not NULL. */
export function refusesNull(expression: string, column: string): boolean {
  if (!/\bnull\b/i.test(expression)) return false;
  return conjuncts(expression).some((part) => writesName(isNotNull.exec(part)?.[1], column));
}

/** The parts of `a AND b` that stand at its top. One part where anything is less plain than that. */
export function conjuncts(expression: string): readonly string[] {
  if (/\b(?:or|case|between)\b|'/i.test(expression)) return [expression];
  return expression.split(/\band\b/i);
}

/** The valid check is there before the statement, and the statement itself drops it: its drop is carried out first. */
export function isProofDropped(facts: StatementFacts, on: OnColumn): boolean {
  const check = notNullCheck(facts, on);
  if (!check || check.notValid) return false;
  return facts.operations.some(
    (operation) => operation.type === 'dropConstraint' && operation.name === check.name && onTableText(operation) === onTableText(on),
  );
}

/** A valid check that the column is not NULL spares the scan. */
export function isProvenNotNull(facts: StatementFacts, on: OnColumn): boolean {
  const check = notNullCheck(facts, on);
  return check !== undefined && !check.notValid && !isProofDropped(facts, on);
}
