import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { type HistoryMigration, readHistory } from '@planwright/analyzer';
import { createPlan, type Rehearsable } from '@planwright/plan';
import { createPglite, isAsWritten, type OpenEngine, rehearse } from '@planwright/rehearsal';
import type { Evidence } from '@planwright/spec';
import { readFolder } from './read-folder.js';
import { replay } from './replay.js';

/** What was counted over one history, or over all of them. */
export interface Totals {
  migrations: number;
  /** Migrations whose history before them ran. */
  replayed: number;
  up: number;
  /** Every way back restored the schema, but for column order and names of NOT NULL constraints; and strictly. */
  down: number;
  downStrictly: number;
  again: number;
  /** The sequence differs from the change, and ends in the same schema. */
  sequences: number;
  sameEnd: number;
  disagreements: number;
  readonly failures: string[];
}

/**
 * Rehearses every migration of each folder's history as a change of its own, prints totals and each failure, and returns the exit code: 1 with failures,
 * 2 for a folder that cannot be read. One engine goes along with the history; each rehearsal starts from a copy of it.
 */
export async function rehearseHistories(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { prelude: { type: 'string' }, rows: { type: 'string' }, last: { type: 'string' } },
  });
  if (positionals.length === 0) {
    print('Usage: rehearse-histories.mjs [--prelude <sql>] [--rows <number>] [--last <number>] <folder>…');
    return 2;
  }
  let code = 0;
  const all = emptyTotals();
  for (const folder of positionals) {
    const totals = await rehearseFolder(folder, {
      prelude: values.prelude ?? '',
      rows: Number(values.rows ?? 0),
      last: Number(values.last ?? Number.POSITIVE_INFINITY),
    });
    print(`\n${basename(folder)}`);
    if (typeof totals === 'string') {
      print(`  ${totals}`);
      code = 2;
      continue;
    }
    printTotals(totals, print);
    for (const key of ['migrations', 'replayed', 'up', 'down', 'downStrictly', 'again', 'sequences', 'sameEnd', 'disagreements'] as const)
      all[key] += totals[key];
    if (totals.failures.length > 0) code = Math.max(code, 1);
  }
  print('\nall');
  printTotals(all, print);
  return code;
}

function emptyTotals(): Totals {
  return { migrations: 0, replayed: 0, up: 0, down: 0, downStrictly: 0, again: 0, sequences: 0, sameEnd: 0, disagreements: 0, failures: [] };
}

function printTotals(totals: Totals, print: (line: string) => void): void {
  const { migrations, replayed, up, down, downStrictly, again, sequences, sameEnd, disagreements, failures } = totals;
  print(
    `  ${migrations} migrations: ${replayed} replayed, ${up} up, ${down} down exact (${downStrictly} strictly), ${again} up again identical; ${sameEnd} of ${sequences} safe sequences end the same; ${disagreements} disagreements with predictions`,
  );
  for (const failure of failures) print(`    ${failure}`);
}

async function rehearseFolder(
  folder: string,
  { prelude, rows, last }: { readonly prelude: string; readonly rows: number; readonly last: number },
): Promise<Totals | string> {
  const files = readFolder(folder);
  const history = await readHistory({ files });
  if (!('migrations' in history)) return history.issues.map(({ message }) => message).join(' ');
  const known = history;
  const before = history.dialect.split(prelude).pieces.map(({ sql }) => sql);
  const texts = [...before, ...history.migrations.flatMap(({ statements }) => statements.map(({ sql }) => sql))];
  const extensions = [...new Set(texts.flatMap((sql) => /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)/i.exec(sql)?.[1] ?? []))];
  const totals = emptyTotals();
  let along = await createPglite({ extensions });
  const started = async () => {
    await replay(along, [{ id: 'the prelude', transaction: 'none', statements: before }]);
  };
  try {
    await started();
    for (const [place, migration] of history.migrations.entries()) {
      totals.migrations++;
      const there = place >= history.migrations.length - last && (await rehearseOne(migration));
      if (there === 'spoilt') {
        await along.close();
        along = await createPglite({ extensions });
        await started();
        await replay(along, history.migrations.slice(0, place).map(replayed));
      }
      const refusal = there === 'after' ? undefined : await replay(along, [replayed(migration)]);
      if (refusal) {
        totals.failures.push(`${migration.source.id} does not replay: ${refusal.error.code}: ${refusal.error.message}`);
        break;
      }
      totals.replayed++;
    }
  } finally {
    await along.close();
  }
  return totals;

  /**
   * Rehearses one migration, and says how the engine that goes along was left. Where the sequence is the change the rehearsal ends with it applied, so that engine itself
   * is used; else each run starts from a copy.
   */
  async function rehearseOne({ source: { id } }: HistoryMigration): Promise<'before' | 'after' | 'spoilt'> {
    const seen: { evidence?: Evidence; same?: boolean } = {};
    const tried = async ({ context }: Rehearsable) => {
      // The author's own way back would leave the engine before the migration; those are measured by down-history.
      const { change } = context;
      const without = { ...context, change: { ...change, migrations: change.migrations.map(({ down: _, ...migration }) => migration) } };
      seen.same = isAsWritten(without);
      const template = seen.same ? undefined : await along.template();
      const open: OpenEngine = async ({ from }) =>
        template ? createPglite({ extensions, template: from ? new Blob([from]) : template }) : Object.assign(Object.create(along), { close: async () => {} });
      seen.evidence = await rehearse({ context: without, ...(rows > 0 && { rows }) }, open);
      return seen.evidence;
    };
    try {
      await createPlan({ files, history: known, migrations: [id], rehearse: tried, templates: [], now: '2026-11-20T10:30:00Z' });
    } catch (thrown) {
      totals.failures.push(`${id}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
      return seen.same ? 'spoilt' : 'before';
    }
    if (!seen.evidence) {
      totals.failures.push(`${id}: no plan`);
      return 'before';
    }
    count(id, seen.evidence, totals);
    if (!seen.same) return 'before';
    return seen.evidence.comparisons?.some(({ kind, equal }) => kind === 'up again' && equal) ? 'after' : 'spoilt';
  }
}

function count(id: string, { migrations = [], comparisons = [], notes = [] }: Evidence, totals: Totals): void {
  const errors = migrations.flatMap(({ subject, direction = 'up', migration, statements }) =>
    direction === 'up'
      ? statements.flatMap(({ error, sql }) => (error === undefined ? [] : [`${id}: ${subject} ${migration} up: ${error}: ${short(sql)}`]))
      : [],
  );
  totals.failures.push(...errors);
  if (errors.length === 0) totals.up++;
  const downs = comparisons.filter(({ kind }) => kind === 'down');
  if (downs.length > 0 && downs.every(({ equal }) => equal)) totals.down++;
  if (downs.length > 0 && downs.every(({ strict }) => strict)) totals.downStrictly++;
  if (comparisons.some(({ kind, equal }) => kind === 'up again' && equal)) totals.again++;
  if (migrations.some(({ subject, direction }) => subject === 'change' && direction === undefined)) totals.sequences++;
  if (comparisons.some(({ kind, equal }) => kind === 'same end' && equal)) totals.sameEnd++;
  for (const { kind, equal, what, differences = [] } of comparisons)
    if (!equal && kind !== "author's down") totals.failures.push(`${id}: ${kind}: ${what}: ${differences.map(short).join(' | ')}`);
  const disagreed = migrations.flatMap(({ subject, migration, statements }) =>
    statements.flatMap(({ sql, disagrees = [] }) => disagrees.map((one) => `${id}: ${subject} ${migration}: ${short(sql)}: ${one}`)),
  );
  totals.disagreements += disagreed.length;
  totals.failures.push(...disagreed, ...notes.filter((note) => note.startsWith('The way back')).map((note) => `${id}: note: ${note}`));
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

function replayed({ source, transaction, statements }: HistoryMigration) {
  return { id: source.id, transaction: transaction.mode, statements: statements.map(({ sql }) => sql) };
}
