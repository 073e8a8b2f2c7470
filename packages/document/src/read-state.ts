import { type Companion, type CompanionItem, cellsOfRow, type Issue } from '@planwright/spec';
import { edited, noCompanion, notFound, otherTemplate } from './document-issues.js';
import { documentLines, textOf, tickOf } from './document-lines.js';
import { type Matched, matchLines } from './match-lines.js';
import { type ReaderState, untouched } from './reader-state.js';
import { renderedLines } from './rendered-lines.js';
import { searchSlots } from './search-slots.js';

/** What reading a document gave. */
export interface ReadState {
  readonly state: ReaderState;
  /** Whether lines that are not its reader's have changed, so that a new render would lose them. The issue `edited-document` says where. */
  readonly edited: boolean;
  readonly issues: readonly Issue[];
}

/** What the document is expected to be. */
export interface Expected {
  /** Name of the template that is about to be rendered over it. */
  readonly template?: string;
  /** Its path, for issues. */
  readonly file?: string;
}

/**
 * Reads back what readers have written into a document, by the companion that was written beside it. Issues:
 * - `no-companion`, `other-template`: it is not known what the document is; nothing is read.
 * - `edited-document`: lines outside of the slots have changed. What readers wrote is read all the same, for those who go on regardless.
 * - `slot-not-found` (warning): a slot of an edited document is gone, and with it what was written there.
 */
export function readState(text: string, companion: Companion | undefined, { template, file }: Expected = {}): ReadState {
  const at = file === undefined ? {} : { file };
  if (companion?.items === undefined || companion.lines === undefined)
    return { state: untouched, edited: true, issues: [{ ...noCompanion(companion), ...at }] };
  if (template !== undefined && companion.template !== template)
    return { state: untouched, edited: true, issues: [{ ...otherTemplate(companion.template, template), ...at }] };
  const lines = documentLines(text);
  const rendered = renderedLines(companion);
  const matched = matchLines(rendered, lines);
  if ('lineOf' in matched) return { state: stateOf(companion.items, lines, exactly(matched, companion.items)), edited: false, issues: [] };
  const found = searchSlots(companion.items, rendered, lines);
  const reader: Reader = {
    line: (item) => found.lines.get(item.id),
    cell: (item) => found.cells.get(item.id) ?? 0,
    text: (item) => found.texts.get(item.id),
  };
  const lost = companion.items.filter((item) => (item.kind === 'tick' || item.kind === 'cell' ? reader.line(item) : reader.text(item)) === undefined);
  return {
    state: stateOf(companion.items, lines, reader),
    edited: true,
    issues: [{ ...edited(lines, matched.line), ...at }, ...notFound(lost).map((issue) => ({ ...issue, ...at }))],
  };
}

/** How the slots of a document are found in it. */
interface Reader {
  readonly line: (item: CompanionItem) => number | undefined;
  readonly cell: (item: CompanionItem) => number;
  readonly text: (item: CompanionItem) => readonly string[] | undefined;
}

function exactly({ lineOf, texts }: Matched, items: readonly CompanionItem[]): Reader {
  const order = items.filter(({ kind }) => kind === 'note' || kind === 'log').map(({ id }) => id);
  return {
    line: ({ emptiedLine = 1 }) => lineOf(emptiedLine - 1),
    cell: ({ cell = 1 }) => cell - 1,
    text: ({ id }) => texts[order.indexOf(id)],
  };
}

function stateOf(items: readonly CompanionItem[], lines: readonly string[], reader: Reader): ReaderState {
  const ticks: Record<string, boolean> = {};
  const cells: Record<string, string> = {};
  const notes: Record<string, string> = {};
  let log: string | undefined;
  for (const item of items) {
    if (item.kind === 'note' || item.kind === 'log') {
      const found = reader.text(item);
      if (found === undefined) continue;
      const text = textOf(found);
      if (item.kind === 'log') log = text;
      else if (text !== (item.text ?? '').trim()) notes[item.id] = text;
      continue;
    }
    const number = reader.line(item);
    const line = number === undefined ? undefined : lines[number];
    if (line === undefined) continue;
    if (item.kind === 'tick') ticks[item.id] = tickOf(line) ?? false;
    else {
      const cell = cellsOfRow(line.trim())[reader.cell(item)] ?? '';
      if (cell !== (item.text ?? '').trim()) cells[item.id] = cell;
    }
  }
  return { ticks, cells, notes, ...(log !== undefined && { log }) };
}
