import type { Expression } from '../expression.js';

/** Without casts, which change nothing that matters here. */
export function bare(expression: Expression): Expression {
  return expression.kind === 'cast' ? bare(expression.of) : expression;
}

/** The number that an expression is. */
export function numberOf(expression: Expression): number | undefined {
  const plain = bare(expression);
  if (plain.kind !== 'literal') return undefined;
  if (plain.number !== undefined) return plain.number;
  // `'-1'::integer` is how PostgreSQL prints a negative number.
  return expression.kind === 'cast' && plain.value !== null && /^-?\d+(\.\d+)?$/.test(plain.value) ? Number(plain.value) : undefined;
}

/** The text that an expression is; a number's is its digits. */
export function textOf(expression: Expression): string | undefined {
  const plain = bare(expression);
  return plain.kind === 'literal' && plain.value !== null ? plain.value : undefined;
}
