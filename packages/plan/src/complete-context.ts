import type { Command, Context, Framework, Issue, PlannedMigration, Snapshot } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import { asWritten } from './context/as-written.js';
import { assumptions } from './context/assumptions.js';
import { breaking } from './context/breaking.js';
import { classification } from './context/classification.js';
import { dataMigrations } from './context/data-migrations.js';
import { gates } from './context/gates.js';
import { log } from './context/log.js';
import { monitoring } from './context/monitoring.js';
import { naming } from './context/naming.js';
import { pattern } from './context/pattern.js';
import { plannedMigrations } from './context/planned-migrations.js';
import { prerequisites } from './context/prerequisites.js';
import { questions } from './context/questions.js';
import { references } from './context/references.js';
import { releases } from './context/releases.js';
import { reversibilities } from './context/reversibility.js';
import { risks } from './context/risks.js';
import { rollback } from './context/rollback.js';
import { security } from './context/security.js';
import { ordered, sequenceOf } from './context/sequence.js';
import { steps } from './context/steps.js';
import { subtasks } from './context/subtasks.js';
import { tables } from './context/tables.js';
import { tasks } from './context/tasks.js';
import { testing } from './context/testing.js';
import { timeline } from './context/timeline.js';
import { validation } from './context/validation.js';
import { contradictions } from './contradictions.js';
import { type FillOptions, fill, type Origins, originAt } from './fill.js';
import { surveyOf } from './survey.js';

export interface CompleteOptions extends FillOptions {
  /** The schema before the change; default `context.change.before`. */
  readonly snapshot?: Snapshot;
  /** What readers must know of the framework, by its conventions. */
  readonly framework?: Framework;
  /** The framework's commands, by its conventions. */
  readonly commands?: readonly Command[];
  /** The clock, ISO 8601 with zone. */
  readonly now: string;
}

export interface Completed {
  readonly context: Context;
  readonly issues: readonly Issue[];
  readonly origins: Readonly<Origins>;
}

/**
 * Fills every computed part of a context that is absent. Given values stay; one that contradicts the computed value is an issue. What nobody can compute
 * (owners, dates, baselines, durations) stays absent: a template asks for it. `context.origins` says where each part came from.
 */
export async function completeContext(given: Context, options: CompleteOptions): Promise<Completed> {
  const origins: Origins = { ...given.origins };
  const quoting = writerOf(given.target.database);
  const issues: Issue[] = [];
  let context: Context = given;
  const add = <Part extends keyof Context>(part: Part, derived: Context[Part]): void => {
    const value = fill(given[part], derived, `/${part}`, origins, options);
    // `fill` returns the given part, the derived one, or both as one: each of the part's type.
    if (value !== undefined) context = { ...context, [part]: value as Context[Part] };
  };

  // The sequence comes first: everything else speaks of it.
  context = { ...context, sequence: given.sequence ?? sequenceOf(given.change) };
  const { migrations, cycle } = ordered(context.sequence?.migrations ?? []);
  if (cycle.length > 0)
    issues.push({
      code: 'cyclic-dependency',
      pointer: '/sequence/migrations',
      message: `The migrations ${cycle.join(', ')} depend on each other in a circle.`,
      hint: 'Correct dependsOn: a migration can only need earlier ones.',
    });
  context = { ...context, sequence: { ...context.sequence, migrations } };

  const bare = surveyOf(context, options.snapshot);
  const reversibility = analysed(given) ? new Map() : reversibilities(bare);
  const planned = plannedMigrations(bare, context, quoting, reversibility);
  const complete = migrations.map((migration, position) => filledMigration(migration, planned[position], position));
  const computedGates = gates(surveyOf({ ...context, sequence: { ...context.sequence, migrations: complete } }, options.snapshot));
  const allGates = context.sequence?.gates ?? computedGates;
  if (!given.sequence) origins['/sequence'] = 'derived';
  if (!context.sequence?.gates && allGates.length > 0) origins['/sequence/gates'] = 'derived';
  const gated = complete.map((migration) => {
    const gate = allGates.find(({ before }) => before === migration.id);
    return gate && !migration.gateBefore ? { ...migration, gateBefore: gate.id } : migration;
  });
  context = { ...context, sequence: { ...context.sequence, migrations: gated, ...(allGates.length > 0 && { gates: allGates }) } };
  const survey = surveyOf(context, options.snapshot);

  const name = naming(context.change, gated);
  add('title', name.title);
  add('slug', name.slug);
  add('dates', { generated: options.now, plan: options.now.slice(0, 10) });
  add('sessions', [{ date: options.now.slice(0, 10) }]);
  add('framework', options.framework);
  add('commands', options.commands ? [...options.commands] : undefined);
  add('tables', tables(survey, context));
  const computedClassification = classification(survey, context);
  add('classification', computedClassification);
  const { change, migrations: queries } = validation(survey, context, quoting);
  add('validation', change);
  context = {
    ...context,
    sequence: { ...context.sequence, migrations: gated.map((migration) => ({ ...migration, validation: queries.get(migration.id) ?? [] })) },
  };

  const settled = surveyOf(context, options.snapshot);
  add('dataMigrations', dataMigrations(settled, context));
  add('breaking', breaking(settled, context));
  add('releases', releases(settled, context));
  add('pattern', pattern(settled, context));
  add('security', security(settled, context));
  add('testing', testing(context));
  add('prerequisites', prerequisites(settled, context));
  add('questions', questions(settled, context));
  add('tasks', tasks(settled, context));
  add('subtasks', subtasks(settled, context));
  add('steps', steps(settled, context));
  const computedRollback = rollback(settled, context);
  add('rollback', computedRollback);
  add('monitoring', monitoring(settled, context));
  add('risks', risks(settled, context));
  const computedTimeline = timeline(settled, context);
  add('timeline', computedTimeline);
  add('asWritten', asWritten(context));
  add('log', log(context, options.now));
  add('references', references(settled, context, options.framework));
  add('assumptions', assumptions(context));
  add('stage', { name: 'Migration Plan', output: 'migration-plan.md', reviewer: 'DBA' });

  // What an analysis has derived is no claim of a person's.
  issues.push(
    ...contradictions(given, { classification: computedClassification, timeline: computedTimeline, rollback: computedRollback, reversibility }, settled).filter(
      ({ code, pointer }) => code !== 'contradicts-computed' || originAt(pointer ?? '', given.origins ?? {}) !== 'derived',
    ),
  );
  const told = Object.keys(origins);
  for (const part of Object.keys(given)) {
    const pointer = `/${part}`;
    if (part !== 'origins' && !told.some((one) => one === pointer || one.startsWith(`${pointer}/`))) origins[pointer] = 'given';
  }
  const kept = withoutShadowed(origins);
  return { context: { ...context, origins: kept }, issues, origins: kept };

  function filledMigration(migration: PlannedMigration, derived: PlannedMigration | undefined, position: number): PlannedMigration {
    // Statements are one to one with the derived ones: their verdicts are laid under the given ones.
    const statements = migration.statements.map((statement, index) => derived?.statements[index] ?? statement);
    const own = given.sequence ? origins : {};
    const filled = fill(
      { ...migration, statements: undefined },
      { ...derived, statements: undefined },
      `/sequence/migrations/${position}`,
      own,
    ) as PlannedMigration;
    return { ...filled, statements };
  }
}

/** Whether an analysis has said of every migration what its way back loses. */
function analysed({ sequence, origins = {} }: Context): boolean {
  return (
    sequence?.migrations.every(
      ({ reversibility }, position) => reversibility && originAt(`/sequence/migrations/${position}/reversibility`, origins) === 'derived',
    ) ?? false
  );
}

/** One entry for a subtree of one origin: what an entry above says already is left out. */
function withoutShadowed(origins: Origins): Origins {
  const above = (pointer: string): Origins[string] | undefined => {
    const parent = pointer.slice(0, pointer.lastIndexOf('/'));
    return parent === '' ? undefined : (origins[parent] ?? above(parent));
  };
  return Object.fromEntries(
    Object.entries(origins)
      .filter(([pointer, origin]) => above(pointer) !== origin)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
