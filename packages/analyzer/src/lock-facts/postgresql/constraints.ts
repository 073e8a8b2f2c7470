import type { Constraint, ForeignKey, Lock, Operation } from '@planwright/spec';
import { isNotValid } from '../../not-valid.js';
import { attachedKey, withReferencedKey } from '../../verdicts/postgresql/attached-key.js';
import { isProvenNotNull } from '../../verdicts/postgresql/proven-not-null.js';
import { columnOn, columnsAddedTo, onTableText, type StatementFacts, tableBefore } from '../../verdicts/statement-facts.js';
import { lock, type On, onOf, type Surroundings } from './surroundings.js';

/** Locks of the operations on constraints and indexes; nothing for all others. */
export function constraintLocks(around: Surroundings, operation: Operation): readonly Lock[] | undefined {
  switch (operation.type) {
    case 'addConstraint':
      // ONLY a partitioned table: nothing is built, and nothing read.
      if (operation.only) return [lock(operation, 'ACCESS EXCLUSIVE')];
      return added(around, operation, operation.constraint);
    case 'dropConstraint':
      return dropped(around, operation);
    case 'renameConstraint':
      return constraintOf(around.facts, operation)?.type === 'check' ? around.spread(operation, 'ACCESS EXCLUSIVE') : [lock(operation, 'ACCESS EXCLUSIVE')];
    case 'alterConstraint':
      return around.spread(operation, 'ACCESS EXCLUSIVE', 'brief', false);
    case 'validateConstraint': {
      const constraint = constraintOf(around.facts, operation);
      if (!constraint) return undefined;
      // One that is valid already is left alone.
      if (!isNotValid(constraint)) return [lock(operation, 'SHARE UPDATE EXCLUSIVE')];
      const own = around.spread(operation, 'SHARE UPDATE EXCLUSIVE', 'scan', constraint.type === 'check');
      return constraint.type === 'foreignKey' ? [...own, lock(constraint.references, 'ROW SHARE')] : own;
    }
    case 'createIndex':
      if (operation.ifNotExists && tableBefore(around.facts, operation)?.indexes?.some(({ name }) => name === operation.index.name))
        return [lock(operation, operation.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE')];
      if (operation.concurrently) return [lock(operation, 'SHARE UPDATE EXCLUSIVE', 'scan')];
      return operation.only ? [lock(operation, 'SHARE')] : around.spread(operation, 'SHARE', 'scan', false);
    case 'dropIndex': {
      if (operation.table === undefined) return undefined;
      const on = { ...(operation.schema === undefined ? {} : { schema: operation.schema }), table: operation.table };
      return operation.concurrently ? [lock(on, 'SHARE UPDATE EXCLUSIVE')] : around.spread(on, 'ACCESS EXCLUSIVE', 'brief', false);
    }
    case 'renameIndex':
      return [lock({ ...(operation.schema === undefined ? {} : { schema: operation.schema }), table: operation.name }, 'SHARE UPDATE EXCLUSIVE')];
    case 'reindex': {
      const on = reindexed(around, operation);
      const table = on && around.table(on);
      // Nothing to build, nothing to read.
      const bare = table !== undefined && !table.indexes?.length && !table.constraints?.some(({ type }) => type !== 'check' && type !== 'foreignKey');
      return on && around.spread(on, operation.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE', bare ? 'brief' : 'scan', false);
    }
    default:
      return undefined;
  }
}

/** The table whose indexes are built anew; nothing for a schema or database, and for an index that no earlier migration makes. */
function reindexed(around: Surroundings, { schema, kind, name }: Extract<Operation, { type: 'reindex' }>): On | undefined {
  if (kind === 'table') return schema === undefined ? { table: name } : { schema, table: name };
  if (kind !== 'index') return undefined;
  for (const table of around.tables) {
    const has = (items: readonly { readonly name?: string }[] | undefined): boolean => items?.some((item) => item.name === name) ?? false;
    if (table.schema === schema && (has(table.indexes) || has(table.constraints))) return onOf(table);
  }
  return undefined;
}

function added(around: Surroundings, on: On, constraint: Constraint): readonly Lock[] {
  const { facts } = around;
  switch (constraint.type) {
    case 'foreignKey': {
      // A new column without a default holds NULL in every row: nothing is looked up.
      const columns = columnsAddedTo(facts, onTableText(on));
      const empty = columns.some(({ name, default: filled }) => constraint.columns.includes(name) && filled === undefined);
      const work = constraint.notValid || (empty && !around.checksAddedKeys) ? 'brief' : 'scan';
      return foreignKeyAdded(around, on, withReferencedKey(facts, constraint), work);
    }
    case 'check': {
      const work = constraint.notValid ? 'brief' : 'scan';
      if (!constraint.noInherit) return around.spread(on, 'ACCESS EXCLUSIVE', work);
      // Before PostgreSQL 18 nobody looks at the heirs.
      return around.isBefore(18) ? [lock(on, 'ACCESS EXCLUSIVE', work)] : [...around.spread(on, 'ACCESS EXCLUSIVE'), lock(on, 'ACCESS EXCLUSIVE', work)];
    }
    case 'primaryKey': {
      const table = tableBefore(facts, on);
      const index = table?.indexes?.find(({ name }) => name === constraint.usingIndex);
      const nullable =
        index?.keys.some(({ column = '' }) => !table?.columns.find(({ name }) => name === column)?.notNull && !isProvenNotNull(facts, columnOn(on, column))) ??
        true;
      const required = constraint.columns.every((name) => table?.columns.find((column) => column.name === name)?.notNull);
      if (around.isBefore(18) && required && table?.partitionBy !== undefined) return indexed(around, on, 'scan');
      return around.spread(on, 'ACCESS EXCLUSIVE', constraint.usingIndex !== undefined && !nullable ? 'brief' : 'scan');
    }
    case 'unique':
    case 'exclusion': {
      // Heirs are locked with the table; their rows are not in its index.
      const work = 'usingIndex' in constraint && constraint.usingIndex !== undefined ? 'brief' : 'scan';
      if (around.isBefore(18)) return indexed(around, on, work);
      return [...around.spread(on, 'ACCESS EXCLUSIVE', work, false), ...around.spread(on, 'ACCESS EXCLUSIVE')];
    }
  }
}

/** Whether the other table is read in full or through its key depends on how many rows look it up. */
function foreignKeyAdded(around: Surroundings, on: On, key: ForeignKey, work: Lock['held']): readonly Lock[] {
  const handsOver = (member: On): boolean => {
    const table = member === on ? undefined : around.table(member);
    return table !== undefined && attachedKey(table, key) !== undefined;
  };
  const family = around.family(on, false);
  const taken = family.some(handsOver);
  // Triggers of a key that is handed over go; where partitions are referenced, those of both ends.
  const toParts = around.table(key.references)?.partitionBy !== undefined;
  const own = family.map((member) => {
    const handed = handsOver(member);
    const mode = handed && toParts && !around.isBefore(13) ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE';
    return lock(member, mode, handed || around.table(member)?.partitionBy !== undefined ? 'brief' : work);
  });
  const stays = !taken || (toParts && around.isBefore(13));
  const other = around.partner(key.references, stays ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE');
  return [...own, ...(taken && toParts && around.isBefore(15) ? [lock(key.references, 'SHARE ROW EXCLUSIVE'), ...other.slice(1)] : other)];
}

/** Before PostgreSQL 18 an index for a constraint is built on partitions as any other is: they stay open to readers, and heirs are left alone. */
function indexed(around: Surroundings, on: On, work: Lock['held']): readonly Lock[] {
  const isPartitioned = around.table(on)?.partitionBy !== undefined;
  return [...around.spread(on, 'SHARE', work, false), lock(on, 'ACCESS EXCLUSIVE', isPartitioned ? 'brief' : work)];
}

function dropped(around: Surroundings, operation: Extract<Operation, { type: 'dropConstraint' }>): readonly Lock[] {
  const constraint = constraintOf(around.facts, operation);
  const own = around.spread(operation, 'ACCESS EXCLUSIVE', 'brief', constraint === undefined || constraint.type === 'check');
  // Both sides of a foreign key lose triggers.
  if (constraint?.type === 'foreignKey') return [...own, ...around.partner(constraint.references, 'ACCESS EXCLUSIVE')];
  if (!operation.cascade || (constraint?.type !== 'primaryKey' && constraint?.type !== 'unique')) return own;
  const resting = around.referencesTo(operation).filter(({ key }) => sameColumns(key.references.columns ?? [], constraint.columns));
  return [...own, ...resting.flatMap(({ from }) => around.partner(from, 'ACCESS EXCLUSIVE'))];
}

function sameColumns(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((column) => other.includes(column));
}

function constraintOf(facts: StatementFacts, operation: On & { readonly name: string }): Constraint | undefined {
  return tableBefore(facts, operation)?.constraints?.find(({ name }) => name === operation.name);
}
