import type { ConstraintChange, IndexChange, Level, ModifiedTable } from '@planwright/spec';
import { constraintText } from '../column-text.js';
import { named, type ObjectName } from '../names.js';
import type { Act, Survey } from '../survey.js';
import { distinct } from '../words.js';
import { columnChanges } from './column-changes.js';
import { impactOnRows } from './impact-on-rows.js';
import { highest } from './level.js';

type AskedAct = Act<{ readonly id: string }>;

/** Tables that were there and change, in the order in which the change touches them. */
export function modifiedTables(survey: Survey): ModifiedTable[] {
  const tables = new Map<string, { readonly table: ObjectName; readonly acts: AskedAct[] }>();
  const renamed = new Map<string, string>();
  for (const act of survey.asked) {
    const table = touched(act, survey);
    if (!table || survey.schema.isNewTable(table)) continue;
    const key = renamed.get(named(table)) ?? named(table);
    if (act.operation.type === 'renameTable') renamed.set(named({ ...table, table: act.operation.to }), key);
    const entry = tables.get(key) ?? { table, acts: [] };
    entry.acts.push(act);
    tables.set(key, entry);
  }
  const droppedNames = new Set(survey.asked.flatMap(({ operation }) => (operation.type === 'dropTable' ? [named(operation)] : [])));
  return [...tables].filter(([key]) => !droppedNames.has(key)).flatMap(([, { table, acts }]) => modified(table, acts, survey) ?? []);
}

function touched({ operation, effect }: AskedAct, survey: Survey): ObjectName | undefined {
  if (effect.kind === 'none' || operation.type === 'setComment' || operation.type === 'dropTable') return undefined;
  if (operation.type === 'dropIndex' || operation.type === 'renameIndex') {
    const owner =
      operation.type === 'dropIndex' && operation.table ? { ...(operation.schema && { schema: operation.schema }), table: operation.table } : undefined;
    const found = survey.schema.before?.tables.find(
      (table) => table.schema === operation.schema && table.indexes?.some((index) => index.name === operation.name),
    );
    return owner ?? (found && { ...(found.schema && { schema: found.schema }), table: found.name });
  }
  if (!('table' in operation) || typeof operation.table !== 'string') return undefined;
  return { ...('schema' in operation && operation.schema ? { schema: operation.schema } : {}), table: operation.table };
}

function modified(table: ObjectName, acts: readonly AskedAct[], survey: Survey): ModifiedTable | undefined {
  const columns = columnChanges(table, acts, survey);
  const constraints = acts.flatMap((act) => constraintChange(act, survey));
  const indexes = acts.flatMap((act) => indexChange(act, survey));
  const others = distinct(acts.flatMap(({ operation }) => otherChange(operation) ?? []));
  const impact = distinct(acts.flatMap((act) => impactOnRows(act, survey) ?? []));
  const renamedTo = acts.flatMap(({ operation }) => (operation.type === 'renameTable' ? [operation.to] : [])).at(-1);
  if (!renamedTo && columns.length + constraints.length + indexes.length + others.length + impact.length === 0) return undefined;
  const risk: Level = highest(acts.map((act) => act.effect.risk));
  return {
    ...(table.schema && { schema: table.schema }),
    name: table.table,
    ...(renamedTo && { renamedTo }),
    risk,
    ...(columns.length && { columns }),
    ...(constraints.length && { constraints }),
    ...(indexes.length && { indexes }),
    ...(others.length && { others }),
    // Absent means that nobody knows; an empty list, that the rows look as before.
    ...((impact.length > 0 || acts.every(({ operation }) => (operation.type as string) !== 'unknown')) && { impact }),
  };
}

function constraintChange({ operation }: AskedAct, { schema }: Survey): ConstraintChange[] {
  const before = (name: string) =>
    'table' in operation && typeof operation.table === 'string'
      ? schema
          .tableBefore({ ...('schema' in operation && operation.schema ? { schema: operation.schema } : {}), table: operation.table })
          ?.constraints?.find((constraint) => constraint.name === name)
      : undefined;
  switch (operation.type) {
    case 'addConstraint':
      return [
        {
          change: 'ADD',
          constraint: operation.constraint,
          ...(operation.constraint.name && { name: operation.constraint.name }),
          definition: constraintText(operation.constraint),
        },
      ];
    case 'dropConstraint': {
      const constraint = before(operation.name);
      return [{ change: 'DROP', name: operation.name, ...(constraint && { constraint, definition: constraintText(constraint) }) }];
    }
    case 'renameConstraint':
      return [{ change: 'RENAME', name: operation.name, to: operation.to }];
    case 'validateConstraint':
      return [{ change: 'VALIDATE', name: operation.name }];
    case 'alterConstraint':
      return [
        {
          change: 'MODIFY',
          name: operation.name,
          definition: operation.deferrable ? `DEFERRABLE INITIALLY ${operation.deferrable.toUpperCase()}` : 'NOT DEFERRABLE',
        },
      ];
    default:
      return [];
  }
}

function indexChange({ operation }: AskedAct, { schema }: Survey): IndexChange[] {
  switch (operation.type) {
    case 'createIndex':
      return [{ change: 'ADD', name: operation.index.name ?? `an index on ${operation.table}`, index: operation.index }];
    case 'dropIndex': {
      const index = schema.before?.tables.flatMap((table) => table.indexes ?? []).find((candidate) => candidate.name === operation.name);
      return [{ change: 'DROP', name: operation.name, ...(index && { index }) }];
    }
    case 'renameIndex':
      return [{ change: 'RENAME', name: operation.name, to: operation.to }];
    default:
      return [];
  }
}

/** Changes of a table that are neither columns, constraints nor indexes. */
function otherChange(operation: AskedAct['operation']): string | undefined {
  switch (operation.type) {
    case 'setTableSchema':
      return `The table moves to schema ${operation.to}.`;
    case 'setTableOption':
      return operation.value === undefined ? `Option ${operation.option} is reset.` : `Option ${operation.option} is set to ${operation.value}.`;
    case 'setColumnOption':
      return `Option ${operation.option} of ${operation.column} ${operation.value === undefined ? 'is reset' : `is set to ${operation.value}`}.`;
    case 'attachPartition':
      return `${named(operation.partition)} becomes a partition.`;
    case 'detachPartition':
      return `${named(operation.partition)} is no longer a partition.`;
    case 'setInheritance':
      return operation.inherits ? `It inherits from ${named(operation.parent)}.` : `It no longer inherits from ${named(operation.parent)}.`;
    case 'createTrigger':
      return `Trigger ${operation.trigger.name} is ${operation.orReplace ? 'created or replaced' : 'created'}.`;
    case 'dropTrigger':
      return `Trigger ${operation.name} is dropped.`;
    case 'renameTrigger':
      return `Trigger ${operation.name} is renamed to ${operation.to}.`;
    case 'setTriggerState':
      return `${operation.name ? `Trigger ${operation.name} is` : 'Its triggers are'} set to ${operation.state}.`;
    case 'createPolicy':
      return `Policy ${operation.policy.name} is created.`;
    case 'alterPolicy':
      return `Policy ${operation.policy.name} is changed.`;
    case 'dropPolicy':
      return `Policy ${operation.name} is dropped.`;
    case 'setRowSecurity':
      return `Row level security is ${operation.state}.`;
    default:
      return undefined;
  }
}
