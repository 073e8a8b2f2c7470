import type { Context, Evidence, PlannedMigration, ValidationQuery, WrittenMigration } from '@planwright/spec';
import { observedDuration } from './duration.js';
import { heldBefore } from './held-before.js';
import { observedLock } from './lock.js';
import { completedDown, observedReversibility } from './reversibility.js';
import { runsOf } from './runs.js';

/** The context with what its rehearsal saw in the place of what was predicted; itself where there was none. Asked before the parts are completed, which rest on it. */
export function withObservations(context: Context): Context {
  const { evidence } = context;
  return evidence?.migrations ? seenBy(evidence, context) : context;
}

function seenBy(evidence: Evidence, context: Context): Context {
  const { change, sequence } = context;
  const runs = runsOf(context, evidence);
  return {
    ...context,
    change: { ...change, migrations: change.migrations.map(written) },
    ...(sequence && { sequence: { ...sequence, ...endDifferences(context), migrations: sequence.migrations.map(planned) } }),
  };

  function written(migration: WrittenMigration): WrittenMigration {
    const statements = migration.statements.map((statement) => {
      const run = statement.id === undefined ? undefined : runs.written.get(statement.id);
      return run ? { ...statement, ...observedLock(statement, run.seen, run.held) } : statement;
    });
    return { ...migration, statements };
  }

  function planned(migration: PlannedMigration): PlannedMigration {
    const run = runs.planned.get(migration.id);
    if (!run) return migration;
    // Statements without SQL did not run, so the evidence has nothing in their place.
    let place = 0;
    const held = heldBefore(run, migration.transaction ?? 'transactional');
    const statements = migration.statements.map((statement) => {
      if (statement.sql === undefined) return statement;
      const seen = run.statements[place++];
      return seen && seen.sql === statement.sql ? { ...statement, ...observedLock(statement, seen, held.get(seen)) } : statement;
    });
    return {
      ...migration,
      statements: [...completedDown(statements, migration.id, evidence)],
      ...observedReversibility(migration, evidence.comparisons ?? []),
      ...observedDuration(migration, run, evidence),
    };
  }
}

/** Where the sequence ends elsewhere than the change. */
function endDifferences({ evidence, sequence }: Context): { readonly differences?: string[] } {
  const end = evidence?.comparisons?.find(({ kind }) => kind === 'same end');
  if (!end?.differences?.length) return {};
  const predicted = sequence?.differences ?? [];
  const fresh = end.differences.filter((text) => !predicted.some((known) => isSame(known, text)));
  return { differences: [...new Set([...predicted, ...fresh])] };
}

/** Whether a difference that was seen is one that was predicted: the order of a table's columns is said in other words. */
function isSame(predicted: string, seen: string): boolean {
  const table = /^table (`[^`]+`): the columns stand in another order/.exec(seen)?.[1];
  return predicted === seen || (table !== undefined && predicted.startsWith(`The columns of ${table} stand in another order`));
}

/** The context with what its validation queries answered. Asked once the queries are there. */
export function withAnswers(context: Context): Context {
  const answers = new Map((context.evidence?.queries ?? []).flatMap(({ query, observed, error }) => (error === undefined ? [[query, observed] as const] : [])));
  if (answers.size === 0) return context;
  const answered = (query: ValidationQuery): ValidationQuery => {
    const observed = answers.get(query.id);
    return observed === undefined ? query : { ...query, observed };
  };
  return {
    ...context,
    ...(context.validation && { validation: context.validation.map(answered) }),
    ...(context.sequence && {
      sequence: {
        ...context.sequence,
        migrations: context.sequence.migrations.map((migration) =>
          migration.validation ? { ...migration, validation: migration.validation.map(answered) } : migration,
        ),
      },
    }),
  };
}
