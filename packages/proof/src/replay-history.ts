import { analyzeHistory, type History, type HistoryMigration, readHistory } from '@planwright/analyzer';
import { createPglite, type Engine, emptyDatabase, readSnapshot } from '@planwright/rehearsal';
import type { Issue, Operation } from '@planwright/spec';
import { type Differences, differences } from './differences.js';
import { readBack } from './read-back.js';
import { readFolder } from './read-folder.js';
import { type Refusal, type ReplayedMigration, replay } from './replay.js';
import { type LockReport, replayLocks } from './replay-locks.js';
import { sameButForCasts } from './same-expression.js';
import { openScratch } from './scratch.js';

export interface ReplayOptions {
  /** SQL that makes what the project expects to find: its extensions. */
  readonly prelude?: string;
  /** Compare after every migration, and not after the last alone. */
  readonly every?: boolean;
}

/** Predicted and observed schema of one history. */
export interface HistoryReport extends Differences {
  readonly framework: string | undefined;
  readonly migrations: number;
  readonly statements: number;
  /** Operations, and how many of them were not understood. */
  readonly operations: number;
  readonly unknown: number;
  /** Number of comparisons made. */
  readonly compared: number;
  /** Where the database said no; nothing after it was run. */
  readonly refusal?: Refusal;
  /** Differences that were there after an earlier migration, each with the first that showed it. */
  readonly earlier: readonly string[];
}

/** Why there is nothing to replay. */
export interface NoHistory {
  readonly issues: readonly Issue[];
}

/** Reads a project's folder as the product does, runs its migrations on an empty database and compares what was predicted with what is there. */
export async function replayHistory(folder: string, options: ReplayOptions = {}): Promise<HistoryReport | NoHistory> {
  const history = await readHistory({ files: readFolder(folder) });
  if (!('migrations' in history)) return history;
  return withEngine(history, options.prelude, (engine) => replayOn(engine, history, options));
}

/** As `replayHistory`, but for the locks of each statement. */
export async function replayFolderLocks(folder: string, { prelude }: Pick<ReplayOptions, 'prelude'> = {}): Promise<LockReport | NoHistory> {
  const analysis = await analyzeHistory({ files: readFolder(folder) });
  if (!('analyses' in analysis)) return analysis;
  return withEngine(analysis.history, prelude, async (engine) => {
    for (const { sql } of analysis.history.dialect.split(prelude ?? '').pieces) await engine.query(sql);
    return replayLocks(engine, analysis);
  });
}

/** An empty database with the extensions that a history and its prelude create. */
async function withEngine<Result>(history: History, prelude: string | undefined, work: (engine: Engine) => Promise<Result>): Promise<Result> {
  const created = history.migrations.flatMap(operationsOf).flatMap((operation) => (operation.type === 'createExtension' ? [operation.name] : []));
  const engine = await createPglite({ extensions: [...extensionsIn(prelude ?? ''), ...created], from: await emptyDatabase() });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** As `replayHistory`, on an engine at hand: it must be empty and have the extensions that the history creates, and is left as the last migration left it. */
export async function replayOn(engine: Engine, history: History, options: ReplayOptions = {}): Promise<HistoryReport> {
  const { dialect, migrations } = history;
  const scratch = openScratch(engine);
  const same = sameButForCasts(dialect);
  const prelude = dialect.split(options.prelude ?? '').pieces.map(({ sql }) => sql);
  const refusedPrelude = await replay(engine, [{ id: 'the prelude', transaction: 'none', statements: prelude }]);
  const { extensions: given = [] } = await readSnapshot(engine);

  let latest: Differences = { differences: [], names: [], spellings: [] };
  let compared = 0;
  const first = new Map<string, string>();
  const compare = async ({ source, after }: HistoryMigration): Promise<void> => {
    const predicted = { ...after, extensions: [...new Set([...given, ...(after.extensions ?? [])])] };
    const observed = await readSnapshot(engine);
    latest = differences(await readBack(scratch, predicted, observed), observed, same, predicted);
    compared++;
    for (const difference of latest.differences) if (!first.has(difference)) first.set(difference, source.id);
  };
  const refusal =
    refusedPrelude ??
    (await replay(engine, migrations.map(replayed), async (_, place) => {
      const migration = migrations[place];
      if (migration && (options.every || place === migrations.length - 1)) await compare(migration);
    }));

  const operations = migrations.flatMap(operationsOf);
  return {
    ...latest,
    framework: history.project.target.framework,
    migrations: migrations.length,
    statements: migrations.reduce((sum, { statements }) => sum + statements.length, 0),
    operations: operations.length,
    unknown: operations.filter(({ type }) => type === 'unknown').length,
    compared,
    earlier: [...first].filter(([difference]) => !latest.differences.includes(difference)).map(([difference, id]) => `${id}: ${difference}`),
    ...(refusal ? { refusal } : {}),
  };
}

function operationsOf({ statements }: HistoryMigration): readonly Operation[] {
  return statements.flatMap(({ operations }) => operations);
}

function replayed({ source, transaction, statements }: HistoryMigration): ReplayedMigration {
  return { id: source.id, transaction: transaction.mode, statements: statements.map(({ sql }) => sql) };
}

function extensionsIn(sql: string): string[] {
  return [...sql.matchAll(/\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)/gi)].flatMap(([, name]) => name ?? []);
}
