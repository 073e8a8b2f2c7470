import type { LiteralValue } from './dialect.js';

/** Refuses what no database can hold in a name or text: NUL and half a surrogate pair. */
export function writable(text: string): string {
  if (text.includes('\0')) throw new RangeError('A NUL character cannot be written in SQL.');
  if (/\p{Surrogate}/u.test(text)) throw new RangeError('Half of a surrogate pair cannot be written in SQL.');
  return text;
}

/** Puts a text between quotes, doubling those inside. */
export function between(quote: string, text: string): string {
  return quote + writable(text).replaceAll(quote, quote + quote) + quote;
}

/** A name that is not empty, between quotes. */
export function quotedName(quote: string, name: string): string {
  if (name === '') throw new RangeError('A name cannot be empty.');
  return between(quote, name);
}

/** Writes a number, refusing those that SQL has no literal for. */
function numberLiteral(value: number | bigint): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${value} has no literal in SQL.`);
  return String(value);
}

/** Chooses how to write a value; `text` and `truth` are what databases differ in. */
export function literal(value: LiteralValue, text: (value: string) => string, truth: (value: boolean) => string): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return text(value);
  if (typeof value === 'boolean') return truth(value);
  return numberLiteral(value);
}

/** A `--` comment for each line of the text. Every character that some grammar ends a line at starts a new one. */
export function lineComment(text: string): string {
  return writable(text)
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map((line) => `-- ${line}`.trimEnd())
    .join('\n');
}
