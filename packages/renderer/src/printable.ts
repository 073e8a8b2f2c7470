import { attribute as attributeOf } from './markdown/attribute.js';
import { cell as cellOf } from './markdown/cell.js';
import { heading as headingOf } from './markdown/heading.js';
import { Markdown } from './markdown/markdown.js';
import { mermaid as mermaidOf } from './markdown/mermaid.js';
import { text as textOf } from './markdown/text.js';
import { openQuestion } from './open-question.js';

/** What a template may print: text, a number, Markdown, or a list that nobody has given. */
export type Printable = string | number | Markdown | readonly never[];

/** Text or Markdown; a number becomes text. Anything else is a mistake of the template, and says so. */
export function printed(value: Printable): string | Markdown {
  if (typeof value === 'string' || value instanceof Markdown) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  const question = openQuestion(value);
  if (question !== undefined) return question;
  throw new TypeError(`a value to print is text, a number or Markdown, not ${value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value}`);
}

/** At the start of a line of text. */
export function inText(value: Printable): string {
  if (typeof value === 'string') return textOf(value, 'start');
  if (value instanceof Markdown) return value.markdown;
  const shown = printed(value);
  return typeof shown === 'string' ? textOf(shown, 'start') : shown.markdown;
}

/** Inside a line of text. */
export function inLine(value: Printable): string {
  if (typeof value === 'string') return textOf(value, 'inside');
  if (value instanceof Markdown) return value.markdown;
  const shown = printed(value);
  return typeof shown === 'string' ? textOf(shown, 'inside') : shown.markdown;
}

/** In a cell of a table. */
export function inCell(value: Printable): string {
  if (typeof value === 'string' || value instanceof Markdown) return cellOf(value);
  return cellOf(printed(value));
}

/** In a heading. */
export function inHeading(value: Printable): string {
  return headingOf(printed(value));
}

/** In a fenced block: as it is; the fence is made longer than what it holds. */
export function inFence(value: Printable): string {
  if (typeof value === 'string') return value;
  const question = openQuestion(value);
  if (question !== undefined) return `open: ${question.id}`;
  const shown = printed(value);
  return typeof shown === 'string' ? shown : shown.markdown;
}

/** In a mermaid block: a label made by `label` as it is, anything else as the text of one. */
export function inMermaid(value: Printable): string {
  const question = openQuestion(value);
  if (question !== undefined) return mermaidOf(`open: ${question.id}`);
  const shown = printed(value);
  return typeof shown === 'string' ? mermaidOf(shown) : shown.markdown;
}

/** In the value of an HTML attribute. */
export function inAttribute(value: Printable): string {
  const question = openQuestion(value);
  const shown = question === undefined ? printed(value) : `open: ${question.id}`;
  return attributeOf(typeof shown === 'string' ? shown : shown.markdown);
}
