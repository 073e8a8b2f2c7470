import type { Expression } from '../expression.js';
import { opposite } from './comparison.js';
import { numberOf } from './known-value.js';

/** Conditions of which so many must hold. */
export interface Counted {
  readonly conditions: readonly Expression[];
  /** Which of them hold, for each way that the count comes out right. */
  readonly holding: readonly (readonly boolean[])[];
}

/** `num_nonnulls(a, b, c) = 1`, `(a IS NOT NULL)::int + (b IS NOT NULL)::int = 1`: so many of some conditions hold. */
export function countedConditions(operator: string, left: Expression, right: Expression): Counted | undefined {
  const number = numberOf(right);
  const conditions = conditionsIn(left);
  if (number === undefined || !conditions) return undefined;
  const holding: (readonly boolean[])[] = [];
  const size = Math.min(conditions.length, 8);
  for (let set = 0; set < 2 ** size; set++) {
    const holds = conditions.map((_, place) => ((set >> place) & 1) === 1);
    if (compares(holds.filter(Boolean).length, operator, number)) holding.push(holds);
  }
  return { conditions, holding };
}

export function isCondition(expression: Expression): boolean {
  if (expression.kind === 'cast') return isCondition(expression.of);
  return (
    expression.kind === 'is' ||
    expression.kind === 'not' ||
    expression.kind === 'and' ||
    expression.kind === 'or' ||
    (expression.kind === 'operator' && expression.operator in opposite)
  );
}

function compares(count: number, operator: string, number: number): boolean {
  switch (operator) {
    case '=':
      return count === number;
    case '<>':
      return count !== number;
    case '<':
      return count < number;
    case '<=':
      return count <= number;
    case '>':
      return count > number;
    case '>=':
      return count >= number;
    default:
      return false;
  }
}

function conditionsIn(expression: Expression): readonly Expression[] | undefined {
  if (expression.kind === 'call' && (expression.name === 'num_nonnulls' || expression.name === 'num_nulls'))
    return expression.arguments.map((of) => ({ kind: 'is', of, what: 'null', not: expression.name === 'num_nonnulls' }));
  if (expression.kind === 'operator' && expression.operator === '+') {
    const [left, right] = [conditionsIn(expression.left), conditionsIn(expression.right)];
    return left && right ? [...left, ...right] : undefined;
  }
  if (expression.kind === 'cast' && isCondition(expression.of)) return [expression.of];
  if (expression.kind === 'case' && expression.branches.length === 1) {
    const [[when, then] = []] = expression.branches;
    return when && then && numberOf(then) === 1 && (numberOf(expression.otherwise) ?? 0) === 0 ? [when] : undefined;
  }
  return undefined;
}
