import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type HistoryMigration, majorVersion, readHistory } from '@planwright/analyzer';
import { chooseMigrations } from '@planwright/plan';
import type { Issue } from '@planwright/spec';
import { type ChosenProject, chooseProjects } from './choose-projects.js';
import { downAsJson, downFile, isRestored, tellDown } from './down-file.js';
import { downPath } from './down-path.js';
import { embeddedDatabases } from './embedded-databases.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { InvalidInput } from './invalid-input.js';
import { printIssues } from './print-issues.js';
import { readText } from './project-files.js';
import { readProjectInput } from './project-input.js';
import { shownPath } from './shown-path.js';
import type { Terminal } from './terminal.js';
import { type FileToWrite, writeFiles } from './write-files.js';

export interface DownOptions {
  readonly migration?: readonly string[];
  readonly all?: boolean;
  readonly before?: string;
  readonly out?: string;
  readonly write?: boolean;
  readonly format: 'text' | 'json';
}

/** `planwright down`: rehearses each project's history as far as needed and writes the ways back. */
export async function runDown(terminal: Terminal, paths: readonly string[], options: DownOptions): Promise<ExitCode> {
  const results: object[] = [];
  let worst: ExitCode = exitCode.done;
  for (const project of await chooseProjects(paths.length > 0 ? paths : ['.'])) {
    const { json, restored } = await downsOf(terminal, project, options);
    results.push(json);
    if (!restored) worst = exitCode.findings;
  }
  // One project is one object; several are a list.
  if (options.format === 'json') terminal.out(`${JSON.stringify(results.length === 1 ? results[0] : results, null, 2)}\n`);
  return worst;
}

async function downsOf(
  terminal: Terminal,
  { folder, inside, files: named, under }: ChosenProject,
  options: DownOptions,
): Promise<{ readonly json: object; readonly restored: boolean }> {
  const { configuration, files, wishes } = await readProjectInput(folder, inside);
  const history = await readHistory({ files, ...wishes });
  const place = (issue: Issue): Issue => ({ ...issue, file: shownPath(issue.file === undefined ? folder : join(folder, issue.file)) });
  if (!('migrations' in history)) throw new InvalidInput(history.issues.map(place));
  const choice = options.migration ? { migrations: options.migration } : named.length > 0 ? { changed: named } : {};
  const { chosen, issues } = options.all ? { chosen: history.migrations, issues: [] } : chooseMigrations(history, choice);
  if (issues.length > 0) throw new InvalidInput(issues.map(place));

  const { extensionsOf, lacks, rehearseDowns, withExpected } = await import('@planwright/rehearsal');
  // A whole history may take long; one statement may not.
  const open = await embeddedDatabases({ whole: 3_600_000 });
  const pieces = (text: string): readonly string[] => history.dialect.split(text).pieces.map(({ sql }) => sql);
  const before = options.before === undefined ? [] : pieces(await textOf(options.before));
  const ids = new Set(chosen.map(({ source }) => source.id));
  const migrations = history.migrations.map((migration) => ({
    id: migration.source.id,
    transaction: migration.transaction.mode,
    statements: migration.statements.map(({ sql }) => sql),
    up: {
      database: 'postgresql' as const,
      before: migration.before,
      after: migration.after,
      statements: migration.statements.map(({ touched, operations, sql }) => ({ before: touched.before, operations, sql })),
    },
    ...(migration.source.down === undefined ? {} : { down: pieces(migration.source.down.text) }),
  }));
  const say = (doing: string): void => (options.format === 'text' ? terminal.progress(`rehearsing ${shownPath(folder)}: ${doing} …`) : undefined);
  const created = extensionsOf([...before, ...migrations.flatMap(({ statements }) => statements)]);
  const { engine, downs, refused, expected } = await withExpected(async (extensions) => {
    say('starting a database');
    const expected = [...extensions.keys()];
    const engine = await open({ extensions: [...created, ...expected] });
    try {
      const rehearsed = await rehearseDowns(engine, {
        migrations,
        before: [...expected.map((name) => `CREATE EXTENSION "${name}"`), ...before],
        version: majorVersion(configuration.config.target?.version ?? history.project.target.version),
        chosen: (id) => ids.has(id),
        onTried: ({ id }, number) => say(`${number + 1} of ${migrations.length}, ${id}`),
      });
      if (rehearsed.refused) lacks(rehearsed.refused, [...created, ...expected], 'history');
      return { engine, ...rehearsed, expected };
    } catch (thrown) {
      await engine.close();
      throw thrown;
    }
  });
  try {
    const extensions = expected.map(
      (name): Issue => ({
        code: 'extension-expected',
        message: `The history uses \`${name}\` and does not create it: it was created for the rehearsal.`,
        file: shownPath(folder),
        severity: 'warning',
      }),
    );
    const found: Issue[] = [...configuration.issues, ...extensions];
    if (refused)
      found.push({
        code: 'migration-refused',
        message: `${refused.id} does not run, and so nothing after it: ${refused.message} (${refused.code}).`,
        file: shownPath(folder),
      });
    const toWrite: FileToWrite[] = [];
    const written = new Map<string, string>();
    for (const down of downs) {
      const migration = chosen.find(({ source }) => source.id === down.id);
      const path = migration && placeOf(migration, history.project.target.framework, folder, under, options, found);
      if (path === undefined) continue;
      toWrite.push({ path, text: downFile(down, engine) });
      written.set(down.id, shownPath(path));
    }
    await writeFiles(toWrite);
    if (options.format === 'text') {
      printIssues(terminal, found);
      for (const down of downs) tellDown(terminal, down, engine, written.get(down.id), options.out === undefined && !options.write);
    }
    return {
      json: {
        ...(under !== undefined && { project: folder }),
        engine: { name: engine.name, version: engine.version },
        downs: downs.map((down) => downAsJson(down, written.get(down.id))),
        issues: found,
      },
      restored: refused === undefined && downs.every(isRestored),
    };
  } finally {
    await engine.close();
  }
}

async function textOf(file: string): Promise<string> {
  const text = await readText(file);
  if (typeof text !== 'string') throw new InvalidInput([text]);
  return text;
}

/** Where a way back is written; an issue says why it is not. */
function placeOf(
  { source }: HistoryMigration,
  framework: string | undefined,
  folder: string,
  under: string | undefined,
  { out, write }: DownOptions,
  issues: Issue[],
): string | undefined {
  if (out !== undefined) return join(out, ...(under === undefined ? [] : [under]), `${source.id.replaceAll(/[\\/]/g, '_').replace(/\.sql$/, '')}.sql`);
  if (!write) return undefined;
  const refuse = (message: string, hint: string): undefined => {
    issues.push({ code: 'down-not-written', message, file: shownPath(join(folder, source.up.path)), severity: 'warning', hint });
  };
  const path = downPath(source.up.path, framework);
  if (source.down !== undefined || (path !== undefined && existsSync(join(folder, path))))
    return refuse(`${source.id} has a way back already, which stays as it is.`, 'With --out the rehearsed one is written into another folder.');
  if (path === undefined)
    return refuse(`The framework has no file of its own for the way back of ${source.id}.`, 'Print it, or write it with --out, and put it where it belongs.');
  return join(folder, path);
}
