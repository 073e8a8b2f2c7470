import { quoteIdentifier, quoteLiteral, quoteName } from '../quote.js';

/** A table or another object by its schema (absent for the default one) and plain name. */
export function qualified(schema: string | undefined, name: string): string {
  return quoteName(schema === undefined ? [name] : [schema, name]);
}

/** A name that the model keeps with its schema in one text: `billing.invoices`. */
export function dotted(text: string): string {
  return quoteName(text.split('.'));
}

/** Names in parentheses: `(id, "order")`. */
export function list(names: readonly string[]): string {
  return `(${names.map(quoteIdentifier).join(', ')})`;
}

/** A collation. `en_US.utf8` is one name; `billing.german` and what is quoted already are a schema and a name. */
export function collation(text: string): string {
  if (text.includes('"')) return text;
  return /^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/.test(text) ? dotted(text) : quoteIdentifier(text);
}

const standIns: ReadonlySet<string> = new Set(['public', 'current_user', 'current_role', 'session_user']);

/** A role, or the word that stands for one. */
export function role(name: string): string {
  return standIns.has(name.toLowerCase()) ? name.toUpperCase() : quoteIdentifier(name);
}

/** Options as `WITH (…)` and `SET (…)` take them: `fillfactor = 70`. */
export function optionList(options: Readonly<Record<string, string>>): string {
  return Object.entries(options)
    .map(([name, value]) => `${dotted(name)} = ${optionValue(value)}`)
    .join(', ');
}

/** The value of an option: a number or plain word as it is, anything else as a literal. */
export function optionValue(value: string): string {
  return /^(?:-?\d+(?:\.\d+)?|[a-z_][a-z0-9_]*)$/.test(value) && !/^(?:default|null)$/.test(value) ? value : quoteLiteral(value);
}
