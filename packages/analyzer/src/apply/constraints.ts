import type { Check, Constraint, ForeignKey, Index, PrimaryKey, Table, Unique } from '@planwright/spec';
import type { Draft } from '../draft/draft.js';
import { merged } from '../merged.js';
import { attachedKey } from '../verdicts/postgresql/attached-key.js';
import { type Appliers, type Report, shownName } from './applier.js';
import { constraintName } from './constraint-names.js';
import { changeWithChildren, columnOf, tableOf, without } from './table-of.js';

/** Adds a constraint: names it if nobody has, fills in the referenced key, and makes the columns of a primary key NOT NULL. */
export function addConstraint(draft: Draft, table: Table, constraint: Constraint, report: Report, taken?: Set<string>, only = false): void {
  for (const column of constraint.columns ?? []) columnOf(table, column, constraint.type === 'check' || constraint.type === 'exclusion' ? () => {} : report);
  if (constraint.type === 'primaryKey' && table.constraints?.some(({ type }) => type === 'primaryKey')) {
    report('second-primary-key', `The table ${shownName(table.schema, table.name)} has a primary key already; it cannot take another.`);
    return;
  }
  const using = 'usingIndex' in constraint && constraint.usingIndex !== undefined ? constraint.usingIndex : undefined;
  const complete = using === undefined ? withReferencedKey(draft, table, constraint) : fromIndex(table, constraint, using, report);
  if (!complete) return;
  const name = constraintName(draft, table, complete, taken);
  if (table.constraints?.some((known) => known.name === name)) {
    report('duplicate-constraint', `The table ${shownName(table.schema, table.name)} has a constraint \`${name}\` already.`);
    return;
  }
  taken?.add(name);
  const named = merged(complete, { name });
  const changed: Table = merged(table, { constraints: [...(table.constraints ?? []), named] });
  if (named.type === 'primaryKey') changed.columns = withNotNull(table, named.columns);
  if (using !== undefined) changed.indexes = table.indexes?.filter((index) => index.name !== using) ?? [];
  draft.setTable(changed);
  if (only) return;
  if (named.type === 'foreignKey' || named.type === 'check') {
    if (named.type === 'foreignKey' || !named.noInherit) addToChildren(draft, table, named);
    return;
  }
  // Keys are made for each partition, under names of its own.
  for (const child of draft.childrenOf(table)) if (child.partitionOf) addConstraint(draft, child, without(named, 'name') as Constraint, () => {});
}

/** Partitions, and heirs of a check, get a constraint under the name of their parent's; a partition that has the same foreign key hands that over. */
function addToChildren(draft: Draft, table: Table, constraint: ForeignKey | Check): void {
  for (const child of draft.childrenOf(table)) {
    if (constraint.type === 'foreignKey' && !child.partitionOf) continue;
    if (constraint.type === 'check' || !attachedKey(child, constraint)) addInherited(draft, child, constraint);
    addToChildren(draft, child, constraint);
  }
}

function addInherited(draft: Draft, table: Table, constraint: Constraint): void {
  if (table.constraints?.some(({ name }) => name === constraint.name)) return;
  draft.setTable(merged(table, { constraints: [...(table.constraints ?? []), constraint] }));
}

function withNotNull(table: Table, columns: readonly string[]): Table['columns'] {
  return table.columns.map((column) => (columns.includes(column.name) && !column.notNull ? merged(column, { notNull: true }) : column));
}

/** A foreign key that names no columns references the primary key. */
function withReferencedKey(draft: Draft, table: Table, constraint: Constraint): Constraint {
  if (constraint.type !== 'foreignKey') return constraint;
  const schema = draft.plainSchema(constraint.references.schema);
  const references: ForeignKey['references'] = schema === undefined ? without(constraint.references, 'schema') : constraint.references;
  if (references.columns !== undefined) return { ...constraint, references };
  const self = schema === table.schema && references.table === table.name;
  const target = self ? table : draft.table(schema, references.table);
  const key = target?.constraints?.find((candidate): candidate is PrimaryKey => candidate.type === 'primaryKey');
  return { ...constraint, references: key ? merged(references, { columns: [...key.columns] }) : references };
}

/** The constraint that an index becomes: its columns are the index's, its name the index's unless it has one. */
function fromIndex(table: Table, constraint: Constraint, name: string, report: Report): Constraint | undefined {
  const index: Index | undefined = table.indexes?.find((candidate) => candidate.name === name);
  if (!index || (constraint.type !== 'primaryKey' && constraint.type !== 'unique')) {
    report('unknown-index', `The table ${shownName(table.schema, table.name)} has no index \`${name}\` from which a constraint could be made.`);
    return undefined;
  }
  const { usingIndex: _, ...rest } = constraint;
  const key: PrimaryKey | Unique = {
    ...rest,
    name: constraint.name ?? name,
    columns: index.keys.flatMap(({ column }) => column ?? []),
    ...(index.include ? { include: index.include } : {}),
    ...(constraint.type === 'unique' && index.nullsNotDistinct ? { nullsNotDistinct: true } : {}),
  };
  return key;
}

/** Takes a constraint away, from partitions and heirs too. */
export function removeConstraint(draft: Draft, table: Table, name: string): void {
  const gone = table.constraints?.find((constraint) => constraint.name === name);
  const children = draft.childrenOf(table);
  draft.setTable(merged(table, { constraints: table.constraints?.filter((constraint) => constraint.name !== name) ?? [] }));
  for (const child of children) {
    const heir = child.constraints?.find((constraint) => constraint.name === name || (gone && child.partitionOf && sameKey(constraint, gone)));
    if (heir?.name !== undefined) removeConstraint(draft, child, heir.name);
  }
}

function sameKey(one: Constraint, other: Constraint): boolean {
  return one.type === other.type && one.type !== 'check' && JSON.stringify(one.columns) === JSON.stringify(other.columns);
}

/** Foreign keys of other tables that rest on a key of this one. */
export function dependentKeys(draft: Draft, table: Table, columns: readonly string[]): readonly { readonly table: Table; readonly name: string }[] {
  return draft
    .referencingTables(table)
    .flatMap((other) =>
      (other.constraints ?? []).flatMap((constraint) =>
        constraint.type === 'foreignKey' &&
        constraint.references.table === table.name &&
        constraint.references.schema === table.schema &&
        constraint.name !== undefined &&
        sameColumns(constraint.references.columns ?? [], columns)
          ? [{ table: other, name: constraint.name }]
          : [],
      ),
    );
}

function sameColumns(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((column) => other.includes(column));
}

export const constraintAppliers: Appliers<'addConstraint' | 'dropConstraint' | 'renameConstraint' | 'alterConstraint' | 'validateConstraint'> = {
  addConstraint(draft, operation, report) {
    const table = tableOf(draft, operation, report);
    if (table) addConstraint(draft, table, operation.constraint, report, undefined, operation.only);
  },
  dropConstraint(draft, operation, report) {
    const table = operation.ifExists ? draft.table(draft.plainSchema(operation.schema), operation.table) : tableOf(draft, operation, report);
    const constraint = table?.constraints?.find(({ name }) => name === operation.name);
    if (!table) return;
    if (!constraint) {
      // PostgreSQL 18 names NOT NULL constraints; the model keeps them with the column.
      const column = table.columns.find(({ name }) => operation.name === `${table.name}_${name}_not_null`);
      if (column) draft.setTable({ ...table, columns: table.columns.map((each) => (each === column ? (without(each, 'notNull') as typeof each) : each)) });
      else if (!operation.ifExists)
        report('unknown-constraint', `The table ${shownName(table.schema, table.name)} has no constraint \`${operation.name}\` at this point.`);
      return;
    }
    if (constraint.type === 'primaryKey' || constraint.type === 'unique') {
      const dependents = dependentKeys(draft, table, constraint.columns);
      if (operation.cascade)
        for (const dependent of dependents)
          removeConstraint(draft, draft.table(dependent.table.schema, dependent.table.name) ?? dependent.table, dependent.name);
    }
    removeConstraint(draft, draft.table(table.schema, table.name) ?? table, operation.name);
  },
  renameConstraint(draft, operation, report) {
    const table = tableOf(draft, operation, report);
    if (!table) return;
    if (!table.constraints?.some(({ name }) => name === operation.name)) {
      report('unknown-constraint', `The table ${shownName(table.schema, table.name)} has no constraint \`${operation.name}\` at this point.`);
      return;
    }
    const renamed = (each: Table): Table => ({
      ...each,
      constraints: (each.constraints ?? []).map((constraint) => (constraint.name === operation.name ? { ...constraint, name: operation.to } : constraint)),
    });
    const check = table.constraints.some(({ name, type }) => name === operation.name && type === 'check');
    // Partitions and heirs have a check under the name of their parent's.
    if (check) changeWithChildren(draft, table, renamed);
    else draft.setTable(renamed(table));
  },
  alterConstraint(draft, operation, report) {
    changeConstraint(draft, operation, report, (constraint) => {
      if (constraint.type === 'check') return constraint;
      const plain = without(constraint, 'deferrable') as typeof constraint;
      return operation.deferrable ? { ...plain, deferrable: operation.deferrable } : plain;
    });
  },
  validateConstraint(draft, operation, report) {
    const valid = (constraint: Constraint): Constraint => ('notValid' in constraint ? (without(constraint, 'notValid') as typeof constraint) : constraint);
    changeConstraint(draft, operation, report, valid);
    // Partitions and heirs have it under its name, and are read with the table.
    const table = draft.table(draft.plainSchema(operation.schema), operation.table);
    for (const child of table ? draft.childrenOf(table) : [])
      changeWithChildren(draft, child, (each) =>
        each.constraints?.some(({ name }) => name === operation.name)
          ? { ...each, constraints: each.constraints.map((constraint) => (constraint.name === operation.name ? valid(constraint) : constraint)) }
          : each,
      );
  },
};

function changeConstraint(
  draft: Draft,
  operation: { readonly schema?: string; readonly table: string; readonly name: string },
  report: Report,
  change: (constraint: Constraint) => Constraint,
): void {
  const table = tableOf(draft, operation, report);
  if (!table) return;
  if (!table.constraints?.some(({ name }) => name === operation.name)) {
    report('unknown-constraint', `The table ${shownName(table.schema, table.name)} has no constraint \`${operation.name}\` at this point.`);
    return;
  }
  draft.setTable({ ...table, constraints: table.constraints.map((constraint) => (constraint.name === operation.name ? change(constraint) : constraint)) });
}
