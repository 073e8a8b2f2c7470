import { isSpace as isSpaceCode, trimmed, writable } from './characters.js';

/** Where on its line a text begins: only at the start can it be taken for a heading, a list, a quote or a rule. */
export type Position = 'start' | 'inside';

// Nothing in such a text can be read as Markdown. Most values are of this kind, so that they cost one test.
const plainInside =
  /^[^\\`*_~[\]<>&|@:\s\0\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdd2](?: ?[^\\`*_~[\]<&@\s\0\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdd2])*$/;
const startsBlock = /^(?:#{1,6}(?=[ \t]|$)|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|>|=+[ \t]*$|(?:-[ \t]*){2,}$|[|:][-|: \t]*$)/;
// A code span that a value may carry: one backtick on each side, and nothing that a parser would trim from it.
const span = /(?<!`)`([^`\n \t](?:[^`\n]*[^`\n \t])?)`(?!`)/g;
const special = /[\\`*_~[\]<&\n\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const specialInCell = /[\\`*_~[\]<&|\n\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const address = /\/\/|www\.|@/i;

/**
 * Escapes plain text for a place within a line. The result parses to the same text in CommonMark and GFM, with one intention:
 * a value may name identifiers in single backticks, and these stay code spans. White space at the ends becomes one space (none at the start of a line), a line break `<br>`.
 */
export function text(value: string, position: Position = 'start'): string {
  if (plainInside.test(value) && !value.includes('www.')) return position === 'start' ? atLineStart(value) : value;
  const escaped = withSpans(edges(writable(value)), (code) => `\`${code}\``);
  return position === 'start' ? atLineStart(escaped.startsWith(' ') ? escaped.slice(1) : escaped) : escaped;
}

/** As `text`, with each code span written by `code`, for places where one is written otherwise; `pipes` escapes `|`, too. */
export function withSpans(value: string, code: (content: string) => string, pipes = false): string {
  if (!value.includes('`')) return inline(value, pipes, false);
  let result = '';
  let end = 0;
  for (const match of value.matchAll(span)) {
    result += inline(value.slice(end, match.index), pipes, true) + code(match[1] ?? '');
    end = match.index + match[0].length;
  }
  return result + inline(value.slice(end), pipes, false);
}

/** Escapes what a line that begins with this text would be taken for. The text must be escaped inline already. */
export function atLineStart(escaped: string): string {
  const match = startsBlock.exec(escaped);
  if (match === null) return escaped.startsWith('[') ? `\\${escaped}` : escaped;
  const at = /^\d/.test(escaped) ? match[0].length - 1 : 0;
  return `${escaped.slice(0, at)}\\${escaped.slice(at)}`;
}

/** White space at the ends carries no meaning, but two spaces at the end of a line would break it and four at its start would make it code. */
export function edges(value: string): string {
  const inner = trimmed(value);
  if (inner.length === value.length) return value;
  if (inner === '') return ' ';
  return `${isSpaceCode(value.charCodeAt(0)) ? ' ' : ''}${inner}${isSpaceCode(value.charCodeAt(value.length - 1)) ? ' ' : ''}`;
}

function inline(value: string, pipes: boolean, beforeSpan: boolean): string {
  const escaped = value.replace(pipes ? specialInCell : special, escapeCharacter);
  if (!address.test(escaped)) return escaped;
  // GFM takes backslashes and backticks in a bare address and references in a bare address literally: where a word holds one, no address must begin in it.
  return escaped.replace(/\S+/g, (word, offset: number) =>
    /\\|&#x/.test(word) || (beforeSpan && offset + word.length === escaped.length) ? word.replace(/:(?=\/\/)|(?<=www)\.|(?<!\\)@/gi, '\\$&') : word,
  );
}

function escapeCharacter(character: string, offset: number, value: string): string {
  const before = value[offset - 1];
  const after = value[offset + 1];
  switch (character) {
    case '\n':
      return '<br>';
    case '\\':
      return after === undefined || /[!-/:-@[-`{-~\n\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(after) ? '\\\\' : character;
    case '*':
    case '~':
      return isSpace(before) && isSpace(after) ? character : `\\${character}`;
    case '_':
      return (isSpace(before) && isSpace(after)) || withinWord(value, offset) ? character : '\\_';
    case '[':
      return character;
    case ']':
      return after === undefined || after === '(' || after === '[' || after === ':' ? '\\]' : character;
    case '<':
      return after === undefined || /[a-z/!?]/i.test(after) ? '\\<' : character;
    case '&':
      return /^&#?[a-z0-9]*(?:;|(?<=\w\w)$)/i.test(value.slice(offset, offset + 40)) ? '\\&' : character;
    case '`':
    case '|':
      return `\\${character}`;
    default:
      // Direction controls reorder what the reader of the source sees: written as references they are visible there.
      return `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
  }
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n';
}

// A run of underscores between letters or digits never opens or closes emphasis.
function withinWord(value: string, offset: number): boolean {
  let start = offset;
  let end = offset + 1;
  while (value[start - 1] === '_') start--;
  while (value[end] === '_') end++;
  return isWord(value.slice(Math.max(0, start - 2), start), true) && isWord(value.slice(end, end + 2), false);
}

function isWord(near: string, last: boolean): boolean {
  return last ? /[\p{L}\p{N}]$/u.test(near) : /^[\p{L}\p{N}]/u.test(near);
}
