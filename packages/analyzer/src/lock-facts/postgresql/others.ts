import type { Lock, Operation } from '@planwright/spec';
import { tableText } from '../../verdicts/statement-facts.js';
import { lostObjects, lostViews } from './lost.js';
import { onlyReads } from './only-reads.js';
import { lock, onOf, type Surroundings } from './surroundings.js';

/** Locks of the operations on views, types, sequences and objects that are no relations; nothing where they are not certain. */
export function otherLocks(around: Surroundings, operation: Operation): readonly Lock[] | undefined {
  const { before } = around.facts;
  switch (operation.type) {
    case 'createView': {
      const known = before.views?.some((view) => tableText(view) === tableText(operation.view));
      return known && operation.orReplace ? [lock(onOf(operation.view), 'ACCESS EXCLUSIVE')] : [];
    }
    case 'refreshView':
      return operation.concurrently ? [lock(onOf(operation), 'EXCLUSIVE', 'scan')] : [lock(onOf(operation), 'ACCESS EXCLUSIVE', 'rewrite')];
    case 'dropView': {
      const known = before.views?.some((view) => tableText(view) === nameOf(operation));
      return known || !operation.ifExists ? [lock(onOf(operation), 'ACCESS EXCLUSIVE'), ...lostViews(around.facts)] : [];
    }
    case 'renameView':
      return [lock(onOf(operation), 'ACCESS EXCLUSIVE')];
    case 'setComment':
      return commented(operation);
    case 'dropType':
    case 'dropSchema':
      return operation.cascade ? lostObjects(around) : [];
    case 'dropRoutine':
      if (!operation.cascade) return [];
      // What but triggers may call it is not kept: defaults, checks, policies.
      return before.routines?.every(({ returns }) => returns === 'trigger') ? lostObjects(around) : undefined;
    case 'alterDomain':
      return alteredDomain(around, operation);
    case 'dropSequence':
      return operation.cascade
        ? undefined
        : operation.ifExists && !before.sequences?.some((sequence) => tableText(sequence) === nameOf(operation))
          ? []
          : [lock(onOf(operation), 'ACCESS EXCLUSIVE')];
    case 'alterSequence':
      return [lock(onOf(operation), 'SHARE ROW EXCLUSIVE')];
    case 'renameSequence':
      return [lock(onOf(operation), 'ACCESS EXCLUSIVE')];
    case 'maintain':
      return maintained(around, operation);
    case 'changePrivileges':
      return privileged(operation);
    case 'runQuery':
      return onlyReads(around.sql) ? [] : undefined;
    case 'createObject':
      return operation.object.kind === 'statistics' ? counted(operation.object.definition) : undefined;
    case 'createEnum':
    case 'renameType':
    case 'addEnumValue':
    case 'renameEnumValue':
    case 'createDomain':
    case 'createCompositeType':
    case 'createSequence':
    case 'createRoutine':
    case 'createSchema':
    case 'renameSchema':
    case 'createExtension':
    case 'setSetting':
    case 'controlTransaction':
      return [];
    default:
      return undefined;
  }
}

function commented(operation: Extract<Operation, { type: 'setComment' }>): readonly Lock[] | undefined {
  switch (operation.kind) {
    case 'table':
    case 'column':
      return operation.table === undefined ? undefined : [lock({ ...operation, table: operation.table }, 'SHARE UPDATE EXCLUSIVE')];
    case 'view':
    case 'materialized view':
    case 'index':
    case 'sequence':
      return [lock(onOf(operation), 'SHARE UPDATE EXCLUSIVE')];
    case 'constraint':
    case 'trigger':
    case 'policy':
    case 'rule':
    case 'function':
    case 'procedure':
    case 'type':
    case 'domain':
    case 'schema':
    case 'extension':
      return [];
    default:
      return undefined;
  }
}

/** A new rule of a domain is tried on every row of every table that has it. */
function alteredDomain(around: Surroundings, operation: Extract<Operation, { type: 'alterDomain' }>): readonly Lock[] {
  const tried =
    operation.action === 'set not null' || operation.action === 'validate constraint' || (operation.action === 'add constraint' && !operation.check?.notValid);
  if (!tried) return [];
  const name = nameOf(operation);
  return [...around.tables].flatMap((table) =>
    table.columns.some((column) => column.type.replaceAll('"', '').replace(/\[\]$/, '') === name)
      ? [lock(onOf(table), 'SHARE', table.partitionBy === undefined ? 'scan' : 'brief')]
      : [],
  );
}

/** Rights are a matter of the catalogue; only another owner closes a relation. */
function privileged({ kind, on = '' }: Extract<Operation, { type: 'changePrivileges' }>): readonly Lock[] | undefined {
  if (kind !== 'owner') return [];
  const relation = /^(?:table|view|materialized view|sequence) (\S+)$/i.exec(on)?.[1]?.replaceAll('"', '');
  if (relation !== undefined) return [{ relation: relation.replace(/^public\./, ''), mode: 'ACCESS EXCLUSIVE', held: 'brief' }];
  return /^(?:function|procedure|schema|type|domain) /i.test(on) ? [] : undefined;
}

/** Extended statistics are kept by the next ANALYZE; the statement itself reads no row. */
function counted(definition = ''): readonly Lock[] | undefined {
  const [, schema, table] = /\bfrom\s+(?:"?(\w+)"?\.)?"?(\w+)"?\s*;?\s*$/i.exec(definition) ?? [];
  if (table === undefined) return undefined;
  return [lock(schema === undefined || schema === 'public' ? { table } : { schema, table }, 'SHARE UPDATE EXCLUSIVE')];
}

/** CLUSTER and VACUUM FULL write the table anew; a plain VACUUM reads it beside everybody, ANALYZE takes a sample. Without a table it is every table there is. */
function maintained(around: Surroundings, operation: Extract<Operation, { type: 'maintain' }>): readonly Lock[] | undefined {
  if (operation.action === 'checkpoint') return [];
  if (operation.table === undefined) return undefined;
  const on = { ...operation, table: operation.table };
  if (operation.action === 'cluster' || operation.full) return around.spread(on, 'ACCESS EXCLUSIVE', 'rewrite', false);
  return around.spread(on, 'SHARE UPDATE EXCLUSIVE', operation.action === 'vacuum' ? 'scan' : 'brief', operation.action === 'analyze');
}

function nameOf({ schema, name }: { readonly schema?: string; readonly name: string }): string {
  return tableText({ ...(schema === undefined ? {} : { schema }), name });
}
