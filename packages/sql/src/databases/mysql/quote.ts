import type { LiteralValue } from '../../dialect.js';
import { between, lineComment, literal, quotedName } from '../../quoted.js';
import { reservedWords } from './reserved-words.js';

/** Quotes a name in backticks unless MySQL reads it without. Upper case needs none: MySQL keeps the case as written. */
export function quoteIdentifier(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reservedWords.has(name.toLowerCase()) ? name : quotedName('`', name);
}

/** Writes a qualified name, each part quoted where it must be. */
export function quoteName(parts: readonly string[]): string {
  return parts.map(quoteIdentifier).join('.');
}

/** Writes a literal for a server with the default `sql_mode`, where a backslash escapes. */
export function quoteLiteral(value: LiteralValue): string {
  return literal(
    value,
    (text) => between("'", text.replaceAll('\\', '\\\\')),
    (truth) => (truth ? 'TRUE' : 'FALSE'),
  );
}

/** Writes a line comment for each line of the text. */
export function quoteComment(text: string): string {
  return lineComment(text);
}
