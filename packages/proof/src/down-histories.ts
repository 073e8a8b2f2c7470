import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DownReport, downHistory, type TriedDown } from './down-history.js';

const usage = 'Usage: down-history.mjs [--verbose] <folder>…';

/** Tries the ways back of each folder's history and prints what they restore. Returns the exit code: 1 where one does not, 2 for a folder that cannot be read. */
export async function downHistories(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { verbose: { type: 'boolean' }, theirs: { type: 'boolean' } },
  });
  if (positionals.length === 0) {
    print(usage);
    return 2;
  }
  const all: DownReport[] = [];
  const rows: string[][] = [['history', 'migrations', 'up', 'ours run', 'strict', 'but order, names', 'theirs', 'run', 'strict', 'but order, names', 'time']];
  for (const folder of positionals) {
    const history = await downHistory(folder, preludeOf(folder));
    if (!('reports' in history)) {
      for (const { message } of history.issues) print(`${folder}: ${message}`);
      return 2;
    }
    if (history.refusal) print(`${basename(folder)}: ${history.refusal}`);
    for (const { id, ours, theirs } of history.reports) {
      if (ours.error ?? !ours.difference?.exactButForOrderAndNames) tell(`${basename(folder)} ${id}`, ours, print, true);
      if (values.theirs && theirs && (theirs.error ?? !theirs.difference?.exactButForOrderAndNames))
        tell(`${basename(folder)} ${id}, the project's own`, theirs, print, false);
    }
    all.push(...history.reports);
    rows.push([basename(folder), String(history.migrations), ...figures(history.reports), `${(history.milliseconds / 1000).toFixed(0)} s`]);
  }
  rows.push(['all', '', ...figures(all), '']);
  for (const row of rows) print(row.map((cell, place) => (place === 0 ? cell.padEnd(16) : cell.padStart(10))).join(' '));
  return all.every(({ ours }) => ours.difference?.exactButForOrderAndNames) ? 0 : 1;
}

/** What a project expects to find, where an index beside it tells. */
function preludeOf(folder: string): string {
  const index = join(folder, 'index.json');
  if (!existsSync(index)) return '';
  const { prelude } = JSON.parse(readFileSync(index, 'utf8')) as { readonly prelude?: string };
  return prelude ?? '';
}

function tell(id: string, { error, difference, statements }: TriedDown, print: (line: string) => void, full: boolean): void {
  print(`\n${id}`);
  if (error) print(`  ${error}`);
  for (const line of difference?.missing ?? []) print(`  - ${line}`);
  for (const line of difference?.extra ?? []) print(`  + ${line}`);
  if (full) for (const statement of statements) print(`    ${statement.replaceAll('\n', '\n    ')};`);
}

function figures(reports: readonly DownReport[]): string[] {
  const of = (tried: readonly TriedDown[]): string[] => [
    String(tried.filter(({ difference }) => difference).length),
    String(tried.filter(({ difference }) => difference && difference.missing.length + difference.extra.length === 0).length),
    String(tried.filter(({ difference }) => difference?.exactButForOrderAndNames).length),
  ];
  const theirs = reports.flatMap(({ theirs: own }) => own ?? []);
  return [String(reports.length), ...of(reports.map(({ ours }) => ours)), String(theirs.length), ...of(theirs)];
}
