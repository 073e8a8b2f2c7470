import type { Constraint, CreatedTable, Index, Project, Relationship, Table } from '@planwright/spec';
import { indexName, named } from '../names.js';
import type { Act, Survey } from '../survey.js';
import { counted } from '../words.js';
import { tableOf } from './migration-title.js';

/** New tables as they stand after the change, with their foreign keys; an index that a foreign key lacks is proposed. */
export function createdTables(survey: Survey, project: Project | undefined): CreatedTable[] {
  const created = survey.asked.filter((act) => act.operation.type === 'createTable');
  const byTable = new Map<string, Act<{ readonly id: string }>[]>();
  for (const act of survey.asked) {
    const table = tableOf(act.operation);
    if (table === undefined) continue;
    const own = byTable.get(table);
    if (own) own.push(act);
    else byTable.set(table, [act]);
  }
  const makers = new Map(
    survey.planned.flatMap((act) => (act.operation.type === 'createTable' ? [[named(act.operation.table), act.migration.id] as const] : [])),
  );
  // A renamed table's later operations stand under its new name.
  const renames = survey.asked.filter((act) => act.operation.type === 'renameTable');
  return created.flatMap((act) => {
    if (act.operation.type !== 'createTable' || !survey.schema.isNewTable({ ...act.operation.table, table: act.operation.table.name })) return [];
    const own = renames.length > 0 ? survey.asked : (byTable.get(named(act.operation.table)) ?? []);
    const table = standing(act.operation.table, own, survey);
    if (!table) return [];
    const relationships = relationshipsOf(table);
    const proposed =
      survey.database === 'mysql'
        ? []
        : relationships.filter((relationship) => !relationship.indexed).map((relationship) => proposal(table, relationship, project));
    const indexes = [...(table.indexes ?? []), ...proposed];
    const migration = makers.get(named(act.operation.table));
    // What another migration inserts stands with that one.
    const rows = firstRows(table, migration === undefined ? own : survey.planned.filter((one) => one.migration.id === migration));
    return [
      {
        table: { ...table, ...(indexes.length > 0 && { indexes }) },
        ...(rows && { firstRows: rows }),
        ...(relationships.length > 0 && { relationships }),
        ...(migration && { migration }),
      },
    ];
  });
}

/** The table after the change: from its snapshot, else folded from the operations on it. Absent when a later operation drops it. */
function standing(table: Table, acts: readonly Act<{ readonly id: string }>[], { schema }: Survey): Table | undefined {
  let standing: Table = table;
  for (const { operation } of acts) {
    if (operation.type === 'renameTable' && named(operation) === named(standing)) standing = { ...standing, name: operation.to };
    if (
      !('table' in operation) ||
      typeof operation.table !== 'string' ||
      operation.table !== standing.name ||
      ('schema' in operation ? operation.schema : undefined) !== standing.schema
    )
      continue;
    if (operation.type === 'dropTable') return undefined;
    if (operation.type === 'addColumn') standing = { ...standing, columns: [...standing.columns, operation.column] };
    if (operation.type === 'dropColumn') standing = { ...standing, columns: standing.columns.filter((column) => column.name !== operation.column) };
    if (operation.type === 'setNotNull')
      standing = { ...standing, columns: standing.columns.map((column) => (column.name === operation.column ? { ...column, notNull: true } : column)) };
    if (operation.type === 'addConstraint') standing = { ...standing, constraints: [...(standing.constraints ?? []), operation.constraint] };
    if (operation.type === 'createIndex') standing = { ...standing, indexes: [...(standing.indexes ?? []), operation.index] };
  }
  return schema.tableAfter({ ...(standing.schema && { schema: standing.schema }), table: standing.name }) ?? standing;
}

/** The foreign keys of a table for readers. */
function relationshipsOf(table: Table): Relationship[] {
  return (table.constraints ?? []).flatMap((constraint) =>
    constraint.type === 'foreignKey'
      ? [
          {
            columns: constraint.columns,
            references: constraint.references,
            ...(constraint.onDelete && { onDelete: constraint.onDelete }),
            ...(constraint.onUpdate && { onUpdate: constraint.onUpdate }),
            ...(constraint.name && { name: constraint.name }),
            indexed: isIndexed(table, constraint.columns),
          },
        ]
      : [],
  );
}

/** Whether an index, be it a constraint's, starts with the columns. */
function isIndexed(table: Table, columns: readonly string[]): boolean {
  const starts = (keys: readonly (string | undefined)[]) => columns.every((column) => keys.slice(0, columns.length).includes(column));
  const keyed = (constraint: Constraint) => (constraint.type === 'primaryKey' || constraint.type === 'unique') && starts(constraint.columns);
  const whole = (index: Index) => index.where === undefined && index.proposed !== true && (index.method ?? 'btree') === 'btree';
  return (table.constraints ?? []).some(keyed) || (table.indexes ?? []).some((index) => whole(index) && starts(index.keys.map((key) => key.column)));
}

function proposal(table: Table, relationship: Relationship, project: Project | undefined): Index {
  return {
    name: indexName(project?.conventions?.indexName, table.name, relationship.columns),
    keys: relationship.columns.map((column) => ({ column })),
    rationale: 'foreign key lookup',
    proposed: true,
  };
}

function firstRows(table: Table, acts: readonly Act<{ readonly id: string }>[]): string | undefined {
  const inserts = acts.flatMap(({ operation }) => (operation.type === 'insertRows' && named(operation) === named(table) ? [operation] : []));
  if (inserts.length === 0) return undefined;
  if (inserts.some(({ from }) => from !== undefined)) return 'rows from a query';
  if (inserts.some((insert) => insert.rows === undefined)) return undefined;
  return counted(
    inserts.reduce((sum, insert) => sum + (insert.rows ?? 0), 0),
    'row',
  );
}
