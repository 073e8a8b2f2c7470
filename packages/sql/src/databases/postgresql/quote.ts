import { keywordKindOf } from '@pgsql/quotes';
import type { LiteralValue } from '../../dialect.js';
import { between, lineComment, literal, quotedName } from '../../quoted.js';

/** Quotes a name unless PostgreSQL reads it back unchanged without: lower case, no special characters, not a reserved word. The rule of `quote_ident()`. */
export function quoteIdentifier(name: string): string {
  const kind = keywordKindOf(name);
  const free = kind === 'NO_KEYWORD' || kind === 'UNRESERVED_KEYWORD';
  return free && /^[a-z_][a-z0-9_]*$/.test(name) ? name : quotedName('"', name);
}

/** Writes a qualified name, each part quoted where it must be. */
export function quoteName(parts: readonly string[]): string {
  return parts.map(quoteIdentifier).join('.');
}

/** Writes a literal. A backslash makes it E'…', which means the same whatever `standard_conforming_strings` says. */
export function quoteLiteral(value: LiteralValue): string {
  return literal(
    value,
    (text) => (text.includes('\\') ? `E${between("'", text.replaceAll('\\', '\\\\'))}` : between("'", text)),
    (truth) => (truth ? 'TRUE' : 'FALSE'),
  );
}

/** Writes a line comment for each line of the text. */
export function quoteComment(text: string): string {
  return lineComment(text);
}
