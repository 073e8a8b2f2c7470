import { analysisOf, defaultVersion, type History, type HistoryMigration, type ProjectWishes, readHistory, type SourceFile } from '@planwright/analyzer';
import type { AcceptedHazard, Answers, Context, Evidence, Issue, TableFacts, Target, TransactionMode } from '@planwright/spec';
import type { LoadOptions } from '@planwright/sql';
import { paceOf } from './batches-of-project.js';
import { type Choice, chooseMigrations } from './choose-migrations.js';
import { type CompleteOptions, completeContext } from './complete-context.js';
import type { RenderInput } from './documents.js';
import { fill, type Origins } from './fill.js';
import { commandsFor } from './framework-commands.js';
import { type Plan, planFromContext } from './plan-from-context.js';
import { projectFacts } from './project-facts.js';
import { secretsOf } from './redact-change.js';
import { writeSql } from './write-sql.js';

export interface PlanInput extends RenderInput, Choice, ProjectWishes {
  /** The project's files: migrations, and what tells their framework. */
  readonly files: readonly SourceFile[];
  /** The history that was read from the files, when the caller has it already: planning each migration of a history reads it once. */
  readonly history?: History;
  /** What people say, over what is derived. Lists are laid over derived ones by id or name; an empty list is an answer. */
  readonly answers?: Answers;
  /** Sizes of tables. */
  readonly stats?: readonly TableFacts[];
  /** Hazards that the project accepts. */
  readonly accept?: readonly AcceptedHazard[];
  /** Tries the plan on a scratch database and says what it saw, or nothing where it could not be tried. Asked before what follows from it is concluded. */
  readonly rehearse?: (what: Rehearsable) => Promise<Evidence | undefined>;
  /** How the grammar is loaded where there is no file system. */
  readonly load?: LoadOptions;
}

/** What a rehearsal is given. */
export interface Rehearsable {
  /** The plan as it is predicted: change, sequence with SQL and ways back, validation queries. */
  readonly context: Context;
  /** The migrations before the change, in the order in which they make its schema. */
  readonly history: readonly EarlierMigration[];
}

/** A migration from before the change. */
export interface EarlierMigration {
  readonly id: string;
  /** Path of its file. */
  readonly file: string;
  readonly transaction: TransactionMode;
  /** Its statements in order, one text each. */
  readonly statements: readonly string[];
}

/** No plan, and why: no migrations, an unknown one, a database that is not analysed. */
export interface NoPlan {
  readonly context?: undefined;
  readonly issues: readonly Issue[];
}

/** A schema change in, a complete migration plan out. Reads no file, clock or environment; the same input gives the same bytes. */
export async function createPlan(input: PlanInput): Promise<Plan | NoPlan> {
  const read = input.history ? { history: input.history } : await historyOf(input);
  if (!('history' in read)) return read;
  const { history } = read;
  const { chosen, issues: missed } = chooseMigrations(history, input);
  const [first] = chosen;
  if (!first) return { issues: [...history.issues, ...missed] };

  const analysis = analysisOf(
    history,
    chosen.map(({ source }) => source.id),
    {
      ...(input.answers?.target?.version && { version: input.answers.target.version }),
      ...(input.answers?.classification?.zeroDowntime !== undefined && { zeroDowntime: input.answers.classification.zeroDowntime }),
      ...(input.answers?.project?.conventions && { pace: paceOf(input.answers.project.conventions) }),
      ...(input.stats && { stats: input.stats }),
      ...(input.accept && { accept: input.accept }),
    },
  );
  if (!('change' in analysis)) return { issues: [...analysis.issues, ...missed] };

  const secrets = secretsOf(chosen);
  const origins: Origins = {};
  const derived: Context = {
    target: targetOf(history.project.target, input.answers),
    project: projectFacts(history, input.files, analysis.before),
    change: secrets.redact(analysis.change),
    sequence: secrets.redact(analysis.sequence),
    ...(input.stats && { tables: { facts: [...input.stats] } }),
  };
  // Answers are validated against the schema by whoever read them: laid over a context they give a context.
  const answered = fill(input.answers ?? {}, derived, '', origins, { lists: 'partial' }) as Context;
  const known = {
    lists: 'partial',
    snapshot: analysis.before,
    framework: history.conventions.framework,
    commands: commandsFor(history, chosen, analysis.change.migrations.some(({ replacedBy }) => replacedBy) ? analysis.sequence : undefined),
  } as const;
  const evidence =
    input.rehearse && (await input.rehearse({ context: await predicted(answered, { ...known, now: input.now }), history: before(history, first) }));
  const plan = await planFromContext(
    { ...answered, ...(evidence && { evidence }), origins: { ...origins, ...(evidence && { '/evidence': 'observed' as const }) } },
    { ...input, ...known },
  );
  return { ...plan, issues: [...analysis.issues, ...secrets.issues, ...missed, ...plan.issues] };
}

/** The version that verdicts rest on is said, and whether somebody gave it: what is assumed stands among the assumptions. */
function targetOf(target: Target, answers: Answers | undefined): Target {
  if (target.version !== undefined) return target;
  return answers?.target?.version === undefined
    ? { ...target, version: String(defaultVersion), versionBasis: 'default' }
    : { ...target, versionBasis: answers.target.versionBasis ?? 'given' };
}

/** The plan without a rehearsal: its validation queries are part of what is rehearsed. */
async function predicted(context: Context, options: CompleteOptions): Promise<Context> {
  const { migrations } = writeSql(context);
  return (await completeContext({ ...context, sequence: { ...context.sequence, migrations } }, options)).context;
}

function before({ migrations }: History, first: HistoryMigration): readonly EarlierMigration[] {
  return migrations.slice(0, migrations.indexOf(first)).map(({ source, transaction, statements }) => ({
    id: source.id,
    file: source.up.path,
    transaction: transaction.mode,
    statements: statements.map(({ sql }) => sql),
  }));
}

async function historyOf(input: PlanInput): Promise<{ readonly history: History } | { readonly issues: readonly Issue[] }> {
  const result = await readHistory(input);
  return 'migrations' in result ? { history: result } : { issues: result.issues };
}
