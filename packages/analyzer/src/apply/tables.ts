import type { Column, Constraint, Index, Table } from '@planwright/spec';
import type { Draft } from '../draft/draft.js';
import { merged } from '../merged.js';
import { type Appliers, type Report, shownName } from './applier.js';
import { renameSequenceInDefaults } from './columns.js';
import { addConstraint, removeConstraint } from './constraints.js';
import { withoutIdentityOptions } from './identity-options.js';
import { addIndex } from './indexes.js';
import { ownedBy, ownerText, storedColumn, withStoredDefault } from './owned-sequences.js';
import { dropReadingPolicies } from './reading-rules.js';
import { tableOf, without } from './table-of.js';
import { dropDependentViews } from './views.js';

export const tableAppliers: Appliers<
  'createTable' | 'dropTable' | 'renameTable' | 'setTableSchema' | 'setTableOption' | 'attachPartition' | 'detachPartition' | 'setInheritance'
> = {
  createTable(draft, operation, report) {
    const { table } = operation;
    const schema = draft.plainSchema(table.schema);
    if (draft.relation(schema, table.name)) {
      if (!operation.ifNotExists) report('duplicate-table', `The name ${shownName(schema, table.name)} is taken already.`);
      return;
    }
    createTable(draft, schema === undefined ? (without(table, 'schema') as Table) : table, report);
  },
  dropTable(draft, operation, report) {
    const table = operation.ifExists ? draft.table(draft.plainSchema(operation.schema), operation.table) : tableOf(draft, operation, report);
    if (table) dropTable(draft, table, operation.cascade === true, report);
  },
  renameTable(draft, operation, report) {
    const table = operation.ifExists ? draft.table(draft.plainSchema(operation.schema), operation.table) : tableOf(draft, operation, report);
    if (!table) return;
    if (draft.relation(table.schema, operation.to)) {
      report('duplicate-table', `The name ${shownName(table.schema, operation.to)} is taken already.`);
      return;
    }
    moveTable(draft, table, { ...table, name: operation.to });
  },
  setTableSchema(draft, operation, report) {
    const table = tableOf(draft, operation, report);
    if (!table) return;
    const schema = draft.plainSchema(operation.to);
    const sequences = ownedBy(draft, table);
    const target: Table = { ...(without(table, 'schema') as Table), ...(schema === undefined ? {} : { schema }) };
    moveTable(draft, table, target);
    for (const sequence of sequences) {
      const moved = {
        ...without(sequence, 'schema'),
        name: sequence.name,
        ...(schema === undefined ? {} : { schema }),
        ownedBy: sequence.ownedBy?.replace(ownerText(table, ''), ownerText(target, '')) ?? '',
      };
      draft.removeSequence(sequence.schema, sequence.name);
      draft.setSequence(moved);
      renameSequenceInDefaults(draft, sequence, moved);
    }
  },
  setTableOption(draft, operation, report) {
    const table = draft.table(draft.plainSchema(operation.schema), operation.table);
    // The same statement serves indexes, of which the model keeps fewer options, and views.
    if (!table) {
      const view = draft.views.get(draft.plainSchema(operation.schema), operation.table);
      if (view) draft.setView(withOption(view, operation));
      if (!draft.relation(draft.plainSchema(operation.schema), operation.table)) tableOf(draft, operation, report);
      return;
    }
    if (operation.option === 'persistence') {
      draft.setTable(operation.value === 'unlogged' ? { ...table, persistence: 'unlogged' } : (without(table, 'persistence') as Table));
      return;
    }
    draft.setTable(withOption(table, operation));
  },
  attachPartition(draft, operation, report) {
    const parent = draft.table(draft.plainSchema(operation.schema), operation.table);
    const partition = draft.table(draft.plainSchema(operation.partition.schema), operation.partition.table);
    // Without bounds it is an index that is attached to an index.
    if (!parent || !partition || operation.bounds === undefined) {
      if (operation.bounds !== undefined) tableOf(draft, parent ? operation.partition : operation, report);
      return;
    }
    const identities = new Map(parent.columns.flatMap(({ name, identity }) => (identity ? [[name, identity] as const] : [])));
    draft.setTable({
      ...partition,
      // A partition takes its identity values from the parent's, from PostgreSQL 17 on; until then the column has none.
      columns: partition.columns.map((column) => (identities.has(column.name) ? { ...column, identity: identities.get(column.name) } : column)),
      partitionOf: { ...(parent.schema === undefined ? {} : { schema: parent.schema }), table: parent.name, bounds: operation.bounds },
    });
    for (const constraint of parent.constraints ?? []) {
      const now = draft.table(partition.schema, partition.name) ?? partition;
      if (
        constraint.type !== 'check' &&
        !now.constraints?.some((known) => known.type === constraint.type && JSON.stringify(known.columns) === JSON.stringify(constraint.columns))
      ) {
        addConstraint(draft, now, constraint.type === 'foreignKey' ? constraint : (without(constraint, 'name') as Constraint), report);
      }
    }
    for (const index of parent.indexes ?? []) {
      const now = draft.table(partition.schema, partition.name) ?? partition;
      if (!now.indexes?.some((known) => shapeOf(known) === shapeOf(index))) addIndex(draft, now, without(index, 'name') as Index);
    }
  },
  detachPartition(draft, operation, report) {
    const partition = tableOf(draft, operation.partition, report);
    if (!partition) return;
    const columns = partition.columns.map((column) => (column.identity ? (without(column, 'identity') as Column) : column));
    draft.setTable({ ...(without(partition, 'partitionOf') as Table), columns });
  },
  setInheritance(draft, operation, report) {
    const table = tableOf(draft, operation, report);
    if (!table) return;
    const parent = operation.parent.schema === undefined ? operation.parent.table : `${operation.parent.schema}.${operation.parent.table}`;
    const others = (table.inherits ?? []).filter((name) => name !== parent);
    const inherits = operation.inherits ? [...others, parent] : others;
    draft.setTable(inherits.length === 0 ? (without(table, 'inherits') as Table) : merged(table, { inherits }));
  },
};

function shapeOf(index: Index): string {
  return JSON.stringify({ ...index, name: undefined });
}

/** Makes a table: columns first, checks next, then keys with their indexes, the primary key before all others, and foreign keys last, as PostgreSQL does. */
function createTable(draft: Draft, written: Table, report: Report): void {
  const parents = parentsOf(draft, written, report);
  const columns: Column[] = [];
  for (const column of parents.flatMap((parent) => parent.columns))
    if (!columns.some(({ name }) => name === column.name))
      columns.push(withoutIdentityOptions(written.partitionOf ? column : (without(column, 'identity') as Column)));
  for (const column of written.columns) {
    const stored = storedColumn(draft, written, column);
    const inherited = columns.findIndex(({ name }) => name === column.name);
    const known = columns[inherited];
    if (known) {
      const type = column.type || known.type;
      // A NULL written here takes the parent's default away.
      columns[inherited] = withStoredDefault(draft, { ...known, ...stored, type, ...(column.default !== undefined && { default: column.default }) });
    } else columns.push(stored);
  }
  const { constraints = [], indexes = [] } = written;
  const bare = written.persistence === 'permanent' ? without(written, 'constraints', 'indexes', 'persistence') : without(written, 'constraints', 'indexes');
  draft.setTable({ ...bare, columns });
  const inherited = parents.flatMap((parent) => (parent.constraints ?? []).filter((constraint) => inherits(constraint, written.partitionOf !== undefined)));
  const all = [
    ...inherited.map((constraint) =>
      constraint.type === 'check' || constraint.type === 'foreignKey' ? constraint : (without(constraint, 'name') as Constraint),
    ),
    ...constraints,
  ];
  const taken = new Set<string>();
  for (const constraint of withoutTwins([...all].sort((one, other) => rank(one) - rank(other)))) {
    addConstraint(draft, draft.table(written.schema, written.name) ?? written, constraint, report, taken);
  }
  const partitioned = written.partitionOf ? parents.flatMap((parent) => parent.indexes ?? []).map((index) => without(index, 'name') as Index) : [];
  for (const index of [...partitioned, ...indexes]) addIndex(draft, draft.table(written.schema, written.name) ?? written, index);
}

function parentsOf(draft: Draft, table: Table, report: Report): readonly Table[] {
  if (table.partitionOf) {
    const parent = tableOf(draft, table.partitionOf, report);
    return parent ? [parent] : [];
  }
  return (table.inherits ?? []).flatMap((name) => {
    const dot = name.indexOf('.');
    return tableOf(draft, dot < 0 ? { table: name } : { schema: name.slice(0, dot), table: name.slice(dot + 1) }, report) ?? [];
  });
}

/** Heirs get the checks of their parent; partitions get its keys and foreign keys too. */
function inherits(constraint: Constraint, partition: boolean): boolean {
  return constraint.type === 'check' ? !constraint.noInherit : partition;
}

function rank({ type }: Constraint): number {
  return { check: 0, primaryKey: 1, unique: 2, exclusion: 2, foreignKey: 3 }[type];
}

/** Two keys over the same columns in one CREATE TABLE become one: the first stays, and takes the name of the second if it has none. */
function withoutTwins(constraints: readonly Constraint[]): readonly Constraint[] {
  if (constraints.length < 2) return constraints;
  const kept: Constraint[] = [];
  for (const constraint of constraints) {
    const twin = constraint.type === 'unique' || constraint.type === 'primaryKey' ? kept.findIndex((known) => isTwin(known, constraint)) : -1;
    const first = kept[twin];
    if (!first) kept.push(constraint);
    else if (first.name === undefined && constraint.name !== undefined) kept[twin] = { ...first, name: constraint.name };
  }
  return kept;
}

function isTwin(one: Constraint, other: Constraint): boolean {
  const key = (constraint: Constraint): string => JSON.stringify({ ...constraint, type: undefined, name: undefined });
  return (one.type === 'primaryKey' || one.type === 'unique') && key(one) === key(other);
}

/** Drops a table with its partitions and owned sequences; with CASCADE also what depends on it. */
export function dropTable(draft: Draft, table: Table, cascade: boolean, report: Report): void {
  for (const child of draft.childrenOf(table)) if (child.partitionOf || cascade) dropTable(draft, child, cascade, report);
  for (const other of draft.referencingTables(table)) {
    if (other.name === table.name && other.schema === table.schema) continue;
    for (const constraint of other.constraints ?? []) {
      if (
        constraint.type !== 'foreignKey' ||
        constraint.references.table !== table.name ||
        constraint.references.schema !== table.schema ||
        constraint.name === undefined
      )
        continue;
      if (cascade) removeConstraint(draft, draft.table(other.schema, other.name) ?? other, constraint.name);
      else
        report(
          'table-referenced',
          `The foreign key \`${constraint.name}\` of \`${other.name}\` references \`${table.name}\`: PostgreSQL refuses to drop it without CASCADE.`,
          'Drop the foreign key first.',
        );
    }
  }
  for (const sequence of ownedBy(draft, table)) draft.removeSequence(sequence.schema, sequence.name);
  draft.removeTable(table);
  if (cascade) dropReadingPolicies(draft, table);
  dropDependentViews(draft, table.schema === undefined ? table.name : `${table.schema}.${table.name}`, cascade, report);
}

/** Gives a table another name or schema; everything that points at it follows. */
export function moveTable(draft: Draft, table: Table, target: Table): void {
  const referencing = draft.referencingTables(table);
  const children = draft.childrenOf(table);
  const shown = ownerText(table, '').slice(0, -1);
  const shownTarget = ownerText(target, '').slice(0, -1);
  for (const sequence of ownedBy(draft, table))
    draft.setSequence({ ...sequence, ownedBy: sequence.ownedBy?.replace(ownerText(table, ''), ownerText(target, '')) ?? '' });
  draft.removeTable(table);
  draft.setTable({ ...target, ...(target.constraints ? { constraints: target.constraints.map((constraint) => repointed(constraint, table, target)) } : {}) });
  for (const other of referencing) {
    if (other.name === table.name && other.schema === table.schema) continue;
    draft.setTable({ ...other, constraints: (other.constraints ?? []).map((constraint) => repointed(constraint, table, target)) });
  }
  for (const child of children) {
    const now = draft.table(child.schema, child.name) ?? child;
    if (now.partitionOf)
      draft.setTable({
        ...now,
        partitionOf: { ...(target.schema === undefined ? {} : { schema: target.schema }), table: target.name, bounds: now.partitionOf.bounds },
      });
    else draft.setTable({ ...now, inherits: (now.inherits ?? []).map((parent) => (parent === shown ? shownTarget : parent)) });
  }
  for (const view of draft.views.list()) {
    if (!view.dependsOn?.includes(shown)) continue;
    draft.setView({
      ...view,
      dependsOn: view.dependsOn.map((read) => (read === shown ? shownTarget : read.startsWith(`${shown}.`) ? shownTarget + read.slice(shown.length) : read)),
    });
  }
}

function repointed(constraint: Constraint, table: Table, target: Table): Constraint {
  if (constraint.type !== 'foreignKey' || constraint.references.table !== table.name || constraint.references.schema !== table.schema) return constraint;
  const { schema: _, ...references } = constraint.references;
  return { ...constraint, references: { ...references, ...(target.schema === undefined ? {} : { schema: target.schema }), table: target.name } };
}

/** A table or view with an option set, or without it where the operation gives no value. */
function withOption<Relation extends { readonly options?: Readonly<Record<string, string>> }>(
  relation: Relation,
  { option, value }: { readonly option: string; readonly value?: string },
): Relation {
  const { [option]: _, ...rest } = relation.options ?? {};
  const options = value === undefined ? rest : { ...rest, [option]: value };
  // The cast: what is left out is optional.
  return Object.keys(options).length === 0 ? (without(relation, 'options') as Relation) : merged(relation, { options });
}
