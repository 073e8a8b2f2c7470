import { join, resolve } from 'node:path';
import {
  type ChangeHazards,
  defaultVersion,
  type HazardOptions,
  type History,
  hazardsOf,
  readHistory,
  readScripts,
  ruleDocs,
  rules,
} from '@planwright/analyzer';
import { chooseMigrations } from '@planwright/plan';
import type { AnalysisReport, Issue, Target } from '@planwright/spec';
import { asAnnotations } from './analysis/github.js';
import { reportOf } from './analysis/report.js';
import { asSarif } from './analysis/sarif.js';
import { asText } from './analysis/text.js';
import { changedSince } from './changed-since.js';
import { type ChosenProject, chooseProjects } from './choose-projects.js';
import type { Danger } from './commands/analyze.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { InvalidInput, invalid } from './invalid-input.js';
import { printIssues } from './print-issues.js';
import { readText } from './project-files.js';
import { placed, readProjectInput } from './project-input.js';
import { shownPath } from './shown-path.js';
import { readStatsFile } from './stats-file.js';
import type { Terminal } from './terminal.js';

export interface AnalyzeOptions {
  readonly migration?: readonly string[];
  readonly since?: string;
  readonly before?: string;
  readonly format: 'text' | 'json' | 'sarif' | 'github';
  readonly failOn: readonly Danger[];
  readonly targetVersion?: string;
  readonly stats?: string;
  readonly advice?: boolean;
  /** `false` for `--no-transaction`. */
  readonly transaction: boolean;
  readonly all?: boolean;
}

/** Analyses of some migrations, and what messages about them need. */
interface Analysed {
  readonly target: Target;
  readonly analyses: readonly ChangeHazards[];
  readonly issues: readonly Issue[];
  readonly sources: ReadonlyMap<string, string>;
  /** The path of a file as a person would write it here. */
  readonly shown: (file: string) => string;
}

/** `planwright analyze`. */
export async function runAnalyze(terminal: Terminal, paths: readonly string[], options: AnalyzeOptions): Promise<ExitCode> {
  const hazards: HazardOptions = {
    ...(options.targetVersion !== undefined && { version: options.targetVersion }),
    ...(options.stats !== undefined && { stats: await readStatsFile(options.stats) }),
    ...(options.advice && { advice: true }),
  };
  const analysed: Analysed[] = [];
  if (options.before !== undefined || options.transaction === false) analysed.push(await scripts(paths, options, hazards));
  else
    for (const project of await chooseProjects(paths.length > 0 ? paths : ['.'])) {
      if (options.format === 'text') terminal.progress(`analysing ${shownPath(project.folder)} …`);
      analysed.push(await migrations(project, options, hazards));
    }
  const reports = analysed.map(({ target, analyses, issues, shown }) =>
    reportOf(target, analyses, distinct([...issues, ...analyses.flatMap((one) => placedIn(one, shown))]), shown),
  );
  const report = joined(reports);
  const sources = new Map(analysed.flatMap((one) => [...one.sources]));
  print(terminal, report, sources, options);
  if (report.issues.some(({ severity }) => severity !== 'warning')) return exitCode.invalid;
  return report.findings.some(({ verdict, accepted }) => !accepted && options.failOn.some((danger) => danger === verdict)) ? exitCode.findings : exitCode.done;
}

function print(terminal: Terminal, report: AnalysisReport, sources: ReadonlyMap<string, string>, { format, all = false, failOn }: AnalyzeOptions): void {
  // Annotations tell the issues, too.
  if (format !== 'github') printIssues(terminal, report.issues, sources);
  if (format === 'github') terminal.out(asAnnotations(report));
  else if (format === 'json') terminal.out(`${JSON.stringify(report, null, 2)}\n`);
  else if (format === 'sarif') terminal.out(`${JSON.stringify(asSarif(report, rules, ruleDocs), null, 2)}\n`);
  else terminal.out(asText(terminal, report, sources, { all, failOn }));
}

/** Files that belong to no project, after the schema that `--before` makes: one change. */
async function scripts(paths: readonly string[], { before, transaction, format }: AnalyzeOptions, hazards: HazardOptions): Promise<Analysed> {
  if (paths.length === 0) throw invalid('missing-path', 'no file was named', { hint: 'Name the migration files to analyse.' });
  const files = await Promise.all(paths.map(readScript));
  const schema = before === undefined ? undefined : await readScript(before);
  const history = await readScripts({ files, ...(schema && { before: schema }), ...(transaction === false && { transaction: 'none' as const }) });
  const sources = new Map([...files, ...(schema ? [schema] : [])].map(({ path, text }) => [path, text]));
  if (format === 'text' && history.migrations.length === 0)
    return { target: stated(history, hazards), analyses: [], issues: [], sources, shown: (file) => file };
  return {
    target: stated(history, hazards),
    analyses: found(history, paths, hazards, sources),
    issues: schema ? (history.migrations[0]?.issues ?? []) : [],
    sources,
    shown: (file) => file,
  };
}

async function readScript(path: string): Promise<{ readonly path: string; readonly text: string }> {
  const text = await readText(path);
  if (typeof text !== 'string') throw new InvalidInput([text]);
  return { path, text };
}

/** Migrations of a project. Those that are chosen are one change; without a choice each is a change of its own. */
async function migrations({ folder, inside, files: named }: ChosenProject, options: AnalyzeOptions, given: HazardOptions): Promise<Analysed> {
  const { configuration, files, wishes, sources } = await readProjectInput(folder, inside);
  const shown = (file: string) => shownPath(join(folder, file));
  const { target: wished, accept } = configuration.config;
  const hazards: HazardOptions = {
    ...(wished?.version && { version: wished.version }),
    ...(accept && { accept }),
    ...given,
  };
  const history = await readHistory({ files, ...wishes });
  const own = named.filter(
    (file) => !('migrations' in history && history.migrations.some(({ source }) => source.up.path === file || source.down?.path === file)),
  );
  // A file that no framework would apply is analysed alone.
  if (named.length > 0 && own.length === named.length) {
    const alone = await scripts(
      own.map((file) => shownPath(resolve(folder, file))),
      options,
      hazards,
    );
    return alone;
  }
  if (!('migrations' in history))
    throw new InvalidInput(
      placed(history.issues, folder).map((issue) => ({ file: shownPath(folder), ...issue })),
      sources,
    );
  const choice = options.migration
    ? { migrations: options.migration }
    : options.since !== undefined
      ? { changed: [...(await changedSince(folder, options.since))] }
      : named.length > 0
        ? { changed: named }
        : undefined;
  const issues = [...configuration.issues, ...placed(history.issues, folder)];
  const target = stated(history, hazards);
  if (!choice) return { target, analyses: history.migrations.flatMap(({ source }) => found(history, [source.id], hazards, sources)), issues, sources, shown };
  const { chosen, issues: missed } = chooseMigrations(history, choice);
  if (chosen.length === 0 && options.since === undefined) throw new InvalidInput(placed(missed, folder), sources);
  const ids = chosen.map(({ source }) => source.id);
  return { target, analyses: ids.length === 0 ? [] : found(history, ids, hazards, sources), issues, sources, shown };
}

/** The target with the version that the verdicts are for, and how it is known. */
function stated({ project }: History, { version }: HazardOptions): Target {
  if (version !== undefined) return { ...project.target, version, versionBasis: 'given' };
  return { versionBasis: project.target.version === undefined ? 'default' : 'detected', version: String(defaultVersion), ...project.target };
}

function found(history: History, ids: readonly string[], hazards: HazardOptions, sources: ReadonlyMap<string, string>): readonly ChangeHazards[] {
  const analysis = hazardsOf(history, ids, hazards);
  if (!('change' in analysis)) throw new InvalidInput(analysis.issues, sources);
  return [analysis];
}

function placedIn({ issues }: ChangeHazards, shown: (file: string) => string): readonly Issue[] {
  return issues.map((issue) => (issue.file === undefined ? issue : { ...issue, file: shown(issue.file) }));
}

/** Each analysis of a history repeats what is wrong with the project. */
function distinct(issues: readonly Issue[]): readonly Issue[] {
  return [...new Map(issues.map((issue) => [`${issue.code} ${issue.file} ${issue.line} ${issue.column} ${issue.message}`, issue])).values()];
}

function joined(reports: readonly AnalysisReport[]): AnalysisReport {
  const [first, ...others] = reports;
  if (!first) return { target: { database: 'postgresql' }, statements: [], findings: [], issues: [] };
  return others.reduce(
    (one, other) => ({
      target: one.target,
      statements: [...one.statements, ...other.statements],
      findings: [...one.findings, ...other.findings],
      issues: [...one.issues, ...other.issues],
    }),
    first,
  );
}
