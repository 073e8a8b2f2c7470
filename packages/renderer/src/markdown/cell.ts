import { trimmed, writable } from './characters.js';
import { codeInCell } from './code.js';
import { Markdown } from './markdown.js';
import { withSpans } from './text.js';

const plain =
  /^[^\\`*_~[\]<&@:/|\s\0\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdd2](?: ?[^\\`*_~[\]<&@:/|\s\0\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdd2])*$/;

/** Plain text or Markdown for a table cell: one line, no bare `|`. */
export function cell(value: string | Markdown): string {
  if (value instanceof Markdown) return markdownInCell(value.inCell);
  if (plain.test(value) && !value.includes('www.')) return value;
  return withSpans(trimmed(writable(value)), codeInCell, true);
}

function markdownInCell(source: string): string {
  if (!source.includes('\n')) return trimmed(source);
  return trimmed(source).replace(/(?: {2,}|\\)?\n\s*/g, '<br>');
}

/** One row of a table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The header row and its rule. */
export function header(cells: readonly string[]): string {
  return `${row(cells)}\n|${' --- |'.repeat(cells.length)}`;
}
