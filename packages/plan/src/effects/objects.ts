import type { Operation } from '@planwright/spec';
import { fails } from '../database-errors.js';
import { named } from '../names.js';
import { type Effect, harmless, type Surroundings } from './effect.js';

/** Operations on everything but tables, columns, constraints, indexes and rows. */
export function objectEffect(operation: Operation, { database, schema }: Surroundings): Effect | undefined {
  const gone = (object: string, failure: Parameters<typeof fails>[1], lost?: string): Effect => ({
    kind: 'changes',
    breaking: true,
    code: `Every statement that uses ${object} ${fails(database, failure)}.`,
    data: lost ? 'loses' : 'safe',
    ...(lost ? { dataReason: lost } : {}),
    risk: 'high',
    object,
  });
  const replaced = (object: string): Effect => ({
    ...harmless,
    object,
    risk: 'medium',
    code: `${object} is dropped and made again: running code gets the new definition at once.`,
  });
  switch (operation.type) {
    case 'createEnum':
      return { ...harmless, kind: 'adds', object: named(operation.enum) };
    case 'createDomain':
      return { ...harmless, kind: 'adds', object: named(operation.domain) };
    case 'createCompositeType':
      return { ...harmless, kind: 'adds', object: named(operation.compositeType) };
    case 'createSequence':
      return { ...harmless, kind: 'adds', object: named(operation.sequence) };
    case 'createSchema':
    case 'createExtension':
      return { ...harmless, kind: 'adds', needsNew: true, object: operation.name };
    case 'createObject':
      return { ...harmless, kind: 'adds', object: operation.object.name };
    case 'addEnumValue':
      return {
        ...harmless,
        kind: 'adds',
        needsNew: true,
        object: named(operation),
        code: `Running code goes on; once ${operation.label} is written, its readers must expect it.`,
      };
    case 'renameEnumValue':
      return {
        ...gone(named(operation), 'label'),
        code: `Every statement that names the label ${operation.label} ${fails(database, 'label')}.`,
        noBridge: true,
      };
    case 'createView':
      return { ...harmless, kind: operation.orReplace ? 'changes' : 'adds', needsNew: true, object: named(operation.view) };
    case 'createRoutine':
      return operation.orReplace && schema.before?.routines?.some((routine) => named(routine) === named(operation.routine))
        ? { ...harmless, object: named(operation.routine), risk: 'medium', code: `Running code gets the new body of ${named(operation.routine)} at once.` }
        : { ...harmless, kind: 'adds', needsNew: true, object: named(operation.routine) };
    case 'createTrigger':
      return schema.isNewTable(operation)
        ? { ...harmless, kind: 'adds', object: operation.trigger.name }
        : {
            ...harmless,
            kind: 'adds',
            object: operation.trigger.name,
            risk: 'medium',
            code: `From here on, writes of running code to ${named(operation)} run ${operation.trigger.name}.`,
          };
    case 'dropTrigger':
    case 'setTriggerState':
      return {
        ...harmless,
        object: operation.name ?? named(operation),
        risk: 'medium',
        code: `What ${operation.name ?? `the triggers of ${named(operation)}`} did for writes to ${named(operation)} changes at once.`,
      };
    case 'dropView':
      return schema.isMadeAgain(named(operation)) ? replaced(named(operation)) : gone(named(operation), 'table');
    case 'dropRoutine':
      return schema.isMadeAgain(named(operation)) ? replaced(named(operation)) : gone(named(operation), 'routine');
    case 'dropSequence':
      return gone(named(operation), 'table', `The current value of ${named(operation)} is lost.`);
    case 'dropSchema':
      return gone(operation.name, 'table', operation.cascade ? `Everything in ${operation.name} is lost.` : undefined);
    case 'dropType':
      return gone(named(operation), 'object');
    case 'dropExtension':
    case 'dropObject':
      return gone(operation.name, 'object');
    case 'renameView':
    case 'renameSequence':
      return { ...gone(named(operation), 'table'), noBridge: true };
    case 'renameSchema':
      return { ...gone(operation.name, 'table'), noBridge: true };
    case 'renameType':
      return { ...gone(named(operation), 'object'), noBridge: true };
    case 'alterCompositeType': {
      const object = named(operation);
      return operation.action === 'add'
        ? { ...harmless, object }
        : {
            ...gone(object, 'column', operation.action === 'drop' ? `The values of ${object}.${operation.attribute.name} are lost.` : undefined),
            noBridge: true,
          };
    }
    case 'alterDomain': {
      const object = named(operation);
      if (operation.action !== 'add constraint' && operation.action !== 'set not null') return { ...harmless, object };
      const code = `A write that breaks the new rule of ${object} ${fails(database, operation.action === 'set not null' ? 'null' : 'check')}.`;
      return {
        kind: 'changes',
        breaking: true,
        code,
        data: 'may fail',
        dataReason: `The new rule of ${object} fails when a stored value breaks it.`,
        risk: 'medium',
        object,
        work: `a check of every column of type ${object}`,
      };
    }
    case 'createPolicy':
      return { ...harmless, kind: 'adds', object: operation.policy.name, code: `It takes effect on ${named(operation)} once row level security is enabled.` };
    case 'alterPolicy':
      return { ...harmless, object: operation.policy.name, risk: 'medium', code: `Which rows of ${named(operation)} a role sees changes at once.` };
    case 'dropPolicy':
      if (schema.isMadeAgain(operation.name)) return replaced(operation.name);
      return {
        kind: 'changes',
        breaking: true,
        code: `While row level security is enabled, roles no longer see the rows of ${named(operation)} that ${operation.name} let through.`,
        data: 'safe',
        risk: 'medium',
        object: operation.name,
      };
    case 'setRowSecurity': {
      const object = named(operation);
      if (schema.isNewTable(operation)) return { ...harmless, kind: 'adds', object };
      if (operation.state === 'enabled' || operation.state === 'forced')
        return {
          kind: 'changes',
          breaking: true,
          code: `Roles see only those rows of ${object} that a policy lets through.`,
          data: 'safe',
          risk: 'high',
          object,
        };
      return { ...harmless, object, risk: 'medium', code: `Roles see every row of ${object} that their privileges allow.` };
    }
    case 'changePrivileges':
      return operation.kind === 'revoke'
        ? {
            kind: 'changes',
            breaking: true,
            code: `Statements that need the right${operation.on ? ` on ${operation.on}` : ''} ${fails(database, 'privilege', 'fail')}.`,
            data: 'safe',
            risk: 'medium',
            ...(operation.on ? { object: operation.on } : {}),
          }
        : { ...harmless, ...(operation.on ? { object: operation.on } : {}) };
    case 'refreshView':
      return { ...harmless, object: named(operation), work: `a new run of the query of ${named(operation)}` };
    case 'alterSequence':
    case 'alterObject':
      return { ...harmless, object: named(operation) };
    case 'setComment':
      return { ...harmless, object: operation.name };
    default:
      return undefined;
  }
}
