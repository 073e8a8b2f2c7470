import { writable } from './characters.js';
import { atLineStart, edges, withSpans } from './text.js';

/** Plain text of one or more paragraphs. A blank line parts them; a line break within one stays where it was. */
export function paragraphs(value: string): string {
  return writable(value)
    .trim()
    .split(/\n[ \t]*\n\s*/)
    .map(paragraph)
    .join('\n\n');
}

function paragraph(value: string): string {
  // A code span never crosses a line, so that lines can be escaped one by one.
  return value
    .split('\n')
    .map((line) => atLineStart(withSpans(edges(line).trim(), (content) => `\`${content}\``)))
    .join('\n');
}
