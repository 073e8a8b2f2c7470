import type { LiteralValue } from '../../dialect.js';
import { between, lineComment, literal, quotedName } from '../../quoted.js';
import { keywords } from './keywords.js';

/** Quotes a name unless it is plain and no keyword. SQLite lets some keywords pass as names, and its manual advises against relying on that. */
export function quoteIdentifier(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !keywords.has(name.toLowerCase()) ? name : quotedName('"', name);
}

/** Writes a qualified name, each part quoted where it must be. */
export function quoteName(parts: readonly string[]): string {
  return parts.map(quoteIdentifier).join('.');
}

/** Writes a literal. Truth values are 1 and 0, which is how SQLite stores them. */
export function quoteLiteral(value: LiteralValue): string {
  return literal(
    value,
    (text) => between("'", text),
    (truth) => (truth ? '1' : '0'),
  );
}

/** Writes a line comment for each line of the text. */
export function quoteComment(text: string): string {
  return lineComment(text);
}
