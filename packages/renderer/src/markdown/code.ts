import { writable } from './characters.js';
import { type Markdown, markdown } from './markdown.js';

/**
 * A code span that holds exactly `value`. What no code span can hold (line breaks, nothing, and in a table cell a backslash before `|`)
 * is written as `<code>` with character references.
 */
export function code(value: string): Markdown {
  const content = writable(value);
  if (content === '' || content.includes('\n')) return markdown(element(content));
  const span = codeSpan(content);
  return content.includes('|') ? markdown(span, /\\\|/.test(content) ? element(content) : span.replaceAll('|', '\\|')) : markdown(span);
}

/** A code span in a table cell. */
export function codeInCell(value: string): string {
  return code(value).inCell;
}

function codeSpan(content: string): string {
  if (!content.includes('`')) return content.startsWith(' ') && content.endsWith(' ') && /[^ ]/.test(content) ? `\` ${content} \`` : `\`${content}\``;
  const runs = new Set(content.match(/`+/g)?.map((run) => run.length));
  let length = 1;
  while (runs.has(length)) length++;
  const fence = '`'.repeat(length);
  const padded = /^`|`$|^ .* $/.test(content) ? ` ${content} ` : content;
  return fence + padded + fence;
}

function element(content: string): string {
  return `<code>${content
    .replace(/[^\p{L}\p{N} \n]/gu, (character) => `&#${character.codePointAt(0)};`)
    .replace(/^ | $|(?<= ) /g, '&#32;')
    .replaceAll('\n', '<br>')}</code>`;
}
