import type { Constraint, Lock, Operation } from '@planwright/spec';
import { onTableText, type StatementFacts, tableBefore } from '../../verdicts/statement-facts.js';

type On = { readonly schema?: string; readonly table: string };

/** Locks of the operations on constraints and indexes; nothing for all others. */
export function constraintLocks(facts: StatementFacts, operation: Operation): readonly Lock[] | undefined {
  switch (operation.type) {
    case 'addConstraint':
      return added(facts, operation, operation.constraint);
    case 'dropConstraint': {
      const constraint = constraintOf(facts, operation);
      // Both sides of a foreign key lose triggers.
      return [lock(operation, 'ACCESS EXCLUSIVE'), ...(constraint?.type === 'foreignKey' ? [lock(constraint.references, 'ACCESS EXCLUSIVE')] : [])];
    }
    case 'renameConstraint':
    case 'alterConstraint':
      return [lock(operation, 'ACCESS EXCLUSIVE')];
    case 'validateConstraint': {
      const constraint = constraintOf(facts, operation);
      if (!constraint) return undefined;
      const own = lock(operation, 'SHARE UPDATE EXCLUSIVE', 'scan');
      return constraint.type === 'foreignKey' ? [own, lock(constraint.references, 'ROW SHARE', 'scan')] : [own];
    }
    case 'createIndex':
      return [lock(operation, operation.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE', 'scan')];
    case 'dropIndex':
      if (operation.table === undefined) return undefined;
      return [
        lock(
          { ...(operation.schema === undefined ? {} : { schema: operation.schema }), table: operation.table },
          operation.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE',
        ),
      ];
    case 'renameIndex':
      return [lock({ ...(operation.schema === undefined ? {} : { schema: operation.schema }), table: operation.name }, 'SHARE UPDATE EXCLUSIVE')];
    case 'reindex':
      return operation.kind === 'table'
        ? [
            lock(
              { ...(operation.schema === undefined ? {} : { schema: operation.schema }), table: operation.name },
              operation.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE',
              'scan',
            ),
          ]
        : undefined;
    default:
      return undefined;
  }
}

function added(facts: StatementFacts, on: On, constraint: Constraint): readonly Lock[] {
  switch (constraint.type) {
    case 'foreignKey': {
      // A new column without a default holds NULL in every row: nothing is looked up.
      const columns = facts.operations.flatMap((operation) =>
        operation.type === 'addColumn' && onTableText(operation) === onTableText(on) ? [operation.column] : [],
      );
      const empty = columns.some(({ name, default: filled }) => constraint.columns.includes(name) && filled === undefined);
      const held = constraint.notValid || empty ? 'brief' : 'scan';
      return [lock(on, 'SHARE ROW EXCLUSIVE', held), lock(constraint.references, 'SHARE ROW EXCLUSIVE', held)];
    }
    case 'check':
      return [lock(on, 'ACCESS EXCLUSIVE', constraint.notValid ? 'brief' : 'scan')];
    case 'primaryKey': {
      const table = tableBefore(facts, on);
      const index = table?.indexes?.find(({ name }) => name === constraint.usingIndex);
      const nullable = index?.keys.some(({ column }) => !table?.columns.find(({ name }) => name === column)?.notNull) ?? true;
      return [lock(on, 'ACCESS EXCLUSIVE', constraint.usingIndex !== undefined && !nullable ? 'brief' : 'scan')];
    }
    case 'unique':
      return [lock(on, 'ACCESS EXCLUSIVE', constraint.usingIndex === undefined ? 'scan' : 'brief')];
    case 'exclusion':
      return [lock(on, 'ACCESS EXCLUSIVE', 'scan')];
  }
}

function constraintOf(facts: StatementFacts, operation: On & { readonly name: string }): Constraint | undefined {
  return tableBefore(facts, operation)?.constraints?.find(({ name }) => name === operation.name);
}

function lock(on: On, mode: Lock['mode'], held: Lock['held'] = 'brief'): Lock {
  return { relation: onTableText(on), mode, held };
}
