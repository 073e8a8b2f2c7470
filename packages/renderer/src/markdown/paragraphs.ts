import { trimmed, writable } from './characters.js';
import { atLineStart, withSpans } from './text.js';

/** Plain text of one or more paragraphs. A blank line parts them; a line break within one stays where it was. */
export function paragraphs(value: string): string {
  return trimmed(writable(value))
    .split(/\n[ \t]*\n[ \t\n]*/)
    .map(paragraph)
    .join('\n\n');
}

function paragraph(value: string): string {
  // A code span never crosses a line, so that lines can be escaped one by one.
  return value
    .split('\n')
    .map((line) => atLineStart(withSpans(trimmed(line), (content) => `\`${content}\``)))
    .join('\n');
}
