import type { Context, Gate, PlannedMigration, Task } from '@planwright/spec';
import { named } from '../names.js';
import type { Act, Survey } from '../survey.js';
import { counted, distinct, listed } from '../words.js';
import { migrationTitle, tableOf } from './migration-title.js';

/** Tasks by id: one for each migration, model and gate, and for each data migration that runs outside a migration. */
export function tasks(survey: Survey, context: Context): Task[] {
  const migrationIds = new Map(survey.migrations.map((migration, position) => [migration.id, taskId(Math.min(position, mostMigrations - 1), 1, 9)]));
  const gateIds = new Map((context.sequence?.gates ?? []).map((gate, position) => [gate.id, taskId(position, 20, 10)]));
  const migrations = survey.migrations
    .slice(0, mostMigrations)
    .map((migration, position) => migrationTask(migration, position === mostMigrations - 1 ? survey.migrations.slice(position) : [migration]));
  return [...migrations, ...models(), ...gateTasks(), ...scripts()].sort((a, b) => (a.id < b.id ? -1 : 1));

  function migrationTask(migration: PlannedMigration, covered: readonly PlannedMigration[]): Task {
    const acts = survey.planned.filter((act) => covered.some(({ id }) => id === act.migration.id));
    const operations = acts.map((act) => act.operation);
    const tables = distinct(operations.flatMap((operation) => tableOf(operation) ?? []));
    const own = migrationIds.get(migration.id) ?? '';
    const dependsOn = distinct(
      covered.flatMap(({ dependsOn: ids, gateBefore }) => [
        ...(ids ?? []).flatMap((id) => migrationIds.get(id) ?? []),
        ...(gateBefore ? [gateIds.get(gateBefore) ?? ''] : []),
      ]),
    ).filter((id) => id !== '' && id !== own);
    const criteria = distinct(acts.flatMap((act) => criteriaOf(act, context)));
    return {
      id: own,
      kind: 'migration',
      title:
        covered.length > 1
          ? `${covered[0]?.title ?? migrationTitle(migration)}, and ${counted(covered.length - 1, 'further migration')}`
          : (migration.title ?? migrationTitle(migration)),
      migrations: covered.map(({ id }) => id),
      ...(tables.length === 1 && tables[0] && { table: tables[0] }),
      ...(operations.length > 0 && operations.every(({ type }) => type === 'createIndex' || type === 'setSetting') && { index: true }),
      ...(operations.some(({ type }) => type === 'createTable') && { createsTable: true }),
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(context.delegation?.assignee && { delegatedTo: context.delegation.assignee }),
      priority: covered.every(({ phase }) => phase === 'cleanup') ? 'P2' : 'P0',
      ...(criteria.length > 0 && { criteria }),
    };
  }

  function models(): Task[] {
    const named_ = (context.tables?.created ?? []).filter((created) => created.model);
    return named_.map((created, position) => {
      const table = named(created.table);
      const dependsOn = distinct(survey.planned.filter((act) => tableOf(act.operation) === table).map((act) => migrationIds.get(act.migration.id) ?? ''));
      return {
        id: taskId(position, 10, 10),
        kind: 'model',
        title: `Create ${created.model} ORM model`,
        table,
        ...(dependsOn.length > 0 && { dependsOn }),
        ...(context.delegation?.backend && { delegatedTo: context.delegation.backend }),
        priority: 'P1',
        ...((created.relationships ?? []).length > 0 && {
          criteria: (created.relationships ?? []).map(
            (relationship) => `${created.model} refers to ${named(relationship.references)} by ${listed(relationship.columns)}`,
          ),
        }),
      };
    });
  }

  function gateTasks(): Task[] {
    return (context.sequence?.gates ?? []).map((gate) => {
      const before = survey.migrations.slice(0, survey.migrations.findIndex(({ id }) => id === gate.after) + 1);
      const dependsOn = leaves(before).flatMap((id) => migrationIds.get(id) ?? []);
      return {
        id: gateIds.get(gate.id) ?? '',
        kind: 'gate',
        title: gate.release
          ? `Deploy release ${gate.release} (gate ${gate.id})`
          : gate.retires
            ? `Stop release ${gate.retires} (gate ${gate.id})`
            : `Pass gate ${gate.id}`,
        gate: gate.id,
        ...(dependsOn.length > 0 && { dependsOn: distinct(dependsOn) }),
        ...(context.delegation?.backend && gate.release && { delegatedTo: context.delegation.backend }),
        priority: survey.migrations.find(({ id }) => id === gate.before)?.phase === 'cleanup' ? 'P2' : 'P0',
        criteria: gateCriteria(gate, context),
      };
    });
  }

  function scripts(): Task[] {
    const apart = (context.dataMigrations ?? []).filter((data) => data.migration === undefined);
    return apart.map((data, position) => ({
      id: taskId(gateIds.size + position, 20, 10),
      kind: 'service',
      title: `Fill ${data.destination ?? data.table}`,
      table: data.table,
      priority: 'P0',
      ...(data.verify && { criteria: ['Its verification query returns 0'] }),
    }));
  }
}

/** T001 to T009, then T101 to T109, and so on up to T909. */
const mostMigrations = 90;

/** The id of the nth task of a range: past its end the hundreds go up, the last two digits stay in the range. */
function taskId(position: number, first: number, size: number): string {
  const hundreds = Math.floor(position / size);
  return `T${hundreds}${String(first + (position % size)).padStart(2, '0')}`;
}

/** The migrations of a list that no other of the list depends on. */
function leaves(migrations: readonly PlannedMigration[]): string[] {
  const needed = new Set(migrations.flatMap((migration) => migration.dependsOn ?? []));
  return migrations.map(({ id }) => id).filter((id) => !needed.has(id));
}

function criteriaOf({ operation, effect, migration }: Act, context: Context): string[] {
  const queries = (context.validation ?? []).filter(
    (query) =>
      query.migration === migration.id &&
      query.when === 'pre-flight' &&
      query.check !== 'absent' &&
      effect.object !== undefined &&
      query.objects?.includes(effect.object),
  );
  const criteria = queries
    .filter((query) => query.expected !== 'recorded')
    .map((query) => (query.expected === '0' ? `${query.id} returns 0 before it runs` : `${query.id} returns an ${query.expected} before it runs`));
  if (operation.type === 'addConstraint' && 'notValid' in operation.constraint && operation.constraint.notValid)
    criteria.push(`${operation.constraint.name ?? 'The constraint'} is NOT VALID`);
  if (effect.data === 'loses' && effect.dataReason)
    criteria.push(`Archived, or the loss approved: ${effect.dataReason.charAt(0).toLowerCase()}${effect.dataReason.slice(1)}`);
  if (operation.type === 'unknown') criteria.push(`Somebody has read the statement that was not analysed: ${operation.reason}`);
  return criteria;
}

function gateCriteria(gate: Gate, context: Context): string[] {
  const release = context.releases?.find(({ name }) => name === gate.release);
  return [
    gate.title,
    ...(release?.requirement ? [`${release.name}: ${release.requirement}`] : []),
    ...(gate.conditions ?? []).map((condition) => `${condition.charAt(0).toUpperCase()}${condition.slice(1)}`),
  ];
}
