import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Plan } from '@planwright/plan';
import { officialTemplates } from './official-templates.js';
import { type PlannedHistory, planHistory } from './plan-history.js';
import { readFolder } from './read-folder.js';

const usage = 'Usage: plan-history.mjs [--out <folder>] [--only <part of an id>] [--quick] [--issues] <folder>…';

/** Plans each migration of each folder's history, checks the documents (with `--quick` only that they render, and the context) and prints totals, with `--issues` every issue. Returns the exit code: 1 with failures, 2 for a folder that cannot be read. */
export async function planHistories(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string' }, only: { type: 'string' }, quick: { type: 'boolean' }, issues: { type: 'boolean' } },
  });
  if (positionals.length === 0) {
    print(usage);
    return 2;
  }
  const templates = await officialTemplates();
  let code = 0;
  const rows: string[][] = [];
  for (const folder of positionals) {
    const name = basename(folder);
    const planned = await planHistory({
      files: readFolder(folder),
      templates,
      ...(values.only !== undefined && { only: values.only }),
      ...(values.quick && { check: () => [] }),
      ...(values.out !== undefined && { onPlan: writeTo(join(values.out, name)) }),
    });
    if ('failures' in planned) {
      printHistory(name, planned, print);
      if (values.issues) for (const line of planned.said) print(`    ${line}`);
      rows.push(rowOf(name, planned));
      if (planned.failures.length > 0) code = Math.max(code, 1);
    } else {
      for (const { message } of planned.issues) print(`${name}: ${message}`);
      code = 2;
    }
  }
  print('');
  for (const line of tableOf([['history', 'framework', 'migrations', 'documents', 'failures', 'operations', 'unknown', 'read', 'plan', 'check'], ...rows]))
    print(line);
  return code;
}

function printHistory(name: string, planned: PlannedHistory, print: (line: string) => void): void {
  print(`\n${name}`);
  for (const { migration, where, message, count } of planned.failures)
    print(`  ${migration} ${where}: ${message}${count > 1 ? ` (and ${count - 1} more)` : ''}`);
  for (const [reason, migrations] of Object.entries(planned.unknown)) print(`  unknown: ${reason} (${[...new Set(migrations)].join(', ')})`);
  print(`  operations: ${listed(planned.operations)}`);
  print(`  issues: ${listed(planned.issues)}`);
}

function rowOf(name: string, { framework = '', migrations, documents, failures, operations, unknown, time }: PlannedHistory): string[] {
  const total = Object.values(operations).reduce((sum, count) => sum + count, 0);
  const unknowns = Object.values(unknown).flat().length;
  const counts = [migrations, documents, failures.length, total, unknowns].map(String);
  return [name, framework, ...counts, ...[time.read, time.plan, time.check].map((ms) => `${(ms / 1000).toFixed(1)} s`)];
}

function listed(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).sort(([, one], [, other]) => other - one);
  return parts.map(([what, count]) => `${what} ${count}`).join(', ') || 'none';
}

function tableOf(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '));
}

function writeTo(folder: string): (id: string, plan: Plan) => void {
  return (id, { documents }) => {
    for (const { template, path, text } of documents) {
      const at = join(folder, id.replaceAll('/', '_'));
      mkdirSync(at, { recursive: true });
      writeFileSync(join(at, `${template}.${path}`), text);
    }
  };
}
