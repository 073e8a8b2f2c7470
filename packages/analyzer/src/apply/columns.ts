import type { Column, Operation, Table } from '@planwright/spec';
import { quoteIdentifier } from '@planwright/sql/postgresql';
import type { Draft } from '../draft/draft.js';
import { escaped } from '../escaped.js';
import { mentions, renameIn } from '../expression-names.js';
import { merged } from '../merged.js';
import { viewOverRenamed, viewReads } from '../view-reads.js';
import { type Appliers, shownName } from './applier.js';
import { withColumnKeys } from './column-keys.js';
import { dependentKeys, removeConstraint } from './constraints.js';
import { withIdentityOptions, withoutIdentityOptions } from './identity-options.js';
import { nextval, ownedBy, ownerText, storedColumn, withStoredDefault } from './owned-sequences.js';
import { dropReadingPolicies, rulesWithout } from './reading-rules.js';
import { changeWithChildren, columnOf, tableOf, withColumn, without } from './table-of.js';
import { dropDependentViews } from './views.js';
import { writtenType } from './written-type.js';

type ColumnOperation =
  | 'addColumn'
  | 'dropColumn'
  | 'renameColumn'
  | 'alterColumnType'
  | 'setNotNull'
  | 'dropNotNull'
  | 'setDefault'
  | 'dropDefault'
  | 'setIdentity'
  | 'dropIdentity'
  | 'setGenerated'
  | 'dropGenerated'
  | 'setColumnOption';

/** Applies a change of one column to its table and, below it, to partitions and heirs. */
function onColumn<T extends { readonly schema?: string; readonly table: string; readonly column: string }>(
  change: (column: Column, operation: T, draft: Draft) => Column,
) {
  return (draft: Draft, operation: T, report: Parameters<Appliers<'setNotNull'>['setNotNull']>[2]): void => {
    const table = tableOf(draft, operation, report);
    if (table && columnOf(table, operation.column, report))
      changeWithChildren(draft, table, (each) => withColumn(each, operation.column, (column) => change(column, operation, draft)));
  };
}

const retype = onColumn<Extract<Operation, { type: 'alterColumnType' }>>((column, { to, collation }) => {
  const type = writtenType(to);
  const changed = {
    ...(without(column, 'collation') as Column),
    type,
    ...(column.default === undefined ? {} : { default: defaultAfter(column.default, column.type, type) }),
  };
  return collation === undefined ? changed : merged(changed, { collation });
});

export const columnAppliers: Appliers<ColumnOperation> = {
  addColumn(draft, operation, report) {
    const table = tableOf(draft, operation, report);
    if (!table) return;
    if (table.columns.some(({ name }) => name === operation.column.name)) {
      if (!operation.ifNotExists)
        report('duplicate-column', `The table ${shownName(table.schema, table.name)} has a column \`${operation.column.name}\` already.`);
      return;
    }
    const column = storedColumn(draft, table, operation.column);
    changeWithChildren(draft, table, (each) =>
      each.columns.some(({ name }) => name === column.name)
        ? each
        : merged(each, { columns: [...each.columns, each === table ? column : withoutIdentityOptions(column)] }),
    );
  },
  dropColumn(draft, operation, report) {
    const table = operation.ifExists ? draft.table(draft.plainSchema(operation.schema), operation.table) : tableOf(draft, operation, report);
    if (!table) return;
    if (!table.columns.some(({ name }) => name === operation.column)) {
      if (!operation.ifExists) columnOf(table, operation.column, report);
      return;
    }
    dropColumn(draft, table, operation.column, operation.cascade);
    dropDependentViews(draft, ownerText(table, operation.column), operation.cascade === true, report);
  },
  renameColumn(draft, operation, report) {
    const table = tableOf(draft, operation, report);
    if (table && columnOf(table, operation.column, report)) renameColumn(draft, table, operation.column, operation.to);
  },
  alterColumnType(draft, operation, report) {
    retype(draft, operation, report);
    const table = draft.table(draft.plainSchema(operation.schema), operation.table);
    if (table?.indexes) changeWithChildren(draft, table, (each) => withColumnKeys(each, operation.column));
  },
  setNotNull: onColumn((column) => merged(column, { notNull: true })),
  dropNotNull: onColumn((column) => without(column, 'notNull') as Column),
  setDefault: onColumn((column, { default: written }, draft) => withStoredDefault(draft, merged(column, { default: written }))),
  dropDefault: onColumn((column) => without(column, 'default') as Column),
  setIdentity(draft, operation, report) {
    const table = tableOf(draft, operation, report);
    if (!table || !columnOf(table, operation.column, report)) return;
    // Partitions share it, heirs do not.
    changeWithChildren(draft, table, (each) =>
      each === table || each.partitionOf
        ? withColumn(each, operation.column, (column) => merged(column, { identity: operation.identity, notNull: true }))
        : each,
    );
    const now = draft.table(table.schema, table.name);
    if (now && operation.options)
      draft.setTable(withColumn(now, operation.column, (column) => withIdentityOptions(column, { ...column.identityOptions, ...operation.options })));
  },
  dropIdentity: onColumn((column) => without(column, 'identity', 'identityOptions') as Column),
  setGenerated: onColumn((column, { expression }) => merged(column, { generated: merged(column.generated ?? {}, { expression }) })),
  dropGenerated: onColumn((column) => without(column, 'generated') as Column),
  setColumnOption: onColumn((column) => column),
};

/**
 * Drops a column with what lives on it: constraints, indexes, and the sequences it owns; in other tables, foreign keys that rest on its key.
 * CASCADE takes what reads it too: policies, triggers and generated columns, which PostgreSQL refuses to leave behind.
 */
export function dropColumn(draft: Draft, table: Table, name: string, cascade = false): void {
  for (const sequence of ownedBy(draft, table, name)) draft.removeSequence(sequence.schema, sequence.name);
  for (const constraint of table.constraints ?? []) {
    if ((constraint.type === 'primaryKey' || constraint.type === 'unique') && constraint.columns.includes(name)) {
      for (const dependent of dependentKeys(draft, table, constraint.columns)) {
        removeConstraint(draft, draft.table(dependent.table.schema, dependent.table.name) ?? dependent.table, dependent.name);
      }
    }
  }
  changeWithChildren(draft, draft.table(table.schema, table.name) ?? table, (each) => ({
    ...each,
    columns: each.columns.filter((column) => column.name !== name),
    ...(each.constraints ? { constraints: each.constraints.filter((constraint) => !uses(constraint, name)) } : {}),
    ...(each.indexes
      ? {
          indexes: each.indexes.filter(
            (index) =>
              !index.keys.some((key) => key.column === name || (key.expression !== undefined && mentions(key.expression, name))) &&
              !index.include?.includes(name) &&
              !(index.where !== undefined && mentions(index.where, name)),
          ),
        }
      : {}),
    ...(cascade ? rulesWithout(each, name) : {}),
  }));
  if (!cascade) return;
  const left = draft.table(table.schema, table.name);
  for (const { name: other, generated } of left?.columns ?? [])
    if (generated && mentions(generated.expression, name)) dropColumn(draft, draft.table(table.schema, table.name) ?? table, other, true);
  dropReadingPolicies(draft, table, name);
}

function uses(constraint: NonNullable<Table['constraints']>[number], column: string): boolean {
  switch (constraint.type) {
    case 'check':
      return constraint.columns?.includes(column) ?? mentions(constraint.expression, column);
    case 'exclusion':
      return mentions(constraint.definition, column);
    case 'foreignKey':
      return constraint.columns.includes(column);
    default:
      return constraint.columns.includes(column) || (constraint.include?.includes(column) ?? false);
  }
}

/** Renames a column wherever the table and its neighbours name it. Constraints, indexes and sequences keep their own names. */
function renameColumn(draft: Draft, table: Table, from: string, to: string): void {
  const written = quoteIdentifier(to);
  const name = (column: string): string => (column === from ? to : column);
  for (const sequence of ownedBy(draft, table, from)) draft.setSequence({ ...sequence, ownedBy: ownerText(table, to) });
  changeWithChildren(draft, table, (each) => ({
    ...each,
    columns: each.columns.map((column) => ({
      ...column,
      name: name(column.name),
      ...(column.generated ? { generated: { ...column.generated, expression: renameIn(column.generated.expression, from, written) } } : {}),
    })),
    ...(each.constraints ? { constraints: each.constraints.map((constraint) => withRenamedColumn(constraint, from, to)) } : {}),
    ...(each.indexes
      ? {
          indexes: each.indexes.map((index) => ({
            ...index,
            keys: index.keys.map((key) =>
              key.column === from
                ? { ...key, column: to }
                : key.expression === undefined
                  ? key
                  : { ...key, expression: renameIn(key.expression, from, written) },
            ),
            ...(index.include ? { include: index.include.map(name) } : {}),
            ...(index.where === undefined ? {} : { where: renameIn(index.where, from, written) }),
          })),
        }
      : {}),
    ...(each.policies
      ? {
          policies: each.policies.map((policy) => ({
            ...policy,
            ...(policy.using === undefined ? {} : { using: renameIn(policy.using, from, written) }),
            ...(policy.withCheck === undefined ? {} : { withCheck: renameIn(policy.withCheck, from, written) }),
          })),
        }
      : {}),
  }));
  for (const other of draft.referencingTables(table)) {
    const names = (other.constraints ?? []).some(
      (constraint) => constraint.type === 'foreignKey' && constraint.references.table === table.name && constraint.references.columns?.includes(from),
    );
    if (!names) continue;
    draft.setTable({
      ...other,
      constraints: (other.constraints ?? []).map((constraint) =>
        constraint.type === 'foreignKey' &&
        constraint.references.table === table.name &&
        constraint.references.schema === table.schema &&
        constraint.references.columns
          ? { ...constraint, references: { ...constraint.references, columns: constraint.references.columns.map(name) } }
          : constraint,
      ),
    });
  }
  followInViews(draft, table, from, to);
}

/** Views read the column by its new name; their own columns keep theirs. */
function followInViews(draft: Draft, table: Table, from: string, to: string): void {
  const [read, before] = [ownerText(table, '').slice(0, -1), ownerText(table, from)];
  const columnsOf = (relation: string): readonly string[] | undefined => {
    const dot = relation.indexOf('.');
    const [schema, name] = [dot < 0 ? undefined : relation.slice(0, dot), relation.slice(dot + 1)];
    return draft.table(schema, name)?.columns.map((column) => column.name) ?? draft.views.get(schema, name)?.columns;
  };
  for (const view of draft.views.list()) {
    if (!view.dependsOn?.includes(read) || !viewReads(view, read, from)) continue;
    const followed = viewOverRenamed(view, { table: read, from, to }, columnsOf);
    draft.setView(followed ?? { ...view, dependsOn: view.dependsOn.map((each) => (each === before ? ownerText(table, to) : each)) });
  }
}

function withRenamedColumn(constraint: NonNullable<Table['constraints']>[number], from: string, to: string): NonNullable<Table['constraints']>[number] {
  const columns = constraint.columns?.map((column) => (column === from ? to : column));
  switch (constraint.type) {
    case 'check':
      return { ...constraint, expression: renameIn(constraint.expression, from, quoteIdentifier(to)), ...(columns ? { columns } : {}) };
    case 'exclusion':
      return { ...constraint, definition: renameIn(constraint.definition, from, quoteIdentifier(to)), ...(columns ? { columns } : {}) };
    case 'foreignKey':
      return { ...constraint, columns: columns ?? [] };
    default:
      return {
        ...constraint,
        columns: columns ?? [],
        ...(constraint.include ? { include: constraint.include.map((column) => (column === from ? to : column)) } : {}),
      };
  }
}

/** A literal default keeps the type that it was written for; between types of time that is another value. */
function defaultAfter(written: string, from: string, to: string): string {
  const ofTime = /^(?:timestamp|timestamptz|date)\b/;
  return from !== to && ofTime.test(from) && ofTime.test(to) && /^'(?:[^']|'')*'$/.test(written) ? `${written}::${from}` : written;
}

/** Defaults that take values from a sequence follow its new name. */
export function renameSequenceInDefaults(
  draft: Draft,
  before: { readonly schema?: string; readonly name: string },
  after: { readonly schema?: string; readonly name: string },
): void {
  const old = nextval(before.schema, before.name);
  const written = new RegExp(
    `^nextval\\('(?:${before.schema ?? draft.defaultSchema}\\.)?"?${escaped(before.name)}"?'(?:::(?:regclass|text|character varying))?\\)$`,
    'i',
  );
  for (const table of draft.tables) {
    if (!table.columns.some((column) => column.default !== undefined && (column.default === old || written.test(column.default)))) continue;
    draft.setTable({
      ...table,
      columns: table.columns.map((column) =>
        column.default !== undefined && (column.default === old || written.test(column.default))
          ? { ...column, default: nextval(after.schema, after.name) }
          : column,
      ),
    });
  }
}
