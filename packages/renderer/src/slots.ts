import type { CompanionItem } from '@planwright/spec';

/** What readers have changed in an existing document, by the ids of its slots. */
export interface ReaderState {
  /** Which boxes are ticked. */
  readonly ticks?: Readonly<Record<string, boolean>>;
  /** Markdown of the cells that were changed. */
  readonly cells?: Readonly<Record<string, string>>;
  /** Markdown of the notes that were changed. */
  readonly notes?: Readonly<Record<string, string>>;
  /** Markdown of the whole log, as it stands in the document. */
  readonly log?: string;
}

/** A slot as a section made it: its place is not known before the document is whole. */
export type Slot = Pick<CompanionItem, 'id' | 'kind' | 'text' | 'allowed'>;

// Three noncharacters of Unicode, which no value can hold (see markdown/characters.ts), mark a slot in the text while the document is assembled.
const marked = /\ufdd0(\d+)\ufdd1([^\ufdd2]*)\ufdd2/g;

/** Marks the part of a document that belongs to its reader. `number` is the place of the slot in the list of all. */
export function mark(number: number, content: string): string {
  return `\ufdd0${number}\ufdd1${content}\ufdd2`;
}

/** The text without its marks, as it is written. */
export function unmarked(text: string): string {
  return text.includes('\ufdd0') ? text.replace(marked, '$2') : text;
}

/** The text with its slots emptied: what the document is without its readers. */
export function emptied(text: string, slots: readonly Slot[]): string {
  return text.replace(marked, (_, number: string) => (slots[Number(number)]?.kind === 'tick' ? ' ' : ''));
}

/** Each slot with the place where it stands in the document. */
export function placed(text: string, slots: readonly Slot[]): readonly CompanionItem[] {
  const items: CompanionItem[] = [];
  const headings: string[] = [];
  let fence = '';
  let columns: readonly string[] = [];
  let previous = '';
  let waiting: CompanionItem[] = [];
  let line = 0;
  // A slot may span lines; what follows it is found when the next line outside it comes.
  let inside = false;
  for (const source of text.split('\n')) {
    line++;
    const shown = unmarkedLine(source);
    if (!inside) {
      const run = /^ {0,3}(`{3,}|~{3,})/.exec(shown)?.[1] ?? '';
      if (fence === '' && run !== '') fence = run;
      else if (fence !== '' && run.startsWith(fence) && shown.trim() === run) fence = '';
      const heading = fence === '' ? /^(#{1,6}) (.*)$/.exec(shown) : null;
      if (heading) headings.splice((heading[1]?.length ?? 1) - 1, headings.length, ...depth(headings, heading[1]?.length ?? 1, heading[2] ?? ''));
      if (/^\| --- \|/.test(shown)) columns = cellsOf(previous);
      if (shown !== '' && !source.includes('\ufdd0')) {
        for (const item of waiting) item.after = shown;
        waiting = [];
      }
    }
    for (const match of source.matchAll(/\ufdd0(\d+)\ufdd1/g)) {
      const slot = slots[Number(match[1])];
      if (slot === undefined) continue;
      const item: CompanionItem = { ...slot, place: headings.filter((one) => one !== ''), line };
      if (slot.kind === 'cell') {
        const column =
          source
            .slice(0, match.index)
            .replace(/\\[\\|]/g, '')
            .split('|').length - 2;
        item.row = cellsOf(shown)[0] ?? '';
        if (columns[column] !== undefined) item.column = columns[column];
      }
      if (slot.kind === 'note' || slot.kind === 'log') {
        item.before = previous;
        waiting.push(item);
      }
      items.push(item);
    }
    const starts = source.lastIndexOf('\ufdd0');
    const ends = source.lastIndexOf('\ufdd2');
    inside = starts > ends || (inside && ends === -1);
    if (shown !== '' && !inside && starts === -1 && ends === -1) previous = shown;
    else if (source.includes('\ufdd0') && !inside && /^\|/.test(shown)) previous = shown;
  }
  return items;
}

// The headings below level `level`, replaced by the new one; levels that were skipped are blank.
function depth(headings: readonly string[], level: number, title: string): readonly string[] {
  return [...Array<string>(Math.max(0, level - 1 - headings.length)).fill(''), title];
}

function unmarkedLine(line: string): string {
  return line.includes('\ufdd0') || line.includes('\ufdd2') ? line.replace(/\ufdd0\d+\ufdd1|\ufdd2/g, '') : line;
}

function cellsOf(row: string): readonly string[] {
  return row
    .replace(/^\|\s?/, '')
    .replace(/\s*\|\s*$/, '')
    .split(/(?<!\\)(?:\\\\)*\|/)
    .map((cell) => cell.trim());
}
