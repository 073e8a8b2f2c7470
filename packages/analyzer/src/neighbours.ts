import type { Operation, Table } from '@planwright/spec';
import type { Draft } from './draft/draft.js';
import { namedTables } from './named-tables.js';
import { tablesWithType } from './tables-with-type.js';

/** How far a statement's locks reach beyond the tables that it names or changes. Partitions and heirs are always near. */
interface Reach {
  /** Tables that its foreign keys reference. */
  readonly referenced?: boolean;
  /** Tables whose foreign keys reference it; `onwards`: and those that reference these. */
  readonly referencing?: boolean | 'onwards';
  /** The table that it is a partition of, with the other partitions. */
  readonly parent?: boolean;
  /** What is changed is told by the draft only: columns of a dropped type, tables of a dropped schema. */
  readonly changed?: boolean;
}

const near: Reach = {};

function reachOf(operation: Operation): Reach {
  switch (operation.type) {
    case 'alterColumnType':
    case 'attachPartition':
    case 'detachPartition':
      return { referenced: true, referencing: true };
    case 'createTable':
      return operation.table.partitionOf ? { referenced: true, referencing: true } : near;
    case 'dropColumn':
      return { referenced: true, referencing: true };
    case 'dropConstraint':
    case 'insertRows':
    case 'mergeRows':
      return { referenced: true };
    case 'dropTable':
      return { referenced: true, parent: true };
    case 'updateRows':
      return { referenced: true, referencing: true };
    case 'deleteRows':
      return { referencing: 'onwards', parent: true };
    case 'truncateTable':
      return operation.cascade ? { referencing: 'onwards', parent: true } : near;
    case 'dropType':
    case 'dropSchema':
    case 'dropRoutine':
      return operation.cascade ? { referenced: true, changed: true } : near;
    default:
      return near;
  }
}

/**
 * Tables that a statement neither names nor changes and yet may lock: partitions and heirs, the other side of foreign keys, what a type is used in.
 * Asked after its operations were carried into the draft, and before those of the next: what it changed is looked up as it was at the mark.
 */
export function neighbours(draft: Draft, operations: readonly Operation[]): readonly Table[] {
  const found = new Found();
  for (const operation of operations) {
    const reach = reachOf(operation);
    for (const { schema, name } of namedTables(operation)) {
      const table = draft.tableBefore(schema, name);
      if (table) gather(draft, table, reach, found, true);
    }
    if (reach.changed) for (const table of draft.changedTables()) gather(draft, table, reach, found, true);
    if (operation.type === 'reindex') for (const table of reindexedTables(draft, operation)) gather(draft, table, near, found, false);
    if (operation.type === 'alterDomain' && isTried(operation)) for (const table of tablesWithType(draft, operation)) gather(draft, table, near, found, false);
  }
  return found.tables;
}

const none: readonly Table[] = [];

/** Tables, each once. Most statements have none, which costs nothing. */
class Found {
  #tables: Set<Table> | undefined;

  has(table: Table): boolean {
    return this.#tables?.has(table) ?? false;
  }

  add(table: Table): void {
    this.#tables ??= new Set();
    this.#tables.add(table);
  }

  get tables(): readonly Table[] {
    return this.#tables ? [...this.#tables] : none;
  }
}

/** A table's family and what its foreign keys reach. One that is `named` is known already. */
function gather(draft: Draft, { schema, name }: Table, reach: Reach, found: Found, named: boolean): void {
  const table = draft.tableBefore(schema, name);
  if (!table || (!named && found.has(table))) return;
  if (!named) found.add(table);
  for (const child of draft.childrenOf(table)) gather(draft, child, reach, found, false);
  if (reach.parent && table.partitionOf) {
    const parent = draft.tableBefore(table.partitionOf.schema, table.partitionOf.table);
    if (parent) gather(draft, parent, reach.referencing ? reach : near, found, false);
  }
  if (reach.referenced)
    for (const constraint of table.constraints ?? []) {
      if (constraint.type !== 'foreignKey') continue;
      const target = draft.tableBefore(constraint.references.schema, constraint.references.table);
      if (target && target !== table) gather(draft, target, near, found, false);
    }
  if (reach.referencing)
    for (const other of draft.referencingTables(table))
      if (other.name !== name || other.schema !== schema) gather(draft, other, reach.referencing === 'onwards' ? reach : near, found, false);
}

/** What a domain demands is tried on every column that has it. */
function isTried({ action }: Extract<Operation, { type: 'alterDomain' }>): boolean {
  return action === 'add constraint' || action === 'set not null' || action === 'validate constraint';
}

/** The table that is named, or whose index is. */
function reindexedTables(draft: Draft, { schema, kind, name }: Extract<Operation, { type: 'reindex' }>): readonly Table[] {
  const plain = draft.plainSchema(schema);
  const owner = kind === 'index' ? draft.relation(plain, name)?.owner : undefined;
  const table = kind === 'table' ? draft.table(plain, name) : owner === undefined ? undefined : draft.tableByKey(owner);
  return table ? [table] : none;
}
