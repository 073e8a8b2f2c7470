import type { Lock, Operation, Table, Trigger } from '@planwright/spec';
import { onTableText, tableText } from '../../verdicts/statement-facts.js';
import { lostViews } from './lost.js';
import { defaultPartition, parentLocks } from './partitions.js';
import { lock, type On, onOf, type Surroundings } from './surroundings.js';

/** Locks of the operations on tables as a whole, their triggers and policies; nothing for all others. */
export function tableLocks(around: Surroundings, operation: Operation): readonly Lock[] | undefined {
  switch (operation.type) {
    case 'createTable': {
      const { table } = operation;
      if (operation.ifNotExists && around.table(onOf(table))) return [];
      // A query that only reads holds nobody up but those who change what it reads.
      if (operation.asQuery !== undefined) return writes.test(operation.asQuery) ? undefined : [];
      const self = tableText(table);
      const referenced = (table.constraints ?? []).flatMap((constraint) =>
        constraint.type === 'foreignKey' && onTableText(constraint.references) !== self ? around.partner(constraint.references, 'SHARE ROW EXCLUSIVE') : [],
      );
      return [...parentLocks(around, table), ...referenced];
    }
    case 'dropTable': {
      const table = around.table(operation);
      if (!table) return operation.ifExists ? [] : undefined;
      return droppedTable(around, table, operation.cascade === true);
    }
    case 'renameTable':
    case 'setTableSchema':
    case 'createPolicy':
    case 'alterPolicy':
    case 'setRowSecurity':
      return [lock(operation, 'ACCESS EXCLUSIVE')];
    case 'dropPolicy': {
      const table = around.table(operation);
      return operation.ifExists && table && !table.policies?.some(({ name }) => name === operation.name) ? [] : [lock(operation, 'ACCESS EXCLUSIVE')];
    }
    case 'createTrigger':
      return ofTrigger(around, operation, operation.trigger, 'SHARE ROW EXCLUSIVE');
    case 'dropTrigger': {
      const trigger = triggerOf(around, operation);
      if (operation.ifExists && !trigger && around.table(operation)) return [];
      return ofTrigger(around, operation, trigger, 'ACCESS EXCLUSIVE');
    }
    case 'renameTrigger':
      return around.spread(operation, 'ACCESS EXCLUSIVE', 'brief', false);
    case 'setTriggerState':
      return operation.name === undefined
        ? around.spread(operation, 'SHARE ROW EXCLUSIVE', 'brief', false)
        : ofTrigger(around, operation, triggerOf(around, { ...operation, name: operation.name }), 'SHARE ROW EXCLUSIVE');
    case 'setTableOption':
      return [tableOption(operation)];
    case 'lockTable':
      return operation.tables.flatMap((table) => around.spread(table, operation.mode));
    default:
      return undefined;
  }
}

const writes = /\b(?:insert|update|delete|merge)\b|\bfor\s+(?:no\s+key\s+update|update|share|key\s+share)\b/i;

/** A table goes with its partitions, with CASCADE with its heirs and what references it too; every foreign key that goes takes triggers from the other end. */
function droppedTable(around: Surroundings, table: Table, cascade: boolean): readonly Lock[] {
  const family = around.family(onOf(table), cascade);
  const parent = table.partitionOf;
  return [
    ...family.map((member) => lock(member, 'ACCESS EXCLUSIVE')),
    ...family.flatMap((member) => around.keysOf(member)).flatMap(({ references }) => around.partner(references, 'ACCESS EXCLUSIVE')),
    ...(cascade ? family.flatMap((member) => around.referencesTo(member)).flatMap(({ from }) => around.partner(from, 'ACCESS EXCLUSIVE')) : []),
    ...(parent ? [lock(parent, 'ACCESS EXCLUSIVE'), ...defaultPartition(around, parent, 'brief')] : []),
    ...(cascade ? lostViews(around.facts) : []),
  ];
}

/** A trigger for each row stands on every partition. */
function ofTrigger(around: Surroundings, on: On, trigger: Trigger | undefined, mode: Lock['mode']): readonly Lock[] {
  return trigger && /\bfor\s+(?:each\s+)?row\b/i.test(trigger.definition) ? around.spread(on, mode, 'brief', false) : [lock(on, mode)];
}

function triggerOf(around: Surroundings, on: On & { readonly name: string }): Trigger | undefined {
  return around.table(on)?.triggers?.find(({ name }) => name === on.name);
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
