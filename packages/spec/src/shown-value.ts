import { redactSecrets } from './secret.js';

/** A value as an issue shows it: short, on one line, secrets redacted. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing (null)';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  switch (typeof value) {
    case 'object':
      return 'an object';
    case 'string': {
      const line = redactSecrets(value).replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ');
      return line === '' ? 'an empty text' : `'${line.length > 60 ? `${line.slice(0, 57)}…` : line}'`;
    }
    default:
      return `the ${typeof value} ${String(value)}`;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'nothing',
};

/** A JSON type in words. */
export function shownType(type: unknown): string {
  return kinds[String(type)] ?? String(type);
}

/** `a, b or c`, each quoted. */
export function shownChoices(values: readonly unknown[]): string {
  const texts = values.map((value) => `'${String(value)}'`);
  const last = texts.pop();
  return texts.length > 0 ? `${texts.join(', ')} or ${last}` : `${last}`;
}
