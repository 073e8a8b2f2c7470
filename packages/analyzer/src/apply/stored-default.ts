import type { Draft } from '../draft/draft.js';
import { typeText } from './type-text.js';
import { writtenType } from './written-type.js';

const bareNull = /^(?:null|null\s*::\s*(.+)|cast\s*\(\s*null\s+as\s+(.+)\))$/is;

/**
 * The default as PostgreSQL keeps it. None is kept for a constant NULL, which says what every column without a default does; where NULL is brought to a length, a
 * precision or a domain, it is no longer a constant and stays.
 */
export function storedDefault(draft: Draft, type: string, written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const [constant, cast, castAs] = bareNull.exec(withoutParentheses(written)) ?? [];
  if (constant === undefined) return written;
  const as = cast ?? castAs;
  return isBroughtThere(draft, type) || (as !== undefined && writtenType(as) !== type) ? written : undefined;
}

/** A value of this type is made by a function, be it of NULL. */
function isBroughtThere(draft: Draft, type: string): boolean {
  // The modifier of an interval is a part of the constant. `bit` is `bit(1)`.
  if (/^interval\b/i.test(type) && !type.endsWith('[]')) return false;
  return type.includes('(') || /^bit(\[\])?$/i.test(type) || draft.domains.list().some(({ schema, name }) => typeText(schema, name) === type);
}

function withoutParentheses(expression: string): string {
  const text = expression.trim();
  return text.startsWith('(') && text.endsWith(')') && !text.slice(1, -1).includes('(') ? withoutParentheses(text.slice(1, -1)) : text;
}
