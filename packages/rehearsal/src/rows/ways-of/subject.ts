import type { Expression } from '../expression.js';
import { bare, numberOf } from './known-value.js';

/** What a comparison speaks of: a column's value, or something measured of it. */
export interface Subject {
  readonly column: string;
  readonly of: 'value' | 'length' | 'lower' | 'upper' | 'json' | { readonly remainder: number };
}

/** The subject that an expression is; undefined where it is more than that. */
export function subjectOf(expression: Expression): Subject | undefined {
  const plain = bare(expression);
  if (plain.kind === 'column') return { column: plain.name, of: 'value' };
  if (plain.kind === 'operator' && plain.operator === '%') {
    const [of, by] = [subjectOf(plain.left), numberOf(plain.right)];
    return of?.of === 'value' && by !== undefined ? { column: of.column, of: { remainder: by } } : undefined;
  }
  if (plain.kind !== 'call') return undefined;
  const [first, second] = plain.arguments;
  const inner = first && subjectOf(first);
  if (!inner || inner.of === 'json') return undefined;
  switch (plain.name) {
    case 'length':
    case 'char_length':
    case 'character_length':
    case 'octet_length':
    case 'cardinality':
    case 'array_length':
    case 'jsonb_array_length':
      return { column: inner.column, of: 'length' };
    case 'lower':
    case 'upper':
      return { column: inner.column, of: plain.name };
    case 'btrim':
    case 'trim':
    case 'ltrim':
    case 'rtrim':
    case 'coalesce':
    case 'abs':
    case 'normalize':
      return inner;
    case 'json_typeof':
    case 'jsonb_typeof':
      return { column: inner.column, of: 'json' };
    case 'mod': {
      const by = second && numberOf(second);
      return by !== undefined ? { column: inner.column, of: { remainder: by } } : undefined;
    }
    default:
      return undefined;
  }
}
