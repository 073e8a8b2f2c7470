import type { Context, Duration, Gate, PlannedMigration, Step, Verdicts, Verification } from '@planwright/spec';
import { named } from '../names.js';
import type { Survey } from '../survey.js';
import { counted, distinct, listed } from '../words.js';
import { basisOf } from './duration.js';
import { tableOf } from './migration-title.js';
import { ranges } from './ranges.js';
import { worstVerdicts } from './verdicts.js';

/** The acts of the run: checks first, then migrations, adjacent ones of one phase together, and the gates between them. */
export function steps(survey: Survey, context: Context): Step[] {
  const gates = context.sequence?.gates ?? [];
  const result: Step[] = [first(survey, context)];
  let run = 1;
  for (const group of groups(survey.migrations, gates, context.framework?.runsTogether === true)) {
    for (const gate of gates.filter(({ before }) => before === group[0]?.id)) {
      if (gate.wait !== undefined) run++;
      result.push({ ...gateStep(gate), ...(run > 1 && { run }) });
    }
    result.push({ ...migrationStep(group, survey, context), ...(run > 1 && { run }) });
    for (const gate of gates.filter(({ before, after }) => before === undefined && after === group.at(-1)?.id))
      result.push({ ...gateStep(gate), ...(run > 1 && { run }) });
  }
  return result;
}

/**
 * Adjacent migrations that share phase and gate. What runs outside a transaction, reads or moves all rows or can't be undone stands alone, and so does what must be
 * verified before the next one runs; and everything where those that are applied `together` would share one transaction, and hold each other's locks.
 */
function groups(migrations: readonly PlannedMigration[], gates: readonly Gate[], together: boolean): PlannedMigration[][] {
  const result: PlannedMigration[][] = [];
  for (const migration of migrations) {
    const open = result.at(-1);
    const neighbour = open?.at(-1);
    const joins =
      !together &&
      neighbour !== undefined &&
      neighbour.phase === migration.phase &&
      (migration.gateBefore === undefined || neighbour.gateBefore === migration.gateBefore) &&
      !gates.some(({ before, after }) => before === migration.id || after === neighbour.id) &&
      ![neighbour, migration].some(
        (one) =>
          one.transaction === 'none' ||
          one.phase === 'migrate' ||
          one.reversibility?.kind === 'irreversible' ||
          [...(one.verdicts?.lock?.scans ?? []), ...(one.verdicts?.lock?.rewrites ?? [])].length > 0,
      ) &&
      !(open ?? []).some((earlier) => mustBeAskedBefore(earlier, migration));
    if (joins && open) open.push(migration);
    else result.push([migration]);
  }
  return result;
}

/** Whether the queries of a migration can't wait until a later one has run: that one takes away what they find, or fails on the rows that they count. */
function mustBeAskedBefore({ validation: asked = [] }: PlannedMigration, { validation: later = [] }: PlannedMigration): boolean {
  return asked.some(
    ({ check, objects = [] }) =>
      check === 'nulls' ||
      later.some((one) => (one.check === 'absent') !== (check === 'absent') && (one.objects ?? []).some((object) => objects.includes(object))),
  );
}

function first(survey: Survey, context: Context): Step {
  const preflight = (context.validation ?? []).filter((query) => query.when === 'pre-flight');
  const created = new Set(
    survey.planned.flatMap(({ operation }) =>
      operation.type === 'createTable'
        ? [named(operation.table)]
        : operation.type === 'renameTable'
          ? [named({ ...(operation.schema !== undefined && { schema: operation.schema }), table: operation.to })]
          : [],
    ),
  );
  const existing = distinct(
    survey.planned.flatMap(({ operation }) => {
      const table = tableOf(operation);
      return table && !created.has(table) ? [table] : [];
    }),
  );
  const backup = context.prerequisites?.find(({ kind }) => kind === 'backup')?.backup;
  const spacious = distinct(survey.planned.flatMap(({ effect }) => (effect.work && !effect.work.startsWith('a check') ? [effect.work] : [])));
  const unread = survey.planned.some(({ operation }) => operation.type === 'unknown');
  return {
    id: 's-preflight',
    title: 'Pre-migration validation',
    kind: 'check',
    actions: [
      `Backup${backup?.id ? ` ${backup.id}` : ''}: complete, and restorable by ${backup?.restoreTest ? `the restore test of ${backup.restoreTest}` : 'its last restore test'}`,
      ...(existing.length > 0 ? [`Row counts of ${listed(existing)} recorded`] : []),
      spacious.length > 0
        ? `Disk: room, beside the data that is there, for ${listed(spacious)}`
        : `Disk: free space checked; ${unread ? 'what the change writes was not analysed' : 'the change itself writes little'}`,
      ...(preflight.length > 0
        ? [
            `Pre-flight ${preflight.length === 1 ? 'query' : 'queries'} ${preflight.length < 3 ? listed(preflight.map(({ id }) => id)) : `${preflight[0]?.id} to ${preflight.at(-1)?.id}`} asked`,
          ]
        : []),
    ],
    verification:
      preflight.length > 0
        ? preflight.map((query): Verification => ({ query: query.id, expected: query.expected }))
        : [{ text: 'every check above passes, or stop' }],
    impact: 'None (it only reads)',
  };
}

function gateStep(gate: Gate): Step {
  return {
    id: `s-${gate.id}`,
    title: `${titleOf(gate)} (gate ${gate.id})`,
    kind: gate.release ? 'deploy' : 'wait',
    gate: gate.id,
    ...(gate.release && { release: gate.release }),
    actions: [gate.title, ...(gate.conditions ?? []).map((condition) => `Condition: ${condition}`)],
    verification: [
      {
        text: gate.retires
          ? `no process of ${gate.retires} is left`
          : gate.release
            ? `${gate.release} runs everywhere and reports no error`
            : 'the conditions hold',
      },
    ],
    impact: gate.retires && !gate.release ? 'users notice: no release runs until the next one is started' : 'none on the schema',
  };
}

/** What the times rest on, where they rest on one thing. */
function sourceOf(durations: readonly (Duration | undefined)[]): Pick<Duration, 'from'> {
  const [from, second] = distinct(durations.flatMap((one) => one?.from ?? []));
  return from !== undefined && second === undefined ? { from } : {};
}

function titleOf(gate: Gate): string {
  if (gate.release) return `Deploy ${gate.release}`;
  return gate.retires ? `Stop ${gate.retires}` : gate.wait !== undefined ? `Wait ${counted(gate.wait, 'day')}` : 'Pass';
}

function migrationStep(group: readonly PlannedMigration[], survey: Survey, context: Context): Step {
  const ids = group.map(({ id }) => id);
  const data = (context.dataMigrations ?? []).filter(({ migration }) => migration !== undefined && ids.includes(migration));
  const queries = [
    ...(context.validation ?? []).filter((query) => query.when === 'after backfill' && query.migration !== undefined && ids.includes(query.migration)),
    ...group.flatMap((migration) => migration.validation ?? []),
  ];
  const verdicts: Verdicts = worstVerdicts(
    group.map((migration) => migration.verdicts ?? {}),
    { statements: group.map(({ statements }) => statements.length), inTurn: true },
  );
  const durations = group.map(({ duration }) => duration);
  const known = durations.every((duration) => duration !== undefined);
  const sum = (bound: 'min' | 'max') => durations.reduce((total, duration) => total + (duration?.[bound] ?? 0), 0);
  const applies = (context.commands ?? []).filter(({ purpose, scope }) => purpose === 'apply' && scope !== 'development');
  const all = applies.find(({ alone }) => !alone);
  const irreversible = group.some(({ reversibility }) => reversibility?.kind === 'irreversible');
  return {
    id: `s-${ids[0]}`,
    title:
      group.length === 1
        ? (group[0]?.title ?? `Run ${ids[0]}`)
        : `Run ${ranges(
            ids,
            survey.migrations.map(({ id }) => id),
          )}`,
    ...(irreversible ? { qualifier: 'no way back' } : {}),
    kind: data.length > 0 && group.every(({ phase }) => phase === 'migrate') ? 'data migration' : 'migration',
    migrations: ids,
    ...(known && durations.length > 0 && { duration: { min: sum('min'), max: sum('max'), basis: basisOf(durations), ...sourceOf(durations) } }),
    actions: [
      ...group.flatMap((migration) => {
        const own = applies.find((one) => one.alone && one.migration === migration.id);
        const what = `${migration.id}${migration.file ? `: \`${migration.file}\`` : ''}`;
        return own ? [`Run ${what}`, `\`${own.command}\``] : [`${all ? 'Deploy' : 'Run'} ${what}`];
      }),
      ...(all ? [`\`${all.command}\``] : []),
      ...data.flatMap((one) => (one.progress ? [`Watch the progress: ${one.progress}`] : [])),
    ],
    verification:
      queries.length > 0
        ? queries.map((query): Verification => ({ query: query.id, expected: query.expected }))
        : [
            {
              text: group.some(({ statements }) => statements.some(({ operations }) => operations.some(({ type }) => type === 'unknown')))
                ? 'no error is reported; what was not analysed has no query of its own'
                : 'no error is reported',
            },
          ],
    ...(Object.keys(verdicts).length > 0 && { verdicts }),
    ...(context.testing?.functions?.length && { functions: context.testing.functions }),
    ...(irreversible && survey.migrations.length > 1 && group.every(({ phase }) => phase === 'cleanup') && { optional: true }),
  };
}
