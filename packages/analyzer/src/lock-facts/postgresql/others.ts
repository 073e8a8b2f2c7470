import type { Lock, Operation } from '@planwright/spec';
import { onTableText, type StatementFacts, tableBefore, tableText } from '../../verdicts/statement-facts.js';

type On = { readonly schema?: string; readonly table: string };

function lock(on: On, mode: Lock['mode'], held: Lock['held'] = 'brief'): Lock {
  return { relation: onTableText(on), mode, held };
}

/** Locks of the operations on tables as a whole, rows, triggers, policies, and objects that are no relations; nothing where they are not certain. */
export function otherLocks(facts: StatementFacts, operation: Operation): readonly Lock[] | undefined {
  switch (operation.type) {
    case 'createTable': {
      if (operation.asQuery !== undefined) return undefined;
      const { table } = operation;
      const self = tableText(table);
      const referenced = (table.constraints ?? []).flatMap((constraint) =>
        constraint.type === 'foreignKey' && onTableText(constraint.references) !== self ? [lock(constraint.references, 'SHARE ROW EXCLUSIVE')] : [],
      );
      return table.partitionOf ? [lock(table.partitionOf, 'ACCESS EXCLUSIVE'), ...referenced] : referenced;
    }
    case 'dropTable': {
      const table = tableBefore(facts, operation);
      if (!table) return operation.ifExists ? [] : undefined;
      const partners = (table.constraints ?? []).flatMap((constraint) =>
        constraint.type === 'foreignKey' ? [lock(constraint.references, 'ACCESS EXCLUSIVE')] : [],
      );
      return [lock(operation, 'ACCESS EXCLUSIVE'), ...partners];
    }
    case 'renameTable':
    case 'setTableSchema':
    case 'createPolicy':
    case 'alterPolicy':
    case 'dropPolicy':
    case 'setRowSecurity':
    case 'dropTrigger':
    case 'renameTrigger':
      return [lock(operation, 'ACCESS EXCLUSIVE')];
    case 'createTrigger':
    case 'setTriggerState':
      return [lock(operation, 'SHARE ROW EXCLUSIVE')];
    case 'setTableOption':
      return [tableOption(operation)];
    case 'attachPartition':
      return operation.bounds === undefined ? undefined : [lock(operation, 'SHARE UPDATE EXCLUSIVE'), lock(operation.partition, 'ACCESS EXCLUSIVE', 'scan')];
    case 'detachPartition':
      return operation.concurrently ? undefined : [lock(operation, 'ACCESS EXCLUSIVE'), lock(operation.partition, 'ACCESS EXCLUSIVE')];
    case 'truncateTable':
      return operation.cascade ? undefined : [lock(operation, 'ACCESS EXCLUSIVE')];
    case 'insertRows': {
      const parents = (tableBefore(facts, operation)?.constraints ?? []).flatMap((constraint) =>
        constraint.type === 'foreignKey' ? [lock(constraint.references, 'ROW SHARE')] : [],
      );
      return operation.fromQuery ? undefined : [lock(operation, 'ROW EXCLUSIVE'), ...parents];
    }
    case 'updateRows':
      return operation.from ? undefined : [lock(operation, 'ROW EXCLUSIVE', 'scan')];
    case 'deleteRows':
      return undefined;
    case 'refreshView':
      return [
        { relation: nameOf(operation), mode: operation.concurrently ? 'EXCLUSIVE' : 'ACCESS EXCLUSIVE', held: operation.concurrently ? 'scan' : 'rewrite' },
      ];
    case 'dropView':
      return operation.cascade ? undefined : [{ relation: nameOf(operation), mode: 'ACCESS EXCLUSIVE', held: 'brief' }];
    case 'renameView':
      return [{ relation: nameOf(operation), mode: 'ACCESS EXCLUSIVE', held: 'brief' }];
    case 'lockTable':
      return operation.tables.map((table) => lock(table, operation.mode));
    case 'setComment':
      return operation.table !== undefined && (operation.kind === 'table' || operation.kind === 'column')
        ? [lock({ ...operation, table: operation.table }, 'SHARE UPDATE EXCLUSIVE')]
        : undefined;
    case 'dropType':
      // With CASCADE columns go too, in tables that the statement does not name.
      return operation.cascade ? undefined : [];
    case 'createEnum':
    case 'renameType':
    case 'addEnumValue':
    case 'renameEnumValue':
    case 'createDomain':
    case 'createCompositeType':
    case 'createSequence':
    case 'createRoutine':
    case 'dropRoutine':
    case 'createSchema':
    case 'setSetting':
    case 'controlTransaction':
      return [];
    default:
      return undefined;
  }
}

function tableOption(operation: Extract<Operation, { type: 'setTableOption' }>): Lock {
  switch (operation.option) {
    case 'persistence':
    case 'tablespace':
    case 'access method':
      return lock(operation, 'ACCESS EXCLUSIVE', 'rewrite');
    case 'replica identity':
    case 'of type':
      return lock(operation, 'ACCESS EXCLUSIVE');
    default:
      return lock(operation, 'SHARE UPDATE EXCLUSIVE');
  }
}

function nameOf({ schema, name }: { readonly schema?: string; readonly name: string }): string {
  return tableText({ ...(schema === undefined ? {} : { schema }), name });
}
