import type { Check } from '@planwright/spec';
import { escaped } from '../../escaped.js';
import { onTableText, type StatementFacts, tableBefore } from '../statement-facts.js';

interface OnColumn {
  readonly schema?: string;
  readonly table: string;
  readonly column: string;
}

const isNotNull = /\bis\s+not\s+null\b/i;

/** A check of before that says that the column is not NULL, valid or not. */
export function notNullCheck(facts: StatementFacts, on: OnColumn): Check | undefined {
  const checks = tableBefore(facts, on)?.constraints?.filter(
    (constraint): constraint is Check => constraint.type === 'check' && isNotNull.test(constraint.expression),
  );
  // Most tables have none, and an expression for a name costs more than all the rest.
  if (!checks?.length) return undefined;
  const name = escaped(on.column);
  const written = new RegExp(`^[(\\s]*"?${name}"?[)\\s]+is\\s+not\\s+null[)\\s]*$`, 'i');
  const found = checks.filter(({ expression }) => conjuncts(expression).some((part) => written.test(part)));
  return found.find(({ notValid }) => !notValid) ?? found[0];
}

/** The parts of `a AND b` that stand at its top. One part where anything is less plain than that. */
function conjuncts(expression: string): readonly string[] {
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
