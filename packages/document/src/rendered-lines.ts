import { type Companion, type CompanionItem, cellsOfRow, fingerprintLength, fingerprintOfLine } from '@planwright/spec';
import { unticked } from './document-lines.js';

/** A run of rendered lines between two places where readers write whole paragraphs. Numbers count from 0; `to` is not in it. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** The document as it was rendered, known by the fingerprints of its lines with their slots emptied. */
export interface RenderedLines {
  readonly runs: readonly Run[];
  /** Notes and log: `texts[i]` stands between `runs[i]` and `runs[i + 1]`. */
  readonly texts: readonly CompanionItem[];
  /** Whether a line of the document is the rendered line, whatever its reader has written into its slots. */
  matches(rendered: number, line: string): boolean;
  /** Lines with boxes and cells, each with the lines of a document that it may be: those that differ from it in its slots at most. */
  candidates(lines: readonly string[]): ReadonlyMap<number, readonly number[]>;
}

/** What the companion says of the lines of its document. */
export function renderedLines({ lines = '', items = [] }: Companion): RenderedLines {
  const prints = lines.match(new RegExp(`.{${fingerprintLength}}`, 'gs')) ?? [];
  const ticks = new Set<number>();
  const cells = new Map<number, number[]>();
  const texts: CompanionItem[] = [];
  for (const item of items) {
    const line = (item.emptiedLine ?? 0) - 1;
    if (item.kind === 'tick') ticks.add(line);
    else if (item.kind === 'cell') cells.set(line, [...(cells.get(line) ?? []), item.cell ?? 0]);
    else texts.push(item);
  }
  const blank = fingerprintOfLine('');
  const end = prints.findLastIndex((print) => print !== blank) + 1;
  // The line as it would have been rendered with the slots of a rendered line.
  const printLike = (rendered: number, line: string) => {
    const emptied = cells.has(rendered) ? withoutCells(line, cells.get(rendered) ?? []) : line;
    return fingerprintOfLine(ticks.has(rendered) ? unticked(emptied) : emptied);
  };
  return {
    runs: runsBetween(texts, end, (line) => prints[line] === blank),
    texts,
    matches: (rendered, line) => {
      const print = prints[rendered];
      if (print === fingerprintOfLine(line)) return true;
      return print === printLike(rendered, line);
    },
    candidates: (lines) => {
      // Lines with slots of the same kind share one pass over the document.
      const passes = new Map<string, ReadonlyMap<string, readonly number[]>>();
      const result = new Map<number, readonly number[]>();
      for (const rendered of [...ticks, ...cells.keys()]) {
        const kind = `${ticks.has(rendered)} ${cells.get(rendered)?.join() ?? ''}`;
        const pass = passes.get(kind) ?? linesByPrint(lines, (line) => printLike(rendered, line));
        passes.set(kind, pass);
        result.set(rendered, pass.get(prints[rendered] ?? '') ?? []);
      }
      return result;
    },
  };
}

function linesByPrint(lines: readonly string[], printOf: (line: string) => string): ReadonlyMap<string, readonly number[]> {
  const result = new Map<string, number[]>();
  for (const [number, line] of lines.entries()) {
    const print = printOf(line);
    const same = result.get(print);
    if (same) same.push(number);
    else result.set(print, [number]);
  }
  return result;
}

// Blank lines next to a text are not counted: readers add and remove them.
function runsBetween(texts: readonly CompanionItem[], end: number, isBlank: (line: number) => boolean): readonly Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const { emptiedLine = 1 } of texts) {
    let to = emptiedLine - 1;
    while (to > from && isBlank(to - 1)) to--;
    runs.push({ from, to });
    from = emptiedLine;
    while (from < end && isBlank(from)) from++;
  }
  runs.push({ from, to: Math.max(from, end) });
  return runs;
}

/** A table row with some of its cells emptied; numbers count from 1. */
function withoutCells(line: string, numbers: readonly number[]): string {
  if (!line.trimStart().startsWith('|')) return line;
  return `| ${cellsOfRow(line.trim())
    .map((cell, index) => (numbers.includes(index + 1) ? '' : cell))
    .join(' | ')} |`;
}
