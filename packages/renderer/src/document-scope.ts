import type { Issue } from '@planwright/spec';
import { trimmed, writable } from './markdown/characters.js';
import { markdown } from './markdown/markdown.js';
import { paragraphs } from './markdown/paragraphs.js';
import { inCell as cellText, inHeading, type Printable } from './printable.js';
import { itemText, type LogEntryFormat, pure, type Scope, type Stateful } from './scope.js';
import { mark, type ReaderState, type Slot } from './slots.js';
import type { View } from './view.js';

/** What sections leave behind besides their Markdown. */
export interface Leavings {
  readonly slots: Slot[];
  readonly counts: Record<string, number>;
  readonly companion: Record<string, unknown>;
  readonly issues: Issue[];
  file?: string;
}

/** The scope of one document: the pure functions, and those that know its reader's state and leave slots and counts. */
export function documentScope(view: View, state: ReaderState, leavings: Leavings, section: Stateful['section']): Scope {
  const used = new Set<string>();
  // Two slots whose names come out alike are told apart by their order.
  const unique = (id: string): string => {
    let chosen = id;
    for (let number = 2; used.has(chosen); number++) chosen = `${id}.${number}`;
    used.add(chosen);
    return chosen;
  };
  const add = (slot: Slot): number => leavings.slots.push(slot) - 1;
  const own: Stateful = {
    section,
    item: (name, value, options) => {
      const id = unique(name);
      const text = itemText(value);
      const ticked = state.ticks?.[id] ?? options?.ticked ?? false;
      return markdown(`${'  '.repeat(options?.nested ?? 0)}- [${mark(add({ id, kind: 'tick', text }), ticked ? 'x' : ' ')}] ${text}`);
    },
    cell: (name, value, allowed) => {
      const id = unique(name);
      const text = cellText(value);
      const kept = state.cells?.[id];
      const shown = kept === undefined ? text : keptCell(kept);
      if (allowed !== undefined && !allowed.includes(shown)) leavings.issues.push(notAllowed(id, shown, allowed));
      return markdown(mark(add({ id, kind: 'cell', text, ...(allowed !== undefined && { allowed: [...allowed] }) }), shown));
    },
    note: (name, value) => {
      const id = unique(name);
      const text = block(value);
      const kept = state.notes?.[id];
      return markdown(mark(add({ id, kind: 'note', text }), kept === undefined ? text : keptBlock(kept)));
    },
    log: (format = logEntry) => {
      const kept = keptBlock(state.log ?? '').replace(emptyLog, '');
      const entries = (view.log ?? []).map((entry) => format(entry).markdown.trim()).filter((entry) => !kept.includes(entry));
      const text = [kept, ...entries].filter((entry) => entry !== '').join('\n\n') || 'No entry yet.';
      return markdown(mark(add({ id: 'log', kind: 'log', text }), text));
    },
    ticked: (id) => (state.ticks === undefined ? undefined : (state.ticks[id] ?? false)),
    written: (id) => state.cells?.[id],
    report: (issue) => {
      leavings.issues.push(issue);
    },
    count: (name, number) => {
      leavings.counts[name] = number;
      return number;
    },
    companion: (data) => {
      Object.assign(leavings.companion, data);
    },
    file: (name) => {
      if (!/^[^/\\\0-\x1f]+\.md$/.test(name)) throw new RangeError(`'${name}' is no name of a Markdown file`);
      leavings.file = name;
    },
  };
  // Inherited, not copied: a scope is made for each document, and a small one has little else to do. The result has both parts.
  return Object.setPrototypeOf(own, pure) as Scope;
}

// What an empty log says goes when the first entry comes.
const emptyLog = /^No entry yet\.[ \t]*(?:\n\s*\n|\n?$)/;

function block(value: Printable): string {
  const shown = typeof value === 'number' ? String(value) : value;
  return typeof shown === 'string' ? paragraphs(shown) : pure.paragraphs(shown).markdown.trim();
}

// Spaces before the first line are a reader's, too: they make it code.
function keptBlock(source: string): string {
  return writable(source)
    .replace(/^(?:[ \t]*\n)+/, '')
    .replace(/(?<![ \t\n])[ \t\n]+$/, '');
}

// A reader's cell is Markdown already; what cannot stand in one is mended, so that a state that was put together by hand cannot break the table.
function keptCell(source: string): string {
  return trimmed(writable(source))
    .replace(/\s*\n\s*/g, '<br>')
    .replace(/(?<!\\)((?:\\\\)*)\|/g, '$1\\|');
}

const logEntry: LogEntryFormat = (entry) => markdown(`### ${inHeading(entry.at)} - ${inHeading(entry.author)}\n\n${paragraphs(entry.text)}`);

function notAllowed(id: string, shown: string, allowed: readonly string[]): Issue {
  return {
    code: 'cell-value',
    severity: 'warning',
    message: `the cell '${id}' holds '${shown}', which is none of ${allowed.join(', ')}`,
    hint: 'Write one of these in the document, or leave the cell as it is.',
  };
}
