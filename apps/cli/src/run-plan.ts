import { stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Plan, PlanInput } from '@planwright/plan';
import type { Issue } from '@planwright/spec';
import { changedSince } from './changed-since.js';
import { answersOf, type Configuration, readAnswerFiles, readConfiguration } from './configuration.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { InvalidInput, invalid } from './invalid-input.js';
import type { OutputOptions } from './commands/output-options.js';
import { readProjectFiles } from './project-files.js';
import { finishPlan } from './finish-plan.js';
import type { Terminal } from './terminal.js';

export interface PlanOptions extends OutputOptions {
  readonly migration?: readonly string[];
  readonly since?: string;
  readonly answers: readonly string[];
}

/** `planwright plan`. Several paths are several projects, planned one after the other; paths of migration files choose those. */
export async function runPlan(terminal: Terminal, paths: readonly string[], options: PlanOptions): Promise<ExitCode> {
  const projects = await projectsOf(paths.length > 0 ? paths : ['.']);
  let worst: ExitCode = exitCode.done;
  for (const [folder, files] of projects) {
    const code = await planProject(terminal, folder, files, options, projects.size > 1);
    if (code !== exitCode.done) worst = code;
  }
  return worst;
}

async function planProject(terminal: Terminal, folder: string, chosen: readonly string[], options: PlanOptions, several: boolean): Promise<ExitCode> {
  const configuration = await readConfiguration(folder);
  const progress = terminal.interactive ? (text: string) => terminal.err(`${terminal.colors.dim(text)}\n`) : () => undefined;
  progress(`reading ${relative('.', folder) || '.'}`);
  const { files, issues: unreadable } = await readProjectFiles(folder);
  const sources = new Map(files.map(({ path, text }) => [path, text]));
  const input: Omit<PlanInput, 'templates' | 'now'> = {
    files,
    answers: await readAnswerFiles(options.answers, answersOf(configuration.config)),
    ...wishesOf(configuration, folder),
    ...(await choiceOf(folder, chosen, options)),
  };
  return finishPlan(terminal, {
    options,
    configuration,
    sources,
    ...(several && { under: basename(resolve(folder)) }),
    make: async (rendering) => {
      progress('planning');
      const { createPlan } = await import('@planwright/plan');
      const plan = await createPlan({ ...input, ...rendering });
      if (!('documents' in plan)) throw new InvalidInput([...unreadable, ...configuration.issues, ...plan.issues], sources);
      refuseUnreadable(plan, unreadable, sources);
      return { ...plan, issues: [...configuration.issues, ...plan.issues] };
    },
  });
}

// A file that is no text matters when it is a migration: a history with a hole in it would be planned wrongly.
function refuseUnreadable(plan: Plan, unreadable: readonly Issue[], sources: ReadonlyMap<string, string>): void {
  const folders = new Set(plan.context.change.migrations.flatMap(({ file }) => (file ? [dirname(dirname(file)), dirname(file)] : [])));
  const holes = unreadable.filter(({ file }) => file?.endsWith('.sql') && (folders.has(dirname(file)) || folders.has(dirname(dirname(file)))));
  if (holes.length > 0) throw new InvalidInput(holes, sources);
}

async function projectsOf(paths: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const projects = new Map<string, string[]>();
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found) throw invalid('missing-path', `${path}: no such file or folder`, { hint: 'Give the folder of a project that has migrations, or one of its migration files.' });
    const folder = found.isDirectory() ? path : projectFolder(resolve(path));
    const files = projects.get(folder) ?? [];
    if (!found.isDirectory()) files.push(relative(folder, resolve(path)).split(sep).join('/'));
    projects.set(folder, files);
  }
  return projects;
}

/** The folder in which the history of a migration file stands: above `migrations/<id>/migration.sql` and `<id>/up.sql`, else its own. */
function projectFolder(file: string): string {
  return /^(migration|up|down)\.sql$/.test(basename(file)) ? dirname(dirname(file)) : dirname(file);
}

async function choiceOf(folder: string, chosen: readonly string[], { migration, since }: PlanOptions): Promise<Pick<PlanInput, 'migrations' | 'changed'>> {
  if (migration) return { migrations: migration };
  if (since !== undefined) return { changed: [...(await changedSince(folder, since))] };
  return chosen.length > 0 ? { changed: chosen } : {};
}

function wishesOf({ config, folder: base }: Configuration, folder: string): Pick<PlanInput, 'framework' | 'database' | 'folder'> {
  const { framework, database } = config.target ?? {};
  const migrations = config.migrations === undefined ? undefined : relative(folder, join(base, config.migrations)).split(sep).join('/');
  return { ...(framework && { framework }), ...(database && { database }), ...(migrations !== undefined && !migrations.startsWith('..') && { folder: migrations }) };
}
