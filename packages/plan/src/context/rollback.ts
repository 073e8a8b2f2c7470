import { say } from '@planwright/renderer';
import type { Context, PlannedMigration, Rollback, RollbackPoint, RollbackProcedure, RollbackTrigger } from '@planwright/spec';
import type { Survey } from '../survey.js';
import { distinct, listed } from '../words.js';
import { migrationsNamed } from './ranges.js';

/** The ways back: what is possible after each step, the named procedures, and what starts them. Triggers that are metrics stand with the metrics. */
export function rollback(survey: Survey, context: Context): Rollback {
  const noReturn = survey.migrations.find(({ reversibility }) => reversibility?.kind === 'irreversible')?.id;
  return {
    points: points(survey, context),
    triggers: triggers(survey, context),
    procedures: procedures(survey, context),
    ...(noReturn && { pointOfNoReturn: noReturn }),
  };
}

function points(survey: Survey, context: Context): RollbackPoint[] {
  const all = survey.migrations.map(({ id }) => id);
  const done: PlannedMigration[] = [];
  let release: string | undefined;
  let closed = false;
  return (context.steps ?? []).map((step): RollbackPoint => {
    done.push(...survey.migrations.filter(({ id }) => step.migrations?.includes(id)));
    const gate = context.sequence?.gates?.find(({ id }) => id === step.gate);
    if (gate?.retires) release = gate.retires;
    if (done.length === 0) return { step: step.id, verdict: 'safe', action: release ? `Deploy ${release} again.` : 'Nothing was changed.' };
    const irreversible = done.filter(({ reversibility }) => reversibility?.kind === 'irreversible');
    const losses = distinct(done.flatMap(({ reversibility }) => reversibility?.loses ?? []));
    const conditions = done.flatMap(({ reversibility }) => (reversibility?.condition ? [reversibility] : []));
    const basis = done.some(({ reversibility }) => reversibility?.basis !== 'observed') ? ('predicted' as const) : ('observed' as const);
    if (irreversible.length > 0) {
      const reason = distinct(irreversible.map(({ reversibility }) => reversibility?.reason ?? 'it cannot be undone')).join('; ');
      const point: RollbackPoint = {
        step: step.id,
        verdict: 'not possible',
        reason,
        action: 'Restore, or Repair forward.',
        ...(closed ? {} : { pointOfNoReturn: true }),
        basis,
      };
      closed = true;
      return point;
    }
    const newestFirst = [...done].reverse().map(({ id }) => id);
    const back = `Take back ${migrationsNamed(newestFirst, all)}${newestFirst.length > 1 ? ', newest first' : ''}.`;
    // A release that needs what is taken back must be gone before it is.
    const action = release ? `${back} Then deploy ${release} again.` : back;
    return {
      step: step.id,
      verdict: losses.length > 0 ? 'with data loss' : 'safe',
      ...(losses.length > 0 && { loses: losses }),
      action,
      ...(conditions.length > 0 && { condition: listed(distinct(conditions.map(({ condition }) => condition ?? ''))) }),
      ...(conditions.length === 1 && conditions[0]?.query && { query: conditions[0].query }),
      basis,
    };
  });
}

function triggers(survey: Survey, context: Context): RollbackTrigger[] {
  const functions = context.testing?.functions ?? [];
  const backfills = (context.validation ?? []).filter((query) => query.when === 'after backfill').map(({ id }) => id);
  const after = survey.migrations.flatMap((migration) => (migration.validation ?? []).map(({ id }) => id));
  const irreversible = survey.migrations.some(({ reversibility }) => reversibility?.kind === 'irreversible');
  return [
    ...(functions.length > 0
      ? [{ id: 'functionality', kind: 'functionality' as const, text: functions.join(', '), procedure: irreversible ? 'Repair forward' : 'Roll back schema' }]
      : []),
    ...(backfills.length > 0
      ? [{ id: 'backfill', kind: 'data' as const, text: `${listed(backfills, 'or')} is not as expected`, procedure: 'Repair forward' }]
      : []),
    ...(after.length > 0
      ? [
          {
            id: 'schema',
            kind: 'data' as const,
            text: `${after.length > 2 ? `one of ${after[0]} to ${after.at(-1)}` : listed(after, 'or')} is not as expected`,
            procedure: 'Stop',
          },
        ]
      : []),
  ];
}

function procedures(survey: Survey, context: Context): RollbackProcedure[] {
  return [stop(survey), schema(survey, context), restore(survey), ...repair(survey, context)];
}

function stop({ migrations, database }: Survey): RollbackProcedure {
  const all = migrations.map(({ id }) => id);
  const atomic = database === 'mysql' ? [] : migrations.filter(({ transaction }) => transaction === 'transactional').map(({ id }) => id);
  const loose = migrations.filter(({ transaction, id }) => transaction === 'none' || (database === 'mysql' && !atomic.includes(id)));
  const left = migrations.flatMap(({ id, leftover }) =>
    leftover
      ? [
          `Migration ${id} may leave ${leftover.what}.${leftover.detect ? ` It shows in: \`${leftover.detect}\`.` : ''}${leftover.remove ? ` Remove it: \`${leftover.remove}\`.` : ''}`,
        ]
      : [],
  );
  return {
    name: 'Stop',
    kind: 'stop',
    actions: [
      'Cancel the migration that runs, and deploy nothing more.',
      ...(atomic.length > 0
        ? [
            `${migrationsNamed(atomic, all)} ${atomic.length === 1 ? 'runs' : 'run'} in one transaction${atomic.length === 1 ? '' : ' each'}: cancelled, ${atomic.length === 1 ? 'it leaves' : 'they leave'} nothing behind.`,
          ]
        : []),
      ...(loose.length > 0
        ? [
            `${migrationsNamed(
              loose.map(({ id }) => id),
              all,
            )}: statements that have finished stay done${database === 'mysql' ? ', because MySQL commits at each DDL statement' : ''}.`,
          ]
        : []),
      ...left,
      'Ask the verification queries of the last finished step again.',
    ],
  };
}

function schema({ migrations }: Survey, context: Context): RollbackProcedure {
  const all = migrations.map(({ id }) => id);
  const irreversible = migrations.filter(({ reversibility }) => reversibility?.kind === 'irreversible');
  const reversible = [...migrations].reverse().filter((migration) => !irreversible.includes(migration));
  const losses = distinct(migrations.flatMap(({ reversibility }) => (reversibility?.kind === 'irreversible' ? [] : (reversibility?.loses ?? []))));
  const conditions = reversible.flatMap(({ id, reversibility }) =>
    reversibility?.condition ? [`Migration ${id} only ${reversibility.condition}${reversibility.query ? `: \`${reversibility.query}\` returns 0` : ''}.`] : [],
  );
  const retires = context.sequence?.gates?.find((gate) => gate.retires)?.retires;
  const sql = reversible.flatMap((migration) => downOf(migration, reversible.length > 1)).join('\n');
  const usable = (context.commands ?? []).filter(({ purpose, scope }) => purpose === 'rollback' && scope !== 'development');
  const own = reversible.flatMap(({ id }) => usable.find(({ migration }) => migration === id) ?? []);
  // One that runs a single file stands beside the others, and one that counts takes back whatever was applied last; else the newest that can go back begins.
  const last = usable.find(({ migration, counts }) => counts && migration === all.at(-1));
  const first = own.length > 1 && last ? { ...last, note: 'once for each migration that was applied' } : own[0];
  const commands = own.some(({ alone }) => alone) ? own : [first ?? usable.find(({ migration }) => migration === undefined)].flatMap((one) => one ?? []);
  return {
    name: 'Roll back schema',
    kind: 'schema',
    actions: [
      ...(reversible.length > 0
        ? [
            `Take back ${migrationsNamed(
              reversible.map(({ id }) => id),
              all,
            )}${reversible.length > 1 ? ', newest first, as far as the step reached' : ''}.`,
          ]
        : []),
      ...commands.map(({ command, note }) => `\`${command}\`${note ? ` (${note.replace(/\.$/, '').replace(/^The /, 'the ')})` : ''}.`),
      ...conditions,
      ...(losses.length > 0 ? [`It loses ${listed(say.losses(losses))}.`] : []),
      ...irreversible.map(({ id, reversibility }) => `Migration ${id} can't be taken back: ${reversibility?.reason ?? 'it is irreversible'}.`),
      ...(retires && reversible.length > 0 ? [`Then deploy ${retires} again.`] : []),
      ...(context.framework?.goingBack && commands.length === 0 ? [context.framework.goingBack] : []),
    ],
    ...(sql !== '' && irreversible.length === 0 && { sql }),
  };
}

/** The way back of one migration. Among several each says where it begins and whether it runs in one transaction: what cannot must not meet those that do. */
function downOf({ id, statements, reversibility }: PlannedMigration, among: boolean): string[] {
  const downs = [...statements].reverse().flatMap(({ down }) => (down ? [`${down};`] : []));
  if (downs.length === 0 || !among) return downs;
  return [`-- Migration ${id}, ${reversibility?.transaction === 'none' ? 'no transaction: each statement commits by itself' : 'one transaction'}`, ...downs];
}

function restore({ migrations }: Survey): RollbackProcedure {
  return {
    name: 'Restore',
    kind: 'restore',
    actions: [
      'Stop all writes.',
      'Restore the backup of Step 1 to a time before the damage; every write since then is lost unless it can be replayed.',
      `Run no down migration afterwards: a restore from before ${migrations.length === 1 ? 'the migration' : 'the first migration'} brings the old schema with it.`,
      'Look which migrations the restored database lists as applied, then start the release that fits it.',
    ],
  };
}

function repair(survey: Survey, context: Context): RollbackProcedure[] {
  const backfills = (context.validation ?? []).filter((query) => query.when === 'after backfill');
  const irreversible = survey.migrations.filter(({ reversibility }) => reversibility?.kind === 'irreversible').map(({ id }) => id);
  const all = survey.migrations.map(({ id }) => id);
  const release = context.sequence?.gates?.find((gate) => gate.release)?.release;
  const actions = [
    ...backfills.map((query) => `${query.id} not as expected: run the data statement of Migration ${query.migration} again, then ask ${query.id} again.`),
    ...(irreversible.length > 0 ? [`Correct in a new migration what ${migrationsNamed(irreversible, all)} did; the damage stays until it has run.`] : []),
    ...(release ? [`When a process of the old release is left, stop it and deploy ${release}.`] : []),
  ];
  return actions.length > 0 ? [{ name: 'Repair forward', kind: 'repair', actions }] : [];
}
