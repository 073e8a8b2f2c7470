import type { Lock, Operation } from '@planwright/spec';
import { mentions } from '../../expression-names.js';
import { lock, type On, onOf, type Surroundings } from './surroundings.js';

/** Locks of what is done between a table and its partitions or heirs; nothing for all other operations. */
export function partitionLocks(around: Surroundings, operation: Operation): readonly Lock[] | undefined {
  switch (operation.type) {
    case 'attachPartition': {
      // Without bounds it is an index that is attached to an index.
      if (operation.bounds === undefined) return undefined;
      const keys = around.keysOf(operation);
      return [
        lock(operation, 'SHARE UPDATE EXCLUSIVE'),
        ...around.spread(operation.partition, 'ACCESS EXCLUSIVE', isProven(around, operation, operation.bounds) ? 'brief' : 'scan'),
        ...defaultPartition(around, operation, 'scan'),
        // The rows that come must have their partners.
        ...keys.flatMap(({ references }) => around.partner(references, 'SHARE ROW EXCLUSIVE')),
        ...around.referencesTo(operation).flatMap(({ from }) => around.partner(from, 'SHARE ROW EXCLUSIVE')),
      ];
    }
    case 'detachPartition': {
      // CONCURRENTLY waits for those who use the parent and closes only what leaves; beside a default partition it is refused.
      return [
        lock(operation, operation.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE'),
        ...around.spread(operation.partition, around.isBefore(14) ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE'),
        ...defaultPartition(around, operation, 'brief'),
        ...around.keysOf(operation).flatMap(({ references }) => around.partner(references, 'SHARE ROW EXCLUSIVE')),
        // No row may reference one that leaves.
        ...around.referencesTo(operation).flatMap(({ from }) => around.partner(from, 'ACCESS EXCLUSIVE', 'scan')),
      ];
    }
    case 'setInheritance':
      return operation.inherits
        ? [lock(operation, 'ACCESS EXCLUSIVE'), lock(operation.parent, 'SHARE UPDATE EXCLUSIVE')]
        : [lock(operation, 'ACCESS EXCLUSIVE')];
    default:
      return undefined;
  }
}

/** Locks on the relatives of a table that is made: its parents, the default partition, and what their foreign keys tie to them. */
export function parentLocks(around: Surroundings, table: Extract<Operation, { type: 'createTable' }>['table']): readonly Lock[] {
  const parent = table.partitionOf;
  if (!parent) return (table.inherits ?? []).map((relation) => ({ relation, mode: 'SHARE UPDATE EXCLUSIVE', held: 'brief' }));
  return [
    lock(parent, 'ACCESS EXCLUSIVE'),
    ...defaultPartition(around, parent, 'scan'),
    ...around.keysOf(parent).flatMap(({ references }) => around.partner(references, 'SHARE ROW EXCLUSIVE')),
    ...around.referencesTo(parent).flatMap(({ from }) => around.partner(from, 'SHARE ROW EXCLUSIVE')),
  ];
}

/** The default partition is read for rows that belong elsewhere, and its own rule changes with every other partition. */
export function defaultPartition(around: Surroundings, parent: On, work: Lock['held']): readonly Lock[] {
  for (const member of around.family(parent, false)) {
    const table = around.table(member);
    if (table?.partitionOf?.bounds.toUpperCase() === 'DEFAULT' && isSame(table.partitionOf, parent))
      return around.partner(onOf(table), 'ACCESS EXCLUSIVE', work);
  }
  return [];
}

/** A valid check that repeats the bounds spares the read, where no key or index is still to be built and no foreign key to be checked. */
function isProven(around: Surroundings, operation: Extract<Operation, { type: 'attachPartition' }>, bounds: string): boolean {
  const parent = around.table(operation);
  const partition = around.table(operation.partition);
  if (!parent || !partition || parent.indexes?.length || parent.constraints?.some(({ type }) => type !== 'check')) return false;
  const literals = bounds.match(/'(?:[^']|'')*'|\b\d+\b/g) ?? [];
  const notNull = (expression: string): boolean =>
    /\bis\s+not\s+null\b/i.test(expression) || partition.columns.some(({ name, notNull: always }) => always && mentions(parent.partitionBy ?? '', name));
  return (
    literals.length > 0 &&
    (partition.constraints ?? []).some(
      (constraint) =>
        constraint.type === 'check' &&
        !constraint.notValid &&
        literals.every((literal) => constraint.expression.includes(literal)) &&
        notNull(constraint.expression),
    )
  );
}

function isSame(one: On, other: On): boolean {
  return one.table === other.table && one.schema === other.schema;
}
