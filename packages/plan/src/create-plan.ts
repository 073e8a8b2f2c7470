import { analysisOf, type History, type ProjectWishes, readHistory, type SourceFile } from '@planwright/analyzer';
import type { AcceptedHazard, Answers, Context, Evidence, Issue, TableFacts } from '@planwright/spec';
import type { LoadOptions } from '@planwright/sql';
import { type Choice, chooseMigrations } from './choose-migrations.js';
import type { RenderInput } from './documents.js';
import { fill, type Origins } from './fill.js';
import { commandsFor } from './framework-commands.js';
import { type Plan, planFromContext } from './plan-from-context.js';
import { projectFacts } from './project-facts.js';
import { secretsOf } from './redact-change.js';

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
  /** Tries the plan on a scratch database and says what it saw. */
  readonly rehearse?: (context: Context) => Promise<Evidence>;
  /** How the grammar is loaded where there is no file system. */
  readonly load?: LoadOptions;
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
  if (chosen.length === 0) return { issues: [...history.issues, ...missed] };

  const analysis = analysisOf(
    history,
    chosen.map(({ source }) => source.id),
    {
      ...(input.answers?.target?.version && { version: input.answers.target.version }),
      ...(input.answers?.classification?.zeroDowntime !== undefined && { zeroDowntime: input.answers.classification.zeroDowntime }),
      ...(input.stats && { stats: input.stats }),
      ...(input.accept && { accept: input.accept }),
    },
  );
  if (!('change' in analysis)) return { issues: [...analysis.issues, ...missed] };

  const secrets = secretsOf(chosen);
  const origins: Origins = {};
  const derived: Context = {
    target: history.project.target,
    project: projectFacts(history, input.files, analysis.before),
    change: secrets.redact(analysis.change),
    sequence: secrets.redact(analysis.sequence),
    ...(input.stats && { tables: { facts: [...input.stats] } }),
  };
  // Answers are validated against the schema by whoever read them: laid over a context they give a context.
  const answered = fill(input.answers ?? {}, derived, '', origins, { lists: 'partial' }) as Context;
  const evidence = input.rehearse ? await input.rehearse(answered) : undefined;
  const plan = await planFromContext(
    { ...answered, ...(evidence && { evidence }), origins: { ...origins, ...(evidence && { '/evidence': 'observed' as const }) } },
    { ...input, lists: 'partial', snapshot: analysis.before, framework: history.conventions.framework, commands: commandsFor(history, chosen) },
  );
  return { ...plan, issues: [...analysis.issues, ...secrets.issues, ...missed, ...plan.issues] };
}

async function historyOf(input: PlanInput): Promise<{ readonly history: History } | { readonly issues: readonly Issue[] }> {
  const result = await readHistory(input);
  return 'migrations' in result ? { history: result } : { issues: result.issues };
}
