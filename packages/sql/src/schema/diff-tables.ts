import type { Constraint, ForeignKey, Index, Operation, Snapshot, Table } from '@planwright/spec';
import { type Between, on } from './between.js';
import { diffAttached, rebuiltBeside } from './diff-attached.js';
import { diffColumns } from './diff-columns.js';
import { inOrderOfNeeds, inSchema, keyOf, mentions, pairs, shared, shown } from './named.js';
import type { Same } from './same.js';
import type { Steps } from './steps.js';

/** Tables that come, go and change. */
export function diffTables(between: Between): void {
  const { from, to, steps } = between;
  const { gone, come, both } = pairs(from.tables, to.tables, keyOf);
  const rebuilt = both.filter(([one, other]) => !between.same(one.partitionBy, other.partitionBy));
  dropTables(between, [...gone, ...rebuilt.map(([one]) => one)]);
  const changed = rebuilt.length === 0 ? both : both.filter((pair) => !rebuilt.includes(pair));
  const identical = between.replaced.types.size > 0 ? shared(from.tables, to.tables) : [];
  for (const [one, other] of [...changed, ...identical]) diffTable(between, one, other);
  createTables(between, [...come, ...rebuilt.map(([, other]) => other)]);
  for (const [one, other] of changed) {
    if (!between.same(one.comment, other.comment)) {
      steps.add('comment', {
        type: 'setComment',
        kind: 'table',
        ...on(other),
        name: other.name,
        ...(other.comment === undefined ? {} : { comment: other.comment }),
      });
    }
  }
}

function foreignKeys(table: Table): readonly ForeignKey[] {
  return (table.constraints ?? []).filter((constraint): constraint is ForeignKey => constraint.type === 'foreignKey');
}

function refersTo({ references }: ForeignKey, table: Table): boolean {
  return references.table === table.name && references.schema === table.schema;
}

/** Tables that a table cannot be without, as `shown` tells them: those that it is part of, and those that it refers to. */
function needsOf(table: Table): ReadonlySet<string> {
  const { inherits = [], partitionOf } = table;
  const referred = foreignKeys(table).map(({ references }) => shownTarget(references));
  return new Set(partitionOf ? [...inherits, shownTarget(partitionOf), ...referred] : [...inherits, ...referred]);
}

function shownTarget({ schema, table }: { readonly schema?: string; readonly table: string }): string {
  return shown({ ...inSchema({ schema }), name: table });
}

/** Tables go before those they refer to; foreign keys in a circle go before all. */
function dropTables({ steps }: Between, tables: readonly Table[]): void {
  const needing = new Map<string, Table[]>();
  for (const table of tables) for (const name of needsOf(table)) push(needing, name, table);
  const needingOf = (table: Table): readonly Table[] => needing.get(shown(table)) ?? [];
  const ordered = inOrderOfNeeds(tables, needingOf);
  const places = new Map(ordered.map((table, place) => [table, place]));
  const placeOf = (table: Table): number => places.get(table) ?? 0;
  for (const [place, table] of ordered.entries()) {
    // What refers to it and goes later is in a circle with it.
    const later = needingOf(table).filter((other) => placeOf(other) > place);
    for (const other of later.sort((one, two) => placeOf(one) - placeOf(two))) {
      for (const key of foreignKeys(other)) {
        if (refersTo(key, table) && key.name !== undefined) steps.add('drop foreign keys', { type: 'dropConstraint', ...on(other), name: key.name });
      }
    }
    steps.add('drop tables', { type: 'dropTable', ...on(table) });
  }
}

/** Tables come after those they refer to. A foreign key stands in its CREATE TABLE where its target is there already. */
function createTables({ from, to, same, steps }: Between, tables: readonly Table[]): void {
  if (tables.length === 0) return;
  const named = new Map<string, { readonly table: Table; readonly place: number }[]>();
  for (const [place, table] of tables.entries()) push(named, shown(table), { table, place });
  const needs = (table: Table): readonly Table[] =>
    [...needsOf(table)]
      .flatMap((name) => named.get(name) ?? [])
      .sort((one, other) => one.place - other.place)
      .map((one) => one.table);
  const made = new Set<string>();
  // Most tables that are referred to are made here, or stand among the first.
  const isThere = ({ references }: ForeignKey): boolean =>
    made.has(shownTarget(references)) ||
    from.tables.some((table) => table.name === references.table && table.schema === references.schema && to.tables.includes(table));
  for (const whole of inOrderOfNeeds(tables, needs)) {
    const table = withoutParents(whole, to, same);
    made.add(shown(whole));
    const later = new Set(foreignKeys(table).filter((key) => key.notValid || !isThere(key)));
    const constraints = (table.constraints ?? []).filter(
      (constraint) => !later.has(constraint as ForeignKey) && !('notValid' in constraint && constraint.notValid),
    );
    const { triggers, policies, ...rest } = table;
    const inside: Table = { ...rest, constraints };
    if (constraints.length === 0) delete inside.constraints;
    steps.add('create tables', { type: 'createTable', table: inside });
    for (const constraint of table.constraints ?? []) if (!constraints.includes(constraint)) addConstraint(steps, table, constraint);
    for (const trigger of triggers ?? []) steps.add('create triggers', { type: 'createTrigger', ...on(table), trigger });
    for (const policy of policies ?? []) steps.add('create policies', { type: 'createPolicy', ...on(table), policy });
  }
}

/** A partition without what it gets from its parent: constraints, indexes and triggers that are the parent's but for their names. */
function withoutParents(table: Table, { tables }: Snapshot, same: Same): Table {
  const parent = table.partitionOf && tables.find(({ name, schema }) => name === table.partitionOf?.table && schema === table.partitionOf.schema);
  if (!parent) return table;
  const own = <Item extends { readonly name?: string }>(items: readonly Item[] | undefined, theirs: readonly Item[] | undefined): Item[] =>
    (items ?? []).filter((item) => !theirs?.some((other) => same({ ...item, name: undefined }, { ...other, name: undefined })));
  return {
    ...table,
    constraints: own(table.constraints, parent.constraints),
    indexes: own(table.indexes, parent.indexes),
    triggers: own(table.triggers, parent.triggers),
  };
}

function push<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function addConstraint(steps: Steps, table: Table, constraint: Constraint): void {
  steps.add(constraint.type === 'foreignKey' ? 'add foreign keys' : 'add keys', { type: 'addConstraint', ...on(table), constraint });
}

function diffTable(between: Between, from: Table, to: Table): void {
  const { same, steps } = between;
  const gone = goneColumns(between, from, to);
  diffPlace(between, from, to);
  diffConstraints(between, from, to, gone);
  diffIndexes(between, from, to, gone);
  diffColumns(between, from, to, gone);
  diffAttached(between, from, to);
  const options = new Set([...Object.keys(from.options ?? {}), ...Object.keys(to.options ?? {})]);
  for (const option of options) {
    const value = to.options?.[option];
    if (!same(from.options?.[option], value))
      steps.add('set options', { type: 'setTableOption', ...on(to), option, ...(value === undefined ? {} : { value }) });
  }
  const persistence = to.persistence ?? 'permanent';
  if ((from.persistence ?? 'permanent') !== persistence)
    steps.add('set options', { type: 'setTableOption', ...on(to), option: 'persistence', value: persistence });
}

/** Columns that go, be it only to come back: the database takes their constraints and indexes with them. */
function goneColumns({ replaced }: Between, from: Table, to: Table): ReadonlySet<string> {
  const dropped = pairs(from.columns, to.columns, ({ name }) => name).gone;
  return new Set([...dropped.map(({ name }) => name), ...(replaced.columns.get(keyOf(from)) ?? [])]);
}

function diffPlace({ same, steps }: Between, from: Table, to: Table): void {
  if (!same(from.partitionOf, to.partitionOf)) {
    if (from.partitionOf) {
      const { schema, table } = from.partitionOf;
      steps.add('detach', { type: 'detachPartition', ...(schema === undefined ? {} : { schema }), table, partition: on(from) });
    }
    if (to.partitionOf) {
      const { schema, table, bounds } = to.partitionOf;
      steps.add('attach', { type: 'attachPartition', ...(schema === undefined ? {} : { schema }), table, partition: on(to), bounds });
    }
  }
  const parent = (text: string): { schema?: string; table: string } => {
    const dot = text.indexOf('.');
    return dot < 0 ? { table: text } : { schema: text.slice(0, dot), table: text.slice(dot + 1) };
  };
  for (const name of from.inherits ?? []) {
    if (!to.inherits?.includes(name)) steps.add('detach', { type: 'setInheritance', ...on(from), parent: parent(name), inherits: false });
  }
  for (const name of to.inherits ?? []) {
    if (!from.inherits?.includes(name)) steps.add('attach', { type: 'setInheritance', ...on(to), parent: parent(name), inherits: true });
  }
}

function diffConstraints(between: Between, from: Table, to: Table, gone: ReadonlySet<string>): void {
  const { same, steps } = between;
  const key = (constraint: Constraint): string => constraint.name ?? JSON.stringify(constraint);
  const { gone: dropped, come, both } = pairs(from.constraints, to.constraints, key);
  const parents = parentsOf(between, from, to);
  // A partition gains and loses with its parent what is the parent's.
  const has = (parent: Table | undefined, constraint: Constraint): boolean =>
    parent?.constraints?.some((theirs) => same({ ...comparable(theirs), name: undefined }, { ...comparable(constraint), name: undefined })) === true;
  const goes = (constraint: Constraint): boolean => has(parents?.before, constraint) && !has(parents?.after, constraint);
  const comes = (constraint: Constraint): boolean => has(parents?.after, constraint) && !has(parents?.before, constraint);
  for (const constraint of dropped) if (!goes(constraint)) dropConstraint(between, from, constraint, gone);
  for (const constraint of come) if (!comes(constraint)) addConstraint(steps, to, constraint);
  const stepsAside = (constraint: Constraint): boolean =>
    goesWith(constraint, gone) ||
    rebuiltBeside(between, from, constraint.type === 'check' ? constraint.expression : undefined) ||
    losesTarget(between, constraint);
  // One that is the same object on both sides steps aside only for columns that go or are made anew, and a foreign key for what it points at.
  const forColumns = gone.size > 0 || between.replaced.retyped.has(keyOf(from));
  const kept = shared(from.constraints, to.constraints, ({ type }) => forColumns || type === 'foreignKey');
  for (const [one, other] of [...both, ...kept]) {
    if (stepsAside(one)) {
      dropConstraint(between, from, one, gone);
      addConstraint(steps, to, other);
    } else if (one !== other && !same(comparable(one), comparable(other)) && !(goes(one) && comes(other))) {
      changeConstraint(between, from, to, one, other, gone);
    }
  }
}

/** The parent of a partition on both sides, where it has the same one on both. */
function parentsOf(
  { from, to, same }: Between,
  one: Table,
  other: Table,
): { readonly before: Table | undefined; readonly after: Table | undefined } | undefined {
  const { partitionOf } = one;
  if (!partitionOf || !same(partitionOf, other.partitionOf)) return undefined;
  const parentIn = ({ tables }: Snapshot): Table | undefined => tables.find(({ name, schema }) => name === partitionOf.table && schema === partitionOf.schema);
  return { before: parentIn(from), after: parentIn(to) };
}

/** What a check reads is not always known, and follows from its text. */
function comparable(constraint: Constraint): Constraint {
  return constraint.type === 'check' || constraint.type === 'exclusion' ? { ...constraint, columns: [] } : constraint;
}

function changeConstraint(between: Between, from: Table, to: Table, one: Constraint, other: Constraint, gone: ReadonlySet<string>): void {
  const { same, steps } = between;
  const name = other.name;
  if (name !== undefined && 'notValid' in one && one.notValid && same({ ...comparable(one), notValid: false }, comparable(other))) {
    steps.add('add foreign keys', { type: 'validateConstraint', ...on(to), name });
  } else if (
    name !== undefined &&
    one.type === 'foreignKey' &&
    other.type === 'foreignKey' &&
    same({ ...one, deferrable: undefined }, { ...other, deferrable: undefined })
  ) {
    steps.add('add foreign keys', { type: 'alterConstraint', ...on(to), name, ...(other.deferrable ? { deferrable: other.deferrable } : {}) });
  } else {
    dropConstraint(between, from, one, gone);
    addConstraint(steps, to, other);
  }
}

/** Whether the database drops it by itself with one of these columns. */
function goesWith(constraint: Constraint, gone: ReadonlySet<string>): boolean {
  if (gone.size === 0) return false;
  const include = 'include' in constraint ? (constraint.include ?? []) : [];
  return [...(constraint.columns ?? []), ...include].some((column) => gone.has(column));
}

/** A foreign key cannot stay while the key that it points at goes, or goes and comes back. */
function losesTarget({ from, to, same, replaced }: Between, constraint: Constraint): boolean {
  if (constraint.type !== 'foreignKey') return false;
  const isTarget = ({ schema, name }: Table): boolean => name === constraint.references.table && schema === constraint.references.schema;
  const [one, other] = [from.tables.find(isTarget), to.tables.find(isTarget)];
  if (!one || !other || (one === other && !replaced.columns.has(keyOf(one)))) return false;
  const keys = (one.constraints ?? []).filter((key) => key.type === 'primaryKey' || key.type === 'unique');
  const pointed = keys.filter((key) =>
    constraint.references.columns ? same([...key.columns].sort(), [...constraint.references.columns].sort()) : key.type === 'primaryKey',
  );
  return pointed.length > 0 && !pointed.some((key) => other.constraints?.some((later) => same(key, later)));
}

function dropConstraint({ from, to, steps, same, replaced }: Between, table: Table, constraint: Constraint, gone: ReadonlySet<string>): void {
  if (constraint.name === undefined) return;
  // With its column it goes by itself, unless it points at something that would have to go before.
  const target = constraint.type === 'foreignKey' ? from.tables.find((other) => refersTo(constraint, other)) : undefined;
  const stays =
    target === undefined ||
    (to.tables.includes(target) && !replaced.columns.has(keyOf(target))) ||
    !losesTarget({ from, to, steps, same, replaced }, constraint);
  if (goesWith(constraint, gone) && stays && (target === undefined || to.tables.some((other) => keyOf(other) === keyOf(target)))) return;
  steps.add(constraint.type === 'foreignKey' ? 'drop foreign keys' : 'drop constraints', { type: 'dropConstraint', ...on(table), name: constraint.name });
}

function diffIndexes(between: Between, from: Table, to: Table, gone: ReadonlySet<string>): void {
  const { same, steps } = between;
  const key = (index: Index): string => index.name ?? JSON.stringify(index);
  const real = (indexes: readonly Index[] | undefined): readonly Index[] | undefined =>
    indexes?.some(({ proposed }) => proposed) ? indexes.filter(({ proposed }) => !proposed) : indexes;
  const drop = (index: Index): void => {
    if (index.name === undefined || indexGoesWith(index, gone)) return;
    const name: Operation = { type: 'dropIndex', ...inSchema(from), name: index.name, table: from.name };
    steps.add('drop indexes', name);
  };
  const create = (index: Index): void => steps.add('create indexes', { type: 'createIndex', ...on(to), index });
  const { gone: dropped, come, both } = pairs(real(from.indexes), real(to.indexes), key);
  for (const index of dropped) drop(index);
  for (const index of come) create(index);
  // One that is the same object on both sides steps aside only for columns that go or are made anew.
  const kept = gone.size > 0 || between.replaced.retyped.has(keyOf(from)) ? shared(from.indexes, to.indexes) : [];
  for (const [one, other] of [...both, ...kept]) {
    const texts = [one.where, ...one.keys.map(({ expression }) => expression)];
    if (
      indexGoesWith(one, gone) ||
      texts.some((text) => rebuiltBeside(between, from, text)) ||
      !same({ ...one, comment: undefined }, { ...other, comment: undefined })
    ) {
      drop(one);
      create(other);
    } else if (other.name !== undefined && !same(one.comment, other.comment)) {
      steps.add('comment', {
        type: 'setComment',
        kind: 'index',
        ...inSchema(to),
        name: other.name,
        ...(other.comment === undefined ? {} : { comment: other.comment }),
      });
    }
  }
}

function indexGoesWith(index: Index, gone: ReadonlySet<string>): boolean {
  if (gone.size === 0) return false;
  const plain = [...index.keys.flatMap(({ column }) => column ?? []), ...(index.include ?? [])];
  const texts = [index.where, ...index.keys.map(({ expression }) => expression)];
  return plain.some((column) => gone.has(column)) || texts.some((text) => [...gone].some((column) => mentions(text, column)));
}
