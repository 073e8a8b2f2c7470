import { trimmed, writable } from './characters.js';
import { Markdown } from './markdown.js';
import { text } from './text.js';

/** One line for a heading: line breaks become spaces, and a closing run of `#` is no decoration. */
export function heading(value: string | Markdown): string {
  const source = value instanceof Markdown ? value.markdown : writable(value);
  const oneLine = trimmed(source).replace(/[ \t]*\n[ \t\n]*/g, ' ');
  const line = value instanceof Markdown ? oneLine : text(oneLine, 'inside');
  return line.replace(/(^|[ \t])(#+)$/, '$1\\$2');
}
