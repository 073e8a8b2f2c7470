import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { missingExtension } from '@planwright/rehearsal';
import type { Refusal } from './replay.js';
import { type HistoryReport, type ReplayOptions, replayFolderLocks, replayHistory } from './replay-history.js';

/**
 * Compares the predicted with the observed schema of each folder's history, or the locks of its statements, and prints what differs. Returns the exit code: 1 with differences,
 * 2 for a folder that cannot be replayed.
 *
 * `compare-history.mjs [--every | --locks] [--prelude <sql>] <folder>…`
 */
export async function compareHistories(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { every: { type: 'boolean' }, locks: { type: 'boolean' }, prelude: { type: 'string' } },
  });
  if (positionals.length === 0) {
    print('Usage: compare-history.mjs [--every | --locks] [--prelude <sql>] <folder>…');
    return 2;
  }
  const options: ReplayOptions = { every: values.every ?? false, ...(values.prelude === undefined ? {} : { prelude: values.prelude }) };
  let code = 0;
  const compare = values.locks ? compareLocks : compareOne;
  for (const folder of positionals) code = Math.max(code, await compare(folder, options, print));
  return code;
}

async function compareOne(folder: string, options: ReplayOptions, print: (line: string) => void): Promise<number> {
  const start = performance.now();
  const report = await replayHistory(folder, options);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  print(`\n${basename(folder)}`);
  if ('issues' in report) {
    for (const { message } of report.issues) print(`  ${message}`);
    return 2;
  }
  const { refusal, migrations, statements, operations, unknown, compared } = report;
  print(
    `  ${report.framework ?? 'no framework'}: ${migrations} migrations, ${statements} statements, ${operations} operations (${unknown} unknown); ${compared} compared; ${seconds} s`,
  );
  if (refusal) return printRefusal(refusal, print);
  printDifferences(report, print);
  return report.differences.length + report.earlier.length > 0 ? 1 : 0;
}

function printDifferences(report: HistoryReport, print: (line: string) => void): void {
  const parts = [
    ['differences', report.differences],
    ['differences after an earlier migration only', report.earlier],
    ['names', report.names],
    ['spellings', report.spellings],
  ] as const;
  for (const [what, lines] of parts) {
    print(`  ${lines.length} ${what}`);
    for (const line of lines) print(`    ${line}`);
  }
}

async function compareLocks(folder: string, options: ReplayOptions, print: (line: string) => void): Promise<number> {
  const report = await replayFolderLocks(folder, options);
  print(`\n${basename(folder)}`);
  if ('issues' in report) {
    for (const { message } of report.issues) print(`  ${message}`);
    return 2;
  }
  const { observed, judged, disagreements, untaken, worked, work, refusal } = report;
  print(`  ${observed} statements observed, ${judged} of them judged, ${disagreements.length} locks differ, ${untaken} that no row asked for`);
  for (const line of disagreements) print(`    ${line}`);
  print(`  ${worked} statements compared by what they write anew and read in full, ${work.length} tables differ`);
  for (const line of work) print(`    ${line}`);
  if (refusal) return printRefusal(refusal, print);
  return disagreements.length > 0 ? 1 : 0;
}

function printRefusal({ migration, statement, error }: Refusal, print: (line: string) => void): number {
  const extension = missingExtension(error);
  print(`  ${migration} was refused with ${error.code}: ${error.message}`);
  print(`    ${statement.slice(0, 200)}`);
  if (extension) print(`  The project expects the extension ${extension}: try --prelude 'CREATE EXTENSION "${extension}"'.`);
  return 2;
}
