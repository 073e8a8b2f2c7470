import type { Change, Issue, Sequence, Snapshot, WrittenMigration } from '@planwright/spec';
import { type HazardOptions, targetFacts, withFindings } from './hazards.js';
import { type History, type HistoryInput, type HistoryMigration, readHistory } from './history.js';
import type { JudgedMigration } from './judged-migration.js';
import { judge, nothingDone } from './judged-statement.js';
import type { Project } from './project.js';
import { safeSequence } from './safe-sequence.js';
import { defaultPace } from './steps/batches.js';
import { around } from './touched-objects.js';
import { writtenDown } from './written-down.js';

export interface AnalyzeInput extends HistoryInput, HazardOptions {
  /** Ids of the migrations that are the change; the newest one if absent. */
  readonly migrations?: readonly string[];
}

/** A change and all that follows from it and the migrations before. */
export interface Analysis {
  readonly project: Project;
  readonly change: Change;
  readonly sequence: Sequence;
  /** The whole schema before the change, and after it; those of `change` hold only what it touches or names. */
  readonly before: Snapshot;
  readonly snapshot: Snapshot;
  /** Of the project, and of the migrations of the change. */
  readonly issues: readonly Issue[];
}

/** What is dangerous about a change, without the sequence that is planned for it. */
export interface ChangeHazards {
  /** The statements with their verdicts, findings and acceptances. */
  readonly change: Pick<Change, 'migrations'>;
  /** Of the project, and of the migrations of the change. */
  readonly issues: readonly Issue[];
}

/** Reads a project's migrations and analyses the newest, or those that are named. What stands in the way is an issue; nothing is thrown for what files say. */
export async function analyze(input: AnalyzeInput): Promise<Analysis | { readonly issues: readonly Issue[] }> {
  const history = await readHistory(input);
  if (!('migrations' in history)) return history;
  return analysisOf(history, input.migrations, input);
}

/** As `analyze`, of a history that has been read already: nothing is parsed again but down files. */
export function analysisOf(history: History, ids?: readonly string[], options: HazardOptions = {}): Analysis | { readonly issues: readonly Issue[] } {
  const judged = judgedChange(history, ids, options);
  if (!('found' in judged)) return judged;
  const { first, last, found, issues } = judged;
  const { sequence, migrations } = safeSequence('postgresql', found, {
    dialect: history.dialect,
    conventions: history.conventions,
    before: first.before,
    after: last.after,
    wishes: {
      ...targetFacts(history.project.target, options),
      ...(options.zeroDowntime === undefined ? {} : { zeroDowntime: options.zeroDowntime }),
      pace: { ...defaultPace, ...options.pace },
    },
  });
  const sides = around(migrations.flatMap(({ statements }) => statements));
  const earlier = history.migrations.indexOf(first);
  return {
    project: history.project,
    change: { migrations: migrations.map(({ written }) => written), before: sides.before, after: sides.after, earlier },
    sequence,
    before: first.before,
    snapshot: last.after,
    issues,
  };
}

/** As `analysisOf`, for those who ask what is dangerous and plan nothing: no way back is written and no safe way looked for. */
export function hazardsOf(history: History, ids?: readonly string[], options: HazardOptions = {}): ChangeHazards | { readonly issues: readonly Issue[] } {
  const judged = judgedChange(history, ids, options);
  if (!('found' in judged)) return judged;
  return { change: { migrations: judged.found.map(({ written }) => written) }, issues: judged.issues };
}

/** The migrations of a change with what rules find in them. */
interface JudgedChange {
  readonly first: HistoryMigration;
  readonly last: HistoryMigration;
  readonly found: readonly JudgedMigration[];
  readonly issues: readonly Issue[];
}

function judgedChange(history: History, ids: readonly string[] | undefined, options: HazardOptions): JudgedChange | { readonly issues: readonly Issue[] } {
  const wanted = ids === undefined ? history.migrations.slice(-1) : history.migrations.filter(({ source }) => ids.includes(source.id));
  const missing = (ids ?? []).filter((id) => !history.migrations.some(({ source }) => source.id === id));
  const [first] = wanted;
  const last = wanted.at(-1);
  if (missing.length > 0 || !first || !last) return { issues: [...history.issues, ...missing.map((id) => unknownMigration(history, id))] };
  const issues: Issue[] = [...history.issues, ...wanted.flatMap((migration) => migration.issues)];
  const target = targetFacts(history.project.target, options);
  let done = nothingDone;
  let number = 1;
  const verdicts = wanted.map((migration): JudgedMigration => {
    const judgement = judge(migration.statements, { done, firstNumber: number, mode: migration.transaction.mode, version: target.version });
    const { statements } = judgement;
    done = judgement.done;
    number += statements.length;
    const down = migration.source.down ? writtenDown(history.dialect, migration.source.down, migration.after) : undefined;
    issues.push(...(down?.issues ?? []));
    const written: WrittenMigration = {
      id: migration.source.id,
      file: migration.source.up.path,
      transaction: migration.transaction.mode,
      ...(down ? { down: down.down } : {}),
      statements: statements.map(({ statement }) => statement),
    };
    return { written, name: migration.source.name, transaction: migration.transaction, statements, before: migration.before };
  });
  const { migrations: found, issues: unused } = withFindings(verdicts, target, options);
  issues.push(...unused);
  return { first, last, found, issues };
}

/** A project's history, and the analysis of each migration as a change of its own, made when it is asked for. */
export interface HistoryAnalysis {
  readonly history: History;
  readonly analyses: () => Generator<readonly [HistoryMigration, Analysis]>;
}

/** Analyses every migration of a project in turn. Each file is parsed once. */
export async function analyzeHistory(input: HistoryInput & HazardOptions): Promise<HistoryAnalysis | { readonly issues: readonly Issue[] }> {
  const history = await readHistory(input);
  if (!('migrations' in history)) return history;
  return {
    history,
    *analyses() {
      for (const migration of history.migrations) {
        const analysis = analysisOf(history, [migration.source.id], input);
        if ('change' in analysis) yield [migration, analysis];
      }
    },
  };
}

function unknownMigration(history: History, id: string): Issue {
  const near = history.migrations.map(({ source }) => source.id).filter((known) => known.includes(id) || known.slice(0, 14) === id.slice(0, 14));
  const newest = history.migrations.at(-1)?.source.id;
  return {
    code: 'unknown-migration',
    message: `There is no migration ${id} among the ${history.migrations.length} of ${history.project.folder || 'the project'}.`,
    hint: near[0] === undefined ? `The newest is ${newest ?? 'none'}.` : `Did you mean ${near[0]}?`,
  };
}
