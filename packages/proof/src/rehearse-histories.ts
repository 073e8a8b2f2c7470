import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type HistoryMigration, readHistory } from '@planwright/analyzer';
import { createPlan, type Rehearsable } from '@planwright/plan';
import { createPglite, emptyDatabase, isOnRows, type OpenEngine, rehearse } from '@planwright/rehearsal';
import type { Evidence } from '@planwright/spec';
import { readFolder } from './read-folder.js';
import { replay } from './replay.js';

/** What was counted over one history, or over all of them. */
export interface Totals {
  migrations: number;
  /** Migrations whose history before them ran. */
  replayed: number;
  rehearsed: number;
  up: number;
  /** Every way back restored the schema, but for column order and names of NOT NULL constraints; and strictly. */
  down: number;
  downStrictly: number;
  again: number;
  /** The sequence differs from the change, and ends in the same schema. */
  sequences: number;
  sameEnd: number;
  /** Of them, those whose rows could be compared with those of the change, and were the same. */
  comparedRows: number;
  sameRows: number;
  disagreements: number;
  failures: number;
}

const counted = [
  'migrations',
  'replayed',
  'rehearsed',
  'up',
  'down',
  'downStrictly',
  'again',
  'sequences',
  'sameEnd',
  'comparedRows',
  'sameRows',
  'disagreements',
  'failures',
] as const;

/**
 * Rehearses every migration of each folder's history as a change of its own, prints each failure when it happens and totals at the end, and returns the exit code: 1 with
 * failures, 2 for a folder that cannot be read. One engine goes along with the history and rehearses; only where the change as written differs from its sequence does it run
 * on a copy, which goes along from there.
 */
export async function rehearseHistories(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      prelude: { type: 'string' },
      rows: { type: 'string' },
      last: { type: 'string' },
      every: { type: 'string' },
      only: { type: 'string', multiple: true },
    },
  });
  if (positionals.length === 0) {
    print('Usage: rehearse-histories.mjs [--prelude <sql>] [--rows <number>] [--last <number>] [--every <number>] [--only <part of an id>]… <folder>…');
    return 2;
  }
  let code = 0;
  const all = emptyTotals();
  for (const folder of positionals) {
    print(`\n${basename(folder)}`);
    const totals = await rehearseFolder(folder, print, {
      prelude: values.prelude ?? preludeOf(folder),
      rows: Number(values.rows ?? 0),
      last: Number(values.last ?? Number.POSITIVE_INFINITY),
      every: Number(values.every ?? 1),
      only: values.only ?? [],
    });
    if (typeof totals === 'string') {
      print(`  ${totals}`);
      code = 2;
      continue;
    }
    print(told(totals));
    for (const key of counted) all[key] += totals[key];
    if (totals.failures > 0) code = Math.max(code, 1);
  }
  print(`\nall\n${told(all)}`);
  return code;
}

/** SQL that an archive of a history says has to run before it. */
function preludeOf(folder: string): string {
  const file = join(folder, 'index.json');
  if (!existsSync(file)) return '';
  const index: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return typeof index === 'object' && index !== null && 'prelude' in index && typeof index.prelude === 'string' ? index.prelude : '';
}

function emptyTotals(): Totals {
  return {
    migrations: 0,
    replayed: 0,
    rehearsed: 0,
    up: 0,
    down: 0,
    downStrictly: 0,
    again: 0,
    sequences: 0,
    sameEnd: 0,
    comparedRows: 0,
    sameRows: 0,
    disagreements: 0,
    failures: 0,
  };
}

function told({ migrations, replayed, rehearsed, up, down, downStrictly, again, sequences, sameEnd, comparedRows, sameRows, disagreements }: Totals): string {
  const rows = comparedRows === 0 ? '' : `, ${sameRows} of ${comparedRows} leave the same rows`;
  return [
    `  ${migrations} migrations, ${replayed} replayed, ${rehearsed} rehearsed: ${up} up, ${down} down exact (${downStrictly} strictly), ${again} up again identical`,
    `  ${sequences} safe sequences differ from what was written, ${sameEnd} of them end in the same schema${rows}; ${disagreements} disagreements with predictions`,
  ].join('\n');
}

interface Asked {
  readonly prelude: string;
  readonly rows: number;
  readonly last: number;
  /** Each how manieth migration is rehearsed; the others only run. */
  readonly every: number;
  /** Parts of the ids of those that are rehearsed; all of them if empty. */
  readonly only: readonly string[];
}

async function rehearseFolder(folder: string, print: (line: string) => void, { prelude, rows, last, every, only }: Asked): Promise<Totals | string> {
  const files = readFolder(folder);
  const history = await readHistory({ files });
  if (!('migrations' in history)) return history.issues.map(({ message }) => message).join(' ');
  const known = history;
  const before = history.dialect.split(prelude).pieces.map(({ sql }) => sql);
  const texts = [...before, ...history.migrations.flatMap(({ statements }) => statements.map(({ sql }) => sql))];
  const extensions = [...new Set(texts.flatMap((sql) => /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)/i.exec(sql)?.[1] ?? []))];
  const totals = emptyTotals();
  const fail = (text: string) => {
    totals.failures++;
    print(`    ${text}`);
  };
  let along = await createPglite({ extensions, from: await emptyDatabase() });
  const started = () => replay(along, [{ id: 'the prelude', transaction: 'none', statements: before }]);
  try {
    await started();
    for (const [place, migration] of history.migrations.entries()) {
      totals.migrations++;
      const named = only.length === 0 || only.some((part) => migration.source.id.includes(part));
      const chosen = named && place >= history.migrations.length - last && place % every === 0;
      // Rows that are made for one migration, and those that a second way up writes a second time, are nothing that a later one has to cope with.
      const before = chosen && (rows > 0 || writesRows(migration)) ? await along.save() : undefined;
      const rehearsed = chosen ? await rehearseOne(migration) : 'before';
      if (before) {
        await along.close();
        along = await createPglite({ extensions, from: before });
      }
      const there = before ? 'before' : rehearsed;
      if (there === 'spoilt') {
        await along.close();
        along = await createPglite({ extensions, from: await emptyDatabase() });
        await started();
        await replay(along, history.migrations.slice(0, place).map(replayed));
      }
      const refusal = there === 'after' ? undefined : await replay(along, [replayed(migration)]);
      if (refusal) {
        fail(`${migration.source.id} does not replay: ${refusal.error.code}: ${refusal.error.message}`);
        break;
      }
      totals.replayed++;
    }
  } finally {
    await along.close();
  }
  return totals;

  /** Rehearses one migration, and says how the engine that goes along was left. */
  async function rehearseOne({ source: { id } }: HistoryMigration): Promise<'before' | 'after' | 'spoilt'> {
    const seen: { evidence?: Evidence; started?: boolean } = {};
    const tried = async ({ context }: Rehearsable) => {
      // The author's own way back would leave the engine before the migration; those are measured by down-history.
      const { change } = context;
      const without = { ...context, change: { ...change, migrations: change.migrations.map(({ down: _, ...migration }) => migration) } };
      const open: OpenEngine = async ({ from }) => {
        seen.started = true;
        if (from) {
          await along.close();
          along = await createPglite({ extensions, from });
        }
        // It holds the schema before the change already.
        return Object.assign(Object.create(along), { kept: true, close: async () => {} });
      };
      seen.evidence = await rehearse({ context: without, ...(rows > 0 && { rows }) }, open);
      return seen.evidence;
    };
    totals.rehearsed++;
    try {
      await createPlan({ files, history: known, migrations: [id], rehearse: tried, templates: [], now: '2026-11-20T10:30:00Z' });
    } catch (thrown) {
      fail(`${id}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
      return seen.started ? 'spoilt' : 'before';
    }
    if (!seen.evidence) {
      fail(`${id}: no plan`);
      return 'before';
    }
    return count(id, seen.evidence, totals, fail) ? 'after' : 'spoilt';
  }
}

/** Counts what was seen, and tells whether the database was left as the migration leaves it. */
function count(id: string, { migrations = [], comparisons = [], notes = [] }: Evidence, totals: Totals, fail: (text: string) => void): boolean {
  const errors = migrations.flatMap(({ subject, direction = 'up', migration, statements }) =>
    direction === 'up'
      ? statements.flatMap(({ error, sql }) => (error === undefined ? [] : [`${id}: ${subject} ${migration} up: ${error}: ${short(sql)}`]))
      : [],
  );
  const downs = comparisons.filter(({ kind }) => kind === 'down');
  const again = comparisons.some(({ kind, equal }) => kind === 'up again' && equal);
  const written = migrations.filter(({ subject, direction = 'up' }) => subject === 'change' && direction === 'up');
  if (errors.length === 0) totals.up++;
  if (downs.length > 0 && downs.every(({ equal }) => equal)) totals.down++;
  if (downs.length > 0 && downs.every(({ strict }) => strict)) totals.downStrictly++;
  if (again) totals.again++;
  if (written.length > 0) totals.sequences++;
  if (comparisons.some(({ kind, equal }) => kind === 'same end' && equal)) totals.sameEnd++;
  if (comparisons.some(({ kind }) => kind === 'same rows')) totals.comparedRows++;
  if (comparisons.some(({ kind, equal }) => kind === 'same rows' && equal)) totals.sameRows++;
  for (const { kind, equal, what, differences = [] } of comparisons)
    if (!equal && kind !== "author's down") fail(`${id}: ${kind}: ${what}: ${differences.map(short).join(' | ')}`);
  const disagreed = migrations.flatMap(({ subject, migration, statements }) =>
    statements.flatMap(({ sql, disagrees = [] }) => disagrees.map((one) => `${id}: ${subject} ${migration}: ${short(sql)}: ${one}`)),
  );
  totals.disagreements += disagreed.length;
  for (const text of [...errors, ...disagreed]) fail(text);
  const emptied = notes.some((note) => note.endsWith(' on empty tables.'));
  for (const note of notes) if (note.startsWith('The way back')) fail(`${id}: ${note}`);
  if (emptied) return false;
  return written.length > 0 ? written.every(({ statements }) => statements.every(({ error }) => error === undefined)) : again;
}

function writesRows({ statements }: HistoryMigration): boolean {
  return statements.some(({ operations }) => operations.some((one) => one.type === 'unknown' || one.type === 'runQuery' || isOnRows(one)));
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

function replayed({ source, transaction, statements }: HistoryMigration) {
  return { id: source.id, transaction: transaction.mode, statements: statements.map(({ sql }) => sql) };
}
