import { trimmed, writable } from './characters.js';

/** The value of an HTML attribute, for use between double quotes: on one line, with what could end it as character references. */
export function attribute(value: string): string {
  return trimmed(writable(value))
    .replace(/[ \t]*\n[ \t\n]*/g, ' ')
    .replace(/[^\p{L}\p{N} .,:/_-]/gu, (character) => `&#${character.codePointAt(0)};`);
}
