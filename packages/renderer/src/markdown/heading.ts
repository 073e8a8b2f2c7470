import { Markdown } from './markdown.js';
import { text } from './text.js';

/** One line for a heading: line breaks become spaces, and a closing run of `#` is no decoration. */
export function heading(value: string | Markdown): string {
  const line = value instanceof Markdown ? value.markdown.trim().replace(/\s*\n\s*/g, ' ') : text(value.replace(/[ \t]*[\r\n]+[ \t]*/g, ' '), 'inside').trim();
  return line.replace(/(^|[ \t])(#+)$/, '$1\\$2');
}
