import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RehearsedDown, TriedDown } from '@planwright/rehearsal';
import { downHistory } from './down-history.js';

const usage = 'Usage: down-history.mjs [--verbose] [--theirs] <folder>…';

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
  const all: RehearsedDown[] = [];
  const rows: string[][] = [['history', 'migrations', 'up', 'ours run', 'strict', 'but order, names', 'theirs', 'run', 'strict', 'but order, names', 'time']];
  for (const folder of positionals) {
    const history = await downHistory(folder, preludeOf(folder), (report) => {
      if (values.verbose) print(`${report.id}${failed(report) ? ' FAILED' : ''}`);
      if (failed(report)) tell(`${basename(folder)} ${report.id}`, report, print, true);
      if (values.theirs && report.own && failed(report.own)) tell(`${basename(folder)} ${report.id}, the project's own`, report.own, print, false);
    });
    if (!('downs' in history)) {
      for (const { message } of history.issues) print(`${folder}: ${message}`);
      return 2;
    }
    if (history.refused) print(`${basename(folder)} ${history.refused.id}: ${history.refused.message}`);
    all.push(...history.downs);
    rows.push([basename(folder), String(history.migrations), ...figures(history.downs), `${(history.milliseconds / 1000).toFixed(0)} s`]);
  }
  rows.push(['all', '', ...figures(all), '']);
  for (const row of rows) print(row.map((cell, place) => (place === 0 ? cell.padEnd(16) : cell.padStart(10))).join(' '));
  return all.every(({ difference }) => difference?.exactButForOrderAndNames) ? 0 : 1;
}

const failed = ({ error, difference }: TriedDown): boolean => error !== undefined || !difference?.exactButForOrderAndNames;

/** What a project expects to find, where an index beside it tells. */
function preludeOf(folder: string): string {
  const index = join(folder, 'index.json');
  if (!existsSync(index)) return '';
  const { prelude } = JSON.parse(readFileSync(index, 'utf8')) as { readonly prelude?: string };
  return prelude ?? '';
}

function tell(id: string, { error, difference, statements }: TriedDown, print: (line: string) => void, full: boolean): void {
  print(`\n${id}`);
  if (error) print(`  ${error.code} ${error.message} in: ${error.statement}`);
  for (const line of difference?.missing ?? []) print(`  - ${line}`);
  for (const line of difference?.extra ?? []) print(`  + ${line}`);
  if (full) for (const statement of statements) print(`    ${statement.replaceAll('\n', '\n    ')};`);
}

function figures(downs: readonly RehearsedDown[]): string[] {
  const of = (tried: readonly TriedDown[]): string[] => [
    String(tried.filter(({ difference }) => difference).length),
    String(tried.filter(({ difference }) => difference && difference.missing.length + difference.extra.length === 0).length),
    String(tried.filter(({ difference }) => difference?.exactButForOrderAndNames).length),
  ];
  const theirs = downs.flatMap(({ own }) => own ?? []);
  return [String(downs.length), ...of(downs), String(theirs.length), ...of(theirs)];
}
