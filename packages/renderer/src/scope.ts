import type { Issue, LogEntry } from '@planwright/spec';
import { cell as cellOf, header as headerOf, row as rowOf } from './markdown/cell.js';
import { trimmed, withoutBlankEnds, writable } from './markdown/characters.js';
import { code as codeOf } from './markdown/code.js';
import { fence as fenceOf } from './markdown/fence.js';
import { link as linkOf } from './markdown/link.js';
import { type Markdown, markdown } from './markdown/markdown.js';
import { paragraphs as paragraphsOf } from './markdown/paragraphs.js';
import { text as textOf } from './markdown/text.js';
import { isOpen, openQuestion } from './open-question.js';
import { say } from './phrases/say.js';
import { inAttribute, inCell, inFence, inHeading, inLine, inMermaid, inText, type Printable, printed } from './printable.js';
import { sectionError } from './section-error.js';

/** Options of a checklist item. */
export interface ItemOptions {
  /** How deep it is nested; each level is two spaces. */
  readonly nested?: number;
  /** Whether the box is ticked when no reader has said otherwise. */
  readonly ticked?: boolean;
}

/** How a new entry of the log is written. */
export type LogEntryFormat = (entry: LogEntry) => Markdown;

/** The names that are in scope in every section. What they return passes unescaped wherever it is printed. */
export interface Scope extends Pure, Stateful {}

/** Functions of their arguments alone. */
export interface Pure {
  /** A code span. */
  code(value: Printable): Markdown;
  /** Bold text. */
  strong(value: Printable): Markdown;
  /** Emphasised text. */
  emphasis(value: Printable): Markdown;
  /** Composes Markdown: what is written stays, values are escaped. */
  md(strings: TemplateStringsArray, ...values: readonly Printable[]): Markdown;
  /** One row of a table; each cell is made safe. */
  row(...cells: readonly Printable[]): Markdown;
  /** Header row and rule. */
  header(...cells: readonly Printable[]): Markdown;
  /** One line of text for a heading. */
  heading(value: Printable): Markdown;
  /** A fenced block. */
  fence(language: string, content: Printable): Markdown;
  /** A fenced block of SQL. Parts are statements or comments; a statement gets its semicolon. Empty when there is no part. */
  sqlBlock(...parts: readonly (string | undefined)[]): Markdown;
  /** A link; a target that is no address leaves the text alone. */
  link(label: Printable, target: string): Markdown;
  /** A mermaid label in its quotes. */
  label(value: Printable): Markdown;
  /** A list, one item for each value. */
  bullets(values: readonly Printable[]): Markdown;
  /** A numbered list. */
  numbered(values: readonly Printable[]): Markdown;
  /** Lines joined by hard breaks; what is undefined or empty is left out. The last one ends in a hard break too. */
  lines(...values: readonly (Printable | undefined)[]): Markdown;
  /** Plain text of several paragraphs. */
  paragraphs(value: Printable): Markdown;
  /** "a, b and c". */
  list(values: readonly Printable[], conjunction?: string): Markdown;
  /** Non-empty parts with blank lines between, and a separator such as `---` when it is not ''. */
  blocks(separator: string, ...parts: readonly (Markdown | undefined)[]): Markdown;
  /** Markdown moved right by a number of spaces, for what belongs to a list item. */
  indent(value: Markdown, spaces: number): Markdown;
  /** Whether a required value is missing. */
  isOpen: typeof isOpen;
  /** The shared phrases. */
  readonly say: typeof say;
  // The places, which the compiler chooses by what is written around a tag.
  readonly $attribute: typeof inAttribute;
  readonly $text: typeof inText;
  readonly $line: typeof inLine;
  readonly $cell: typeof inCell;
  readonly $heading: typeof inHeading;
  readonly $fence: typeof inFence;
  readonly $mermaid: typeof inMermaid;
  readonly $fenced: typeof fenceOf;
  readonly $failed: typeof sectionError;
}

/** Functions that know the document they are called for. */
export interface Stateful {
  /** A section by its id; empty when it printed nothing. */
  section(id: string): Markdown;
  /** A checkbox with its text. */
  item(id: string, value: Printable, options?: ItemOptions): Markdown;
  /** A cell whose value readers change. `allowed` lists the values that it may take. */
  cell(id: string, value: Printable, allowed?: readonly string[]): Markdown;
  /** Text that readers change, by default this. */
  note(id: string, value: Printable): Markdown;
  /** The entries that are there, then those of the plan that are not among them. */
  log(format?: LogEntryFormat): Markdown;
  /** Whether a reader has ticked an item; undefined when there is no document yet that could say. For `report` only: what is printed must not follow a slot. */
  ticked(id: string): boolean | undefined;
  /** Markdown that a reader has written into a cell; undefined for one that is as the plan made it. */
  written(id: string): string | undefined;
  /** Tells those who render about a problem that only this template can see. */
  report(issue: Issue): void;
  /** A count for the companion. Returns the number, so that it can be printed where it is counted. */
  count(name: string, number: number): number;
  /** Further data for the companion; keys of the companion's schema replace what was computed, others go to `extra`. */
  companion(data: Readonly<Record<string, unknown>>): void;
  /** Another file name than the one in the front matter. */
  file(name: string): void;
}

const empty = markdown('');

function inline(value: Printable): Markdown {
  const shown = printed(value);
  return typeof shown === 'string' ? markdown(textOf(shown, 'inside'), cellOf(shown)) : shown;
}

// A delimiter run must touch the text, and the text must not end in a way that makes it no closing run.
function delimited(mark: string, value: Printable): Markdown {
  const { markdown: source, inCell } = inline(value);
  const wrap = (text: string) => (trimmed(text) === '' ? '' : `${mark}${trimmed(text)}${mark}`);
  return markdown(wrap(source), wrap(inCell));
}

/** The functions that need no document. */
export const pure: Pure = {
  code: (value) => {
    if (typeof value === 'string') return codeOf(value);
    const question = openQuestion(value);
    if (question !== undefined) return question;
    const shown = printed(value);
    return typeof shown === 'string' ? codeOf(shown) : shown;
  },
  strong: (value) => delimited('**', value),
  emphasis: (value) => delimited('*', value),
  md: (strings, ...values) => {
    let source = strings[0] ?? '';
    let cell = source;
    for (const [index, value] of values.entries()) {
      const shown = printed(value);
      if (typeof shown === 'string') {
        source += textOf(shown, /(?:^|\n)\s*$/.test(source) ? 'start' : 'inside');
        cell += cellOf(shown);
      } else {
        source += shown.markdown;
        cell += shown.inCell;
      }
      source += strings[index + 1] ?? '';
      cell += strings[index + 1] ?? '';
    }
    return markdown(source, cell);
  },
  row: (...cells) => markdown(rowOf(cells.map(inCell))),
  header: (...cells) => markdown(headerOf(cells.map(inCell))),
  heading: (value) => markdown(inHeading(value)),
  fence: (language, content) => markdown(fenceOf(language, inFence(content))),
  sqlBlock: (...parts) => {
    const written = parts.filter((part): part is string => part !== undefined && part.trim() !== '');
    return written.length === 0 ? empty : markdown(fenceOf('sql', written.map(terminated).join('\n\n')));
  },
  link: (label, target) => linkOf(printed(label), target),
  label: (value) => markdown(`"${inMermaid(value)}"`),
  bullets: (values) => markdown(values.map((value) => `- ${itemText(value)}`).join('\n')),
  numbered: (values) => markdown(values.map((value, index) => `${index + 1}. ${itemText(value)}`).join('\n')),
  lines: (...values) => {
    const shown = values.flatMap((value) => (value === undefined || value === '' ? [] : [trimmed(inText(value))])).filter((line) => line !== '');
    return markdown(shown.map((line) => `${line}  `).join('\n'), shown.join('<br>'));
  },
  paragraphs: (value) => {
    const shown = printed(value);
    return typeof shown === 'string' ? markdown(paragraphsOf(shown)) : shown;
  },
  list: (values, conjunction = 'and') => joined(values.map(inline), conjunction),
  blocks: (separator, ...parts) => {
    const between = separator === '' ? '\n\n' : `\n\n${separator}\n\n`;
    let text = '';
    for (const part of parts) {
      const shown = part === undefined ? '' : withoutBlankEnds(part.markdown);
      if (shown !== '') text += text === '' ? shown : between + shown;
    }
    return markdown(text);
  },
  indent: (value, spaces) => markdown(value.markdown.replace(/^(?=[^\n])/gm, ' '.repeat(spaces))),
  isOpen,
  say,
  $attribute: inAttribute,
  $text: inText,
  $line: inLine,
  $cell: inCell,
  $heading: inHeading,
  $fence: inFence,
  $mermaid: inMermaid,
  $fenced: fenceOf,
  $failed: sectionError,
};

// The compiler holds this list to the interface, so that no name is forgotten.
const stateful: Readonly<Record<keyof Stateful, true>> = {
  section: true,
  item: true,
  cell: true,
  note: true,
  log: true,
  ticked: true,
  written: true,
  report: true,
  count: true,
  companion: true,
  file: true,
};

/** The names that every section has in scope. */
export const scopeNames: readonly string[] = [...Object.keys(stateful), ...Object.keys(pure)];

/** The text of a list item or checkbox: one line. */
export function itemText(value: Printable): string {
  const shown = printed(value);
  return trimmed(typeof shown === 'string' ? textOf(trimmed(writable(shown))) : shown.markdown);
}

function joined(values: readonly Markdown[], conjunction: string): Markdown {
  const join = (texts: readonly string[]) => (texts.length < 2 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} ${conjunction} ${texts.at(-1)}`);
  return markdown(join(values.map((value) => value.markdown)), join(values.map((value) => value.inCell)));
}

// A statement is stored without its semicolon; what is only comments gets none.
function terminated(sql: string): string {
  const statement = sql.trim();
  if (statement.endsWith(';') || statement.split('\n').every((line) => /^\s*(--|$)/.test(line))) return statement;
  // After a comment at the end of a line a semicolon would belong to the comment.
  return /--[^\n]*$/.test(statement) ? `${statement}\n;` : `${statement};`;
}
