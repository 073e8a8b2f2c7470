import type { CompanionItem } from '@planwright/spec';
import type { RenderedLines, Run } from './rendered-lines.js';

/** Where the lines of a document come from: `lineOf` of a rendered line, and the lines that readers wrote for each text. */
export interface Matched {
  readonly lineOf: (rendered: number) => number;
  readonly texts: readonly (readonly string[])[];
}

/** The first line, from 0, that is not as it was rendered; it may be one behind the end, where lines are missing. */
export interface Mismatch {
  readonly line: number;
}

/**
 * Matches a document with what was rendered: each run of rendered lines has to be there, whole and in order, with anything a reader likes where
 * the texts are. As with a glob, taking each run as early as possible finds a match whenever there is one.
 */
export function matchLines(rendered: RenderedLines, lines: readonly string[]): Matched | Mismatch {
  const { runs, texts } = rendered;
  const starts: number[] = [];
  const leads: string[] = [];
  let position = 0;
  for (const [index, run] of runs.entries()) {
    const length = run.to - run.from;
    const isLast = index === runs.length - 1;
    const latest = lines.length - length;
    const earliest = index === 0 ? 0 : isLast ? Math.max(position, latest) : position;
    const start =
      index === 0 || isLast
        ? fits(rendered, run, lines, earliest) && (!isLast || earliest === latest)
          ? earliest
          : -1
        : firstFit(rendered, run, lines, position);
    if (start === -1) return { line: mismatch(rendered, run, lines, position, index === 0) };
    starts.push(start);
    position = start + length;
    const lead = texts[index]?.lead ?? '';
    leads.push(lead);
    if (lead.trim() !== '' && !(lines[position] ?? '').startsWith(lead.trimEnd())) return { line: position };
  }
  const readers = texts.map((_, index) => {
    const run = runs[index] ?? { from: 0, to: 0 };
    const from = (starts[index] ?? 0) + run.to - run.from;
    const text = lines.slice(from, starts[index + 1]);
    const lead = (leads[index] ?? '').trimEnd();
    return lead === '' ? text : [(text[0] ?? '').slice(lead.length).trimStart(), ...text.slice(1)];
  });
  return {
    lineOf: (line) => {
      const index = runs.findLastIndex(({ from }) => from <= line);
      return (starts[index] ?? 0) + line - (runs[index]?.from ?? 0);
    },
    texts: parted(texts, runs, readers),
  };
}

function fits(rendered: RenderedLines, run: Run, lines: readonly string[], start: number): boolean {
  return fitting(rendered, run, lines, start) === run.to - run.from && start + run.to - run.from <= lines.length;
}

/** How many lines of a run are there from `start` on. */
function fitting(rendered: RenderedLines, { from, to }: Run, lines: readonly string[], start: number): number {
  let count = 0;
  while (from + count < to && start + count < lines.length && rendered.matches(from + count, lines[start + count] ?? '')) count++;
  return count;
}

function firstFit(rendered: RenderedLines, run: Run, lines: readonly string[], from: number): number {
  for (let start = from; start + run.to - run.from <= lines.length; start++) {
    if (fits(rendered, run, lines, start)) return start;
  }
  return -1;
}

/**
 * The line that keeps a run from being found: the one after its longest beginning that is there. Where its beginning is gone, the one where the rest
 * of it begins.
 */
function mismatch(rendered: RenderedLines, run: Run, lines: readonly string[], from: number, isFirst: boolean): number {
  let best = { line: from, count: 0 };
  for (let start = from; start < (isFirst ? from + 1 : lines.length); start++) {
    const count = fitting(rendered, run, lines, start);
    if (count > best.count) best = { line: start + count, count };
  }
  if (isFirst || best.count > 0) return best.line;
  for (let skipped = 1; skipped < Math.min(run.to - run.from, 200); skipped++) {
    const rest = { from: run.from + skipped, to: run.to };
    const wanted = Math.min(3, rest.to - rest.from);
    for (let start = from; start < lines.length; start++)
      if (fitting(rendered, rest, lines, start) >= wanted && (lines[start] ?? '').trim() !== '') return start;
  }
  return best.line;
}

/** Texts with nothing between them cannot be told apart by lines; where one begins as it was rendered, it ends as it was rendered, too. */
function parted(texts: readonly CompanionItem[], runs: readonly Run[], readers: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const result = readers.map((lines) => [...lines]);
  for (let index = texts.length - 2; index >= 0; index--) {
    const between = runs[index + 1];
    if (between === undefined || between.from < between.to || (texts[index + 1]?.lead ?? '').trim() !== '') continue;
    // The earlier one got nothing, the later one all: as early as possible is what the runs were taken.
    const all = [...(result[index] ?? []), ...(result[index + 1] ?? [])];
    const own = texts[index]?.text?.split('\n') ?? [];
    const first = all.findIndex((line) => line.trim() !== '');
    const keeps = own.length > 0 && own.join('\n') !== '' && own.every((line, offset) => all[first + offset] === line);
    const next = texts[index + 1]?.text ?? '';
    const split = keeps ? first + own.length : next !== '' && all.join('\n').endsWith(next) ? all.length - next.split('\n').length : all.length;
    result[index] = all.slice(0, split);
    result[index + 1] = all.slice(split);
  }
  return result;
}
