import { type CompanionItem, cellsOfRow } from '@planwright/spec';
import { besideBox, tickOf } from './document-lines.js';
import type { RenderedLines } from './rendered-lines.js';

/** Where slots are in a document that was edited elsewhere, too: by what stands beside them. */
export interface FoundSlots {
  /** Lines of ticks and cells, from 0, by id. */
  readonly lines: ReadonlyMap<string, number>;
  /** For cells, the number in their row, from 0. */
  readonly cells: ReadonlyMap<string, number>;
  /** Texts of notes and log by id. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
}

/** Searches each slot: a box by its text, a cell by row and column, a text by the lines around it; under the same headings first, then anywhere. */
export function searchSlots(items: readonly CompanionItem[], rendered: RenderedLines, lines: readonly string[]): FoundSlots {
  const { texts, taken } = searchTexts(rendered, lines);
  const places = placesOf(lines, taken);
  const { found, cells } = unmistakable(items, rendered, lines, taken);
  const ticks = places.filter(({ line, fenced }) => !fenced && tickOf(line) !== undefined).map((place) => ({ ...place, key: besideBox(place.line), cell: 0 }));
  assign(
    items.filter(({ kind }) => kind === 'tick').map((item) => ({ item, key: item.text?.trim() ?? '' })),
    ticks,
    found,
    cells,
  );
  const rows = places.flatMap((place) => {
    if (place.columns === undefined) return [];
    const row = cellsOfRow(place.line.trim());
    return row.map((_, cell) => ({ ...place, key: `${row[0]}\n${place.columns?.[cell] ?? ''}`, cell }));
  });
  assign(
    items.filter(({ kind }) => kind === 'cell').map((item) => ({ item, key: `${item.row ?? ''}\n${item.column ?? ''}` })),
    rows,
    found,
    cells,
  );
  return { lines: found, cells, texts };
}

/** Slots whose whole line is there once, as it was rendered but for its slots. */
function unmistakable(items: readonly CompanionItem[], rendered: RenderedLines, lines: readonly string[], taken: ReadonlySet<number>) {
  const found = new Map<string, number>();
  const cells = new Map<string, number>();
  const candidates = rendered.candidates(lines);
  // A line that two rendered lines may have become belongs to neither yet.
  const claims = new Map<number, number>();
  for (const numbers of candidates.values()) for (const number of numbers) claims.set(number, (claims.get(number) ?? 0) + 1);
  for (const { id, kind, emptiedLine = 0, cell = 1 } of items) {
    if (kind !== 'tick' && kind !== 'cell') continue;
    const [number, ...others] = (candidates.get(emptiedLine - 1) ?? []).filter((line) => !taken.has(line));
    if (number === undefined || others.length > 0 || claims.get(number) !== 1) continue;
    found.set(id, number);
    if (kind === 'cell') cells.set(id, cell - 1);
  }
  return { found, cells };
}

interface Candidate {
  readonly number: number;
  readonly key: string;
  readonly headings: readonly string[];
  readonly cell: number;
}

interface Wanted {
  readonly item: CompanionItem;
  readonly key: string;
}

/** Gives each item its candidate, in their order, where there are as many of one as of the other; the closest headings decide first. */
function assign(wanted: readonly Wanted[], candidates: readonly Candidate[], found: Map<string, number>, cells: Map<string, number>): void {
  const depths = [(headings: readonly string[]) => headings.join('\n'), (headings: readonly string[]) => headings.at(-1) ?? '', () => ''];
  let open = wanted.filter(({ item }) => !found.has(item.id));
  let free = unused(candidates, found, cells);
  for (const under of depths) {
    const choices = groups(free, ({ headings, key }) => `${under(headings)}\n${key}`);
    for (const [key, same] of groups(open, ({ item, key }) => `${under(item.place ?? [])}\n${key}`)) {
      const choice = choices.get(key) ?? [];
      if (choice.length !== same.length) continue;
      for (const [index, { item }] of same.entries()) {
        found.set(item.id, choice[index]?.number ?? 0);
        cells.set(item.id, choice[index]?.cell ?? 0);
      }
    }
    open = open.filter(({ item }) => !found.has(item.id));
    free = unused(free, found, cells);
  }
}

function unused(candidates: readonly Candidate[], found: ReadonlyMap<string, number>, cells: ReadonlyMap<string, number>): readonly Candidate[] {
  const used = new Set([...found].map(([id, number]) => `${number} ${cells.get(id) ?? 0}`));
  return candidates.filter(({ number, cell }) => !used.has(`${number} ${cell}`));
}

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const result = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = result.get(key);
    if (group) group.push(item);
    else result.set(key, [item]);
  }
  return result;
}

interface Place {
  readonly number: number;
  readonly line: string;
  readonly headings: readonly string[];
  readonly fenced: boolean;
  /** Headings of the columns, for rows of a table below its rule. */
  readonly columns?: readonly string[];
}

/** Each line that is no reader's text, with the headings above it. */
function placesOf(lines: readonly string[], taken: ReadonlySet<number>): readonly Place[] {
  const places: Place[] = [];
  let headings: readonly string[] = [];
  let fence = '';
  let columns: readonly string[] | undefined;
  lines.forEach((line, number) => {
    if (taken.has(number)) return;
    const run = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && run !== '') fence = run;
    else if (fence !== '' && run.startsWith(fence) && line.trim() === run) fence = '';
    const heading = fence === '' ? /^(#{1,6}) (.*)$/.exec(line.trimEnd()) : null;
    if (heading) {
      const level = heading[1]?.length ?? 1;
      headings = [...headings.slice(0, level - 1), ...Array<string>(Math.max(0, level - 1 - headings.length)).fill(''), heading[2] ?? ''];
    }
    if (!line.trimStart().startsWith('|')) columns = undefined;
    places.push({ number, line, headings: headings.filter((one) => one !== ''), fenced: fence !== '', ...(columns && { columns }) });
    if (/^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/.test(line)) columns = cellsOfRow((lines[number - 1] ?? '').trim());
  });
  return places;
}

// So many lines around a text decide where it is; more would only cost time.
const around = 12;

function searchTexts(
  { runs, texts, matches }: RenderedLines,
  lines: readonly string[],
): { readonly texts: ReadonlyMap<string, readonly string[]>; readonly taken: ReadonlySet<number> } {
  const found = new Map<string, readonly string[]>();
  const taken = new Set<number>();
  let cursor = 0;
  texts.forEach((item, index) => {
    const [above, below] = [runs[index], runs[index + 1]];
    if (above === undefined || below === undefined) return;
    const before =
      above.to === above.from
        ? cursor - 1
        : bestLine(lines, cursor, (number) => common(above.to - above.from, (step) => matches(above.to - 1 - step, lines[number - step] ?? '')));
    if (before === undefined) return;
    const isEnd = below.from === below.to && index === texts.length - 1;
    const after = isEnd
      ? lines.length
      : bestLine(lines, before + 1, (number) =>
          common(below.to - below.from, (step) => number + step < lines.length && matches(below.from + step, lines[number + step] ?? '')),
        );
    if (after === undefined) return;
    const lead = (item.lead ?? '').trimEnd();
    const text = lines.slice(before + 1, after);
    found.set(item.id, lead === '' || !text[0]?.startsWith(lead) ? text : [text[0].slice(lead.length).trimStart(), ...text.slice(1)]);
    for (let number = before + 1; number < after; number++) taken.add(number);
    cursor = after;
  });
  return { texts: found, taken };
}

function common(length: number, same: (step: number) => boolean): number {
  let count = 0;
  while (count < Math.min(length, around) && same(count)) count++;
  return count;
}

/** The first line, from `from` on, that has most in common with what is sought; undefined when none has anything. */
function bestLine(lines: readonly string[], from: number, likeness: (number: number) => number): number | undefined {
  let best: { readonly number: number; readonly count: number } | undefined;
  for (let number = Math.max(from, 0); number < lines.length; number++) {
    const count = likeness(number);
    if (count > (best?.count ?? 0)) best = { number, count };
  }
  return best?.number;
}
