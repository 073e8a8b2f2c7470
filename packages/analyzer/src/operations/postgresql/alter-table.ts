import type { Constraint, Operation } from '@planwright/spec';
import { type NodeOf, nodeOf, nodesOf } from '@planwright/sql/postgresql';
import { readAlterColumn } from './alter-column.js';
import { readColumn } from './columns.js';
import { readCompositeChange } from './composite-types.js';
import { readConstraint } from './constraints.js';
import { optionText } from './options.js';
import { partitionBounds } from './partitions.js';
import { itemFrom, type ReadContext } from './read-context.js';
import { existing, type OnTable, onTable } from './relation-name.js';
import { privilege, roleName } from './roles.js';

export type AlterCommand = NodeOf<'AlterTableCmd'>;

/** ALTER TABLE and its relatives for indexes, views, sequences and composite types, which share the grammar's node. */
export function readAlterTable(context: ReadContext, node: NodeOf<'AlterTableStmt'>): readonly Operation[] {
  const commands = inOrderOfPasses(nodesOf('AlterTableCmd', node.cmds));
  if (node.objtype === 'OBJECT_TYPE') return commands.flatMap((command) => readCompositeChange(context, node, command));
  const table = onTable(context.draft, node.relation);
  const [only, second] = commands;
  const operations = only && !second ? readCommand(context, table, only, node) : commands.flatMap((command) => readCommand(context, table, command, node));
  return node.missing_ok ? operations.map(tolerant) : operations;
}

/** ALTER TABLE IF EXISTS: what takes `ifExists` takes it. */
function tolerant(operation: Operation): Operation {
  return operation.type === 'dropColumn' || operation.type === 'dropConstraint' ? { ...operation, ifExists: true } : operation;
}

/** PostgreSQL carries out the parts of one ALTER TABLE in passes: what is dropped goes first, types change next, then columns come and then constraints. */
function inOrderOfPasses(commands: readonly AlterCommand[]): readonly AlterCommand[] {
  if (commands.length < 2) return commands;
  return commands
    .map((command, index) => ({ command, index }))
    .sort((a, b) => passOf(a.command) - passOf(b.command) || a.index - b.index)
    .map(({ command }) => command);
}

function passOf(command: AlterCommand): number {
  switch (command.subtype) {
    case 'AT_DropColumn':
    case 'AT_DropConstraint':
    case 'AT_DropNotNull':
    case 'AT_DropExpression':
      return 0;
    case 'AT_ColumnDefault':
      return command.def ? 5 : 0;
    case 'AT_AlterColumnType':
      return 1;
    case 'AT_AddColumn':
      return 2;
    case 'AT_SetNotNull':
    case 'AT_SetIdentity':
    case 'AT_AddIdentity':
      return 3;
    case 'AT_AddConstraint': {
      const type = nodeOf('Constraint', command.def)?.contype;
      return type === 'CONSTR_PRIMARY' || type === 'CONSTR_UNIQUE' || type === 'CONSTR_EXCLUSION' ? 4 : 5;
    }
    default:
      return 6;
  }
}

function readCommand(context: ReadContext, table: OnTable, command: AlterCommand, node: NodeOf<'AlterTableStmt'>): readonly Operation[] {
  const name = command.name ?? '';
  const cascade = command.behavior === 'DROP_CASCADE' ? { cascade: true } : {};
  const ifExists = command.missing_ok ? { ifExists: true } : {};
  switch (command.subtype) {
    case 'AT_AddColumn': {
      const definition = nodeOf('ColumnDef', command.def);
      if (!definition) break;
      const read = readColumn(context, definition);
      return [
        { type: 'addColumn', ...table, column: read.column, ...(command.missing_ok ? { ifNotExists: true } : {}) },
        ...read.constraints.map((constraint): Operation => ({ type: 'addConstraint', ...table, constraint })),
      ];
    }
    case 'AT_DropColumn':
      return [{ type: 'dropColumn', ...table, column: name, ...ifExists, ...cascade }];
    case 'AT_AddConstraint': {
      const definition = nodeOf('Constraint', command.def);
      if (definition?.contype === 'CONSTR_NOTNULL') {
        return (definition.keys ?? []).flatMap((key) => {
          const text = nodeOf('String', key)?.sval;
          return text === undefined ? [] : [{ type: 'setNotNull' as const, ...table, column: text }];
        });
      }
      const constraint = definition && readConstraint(context, definition);
      if (constraint && 'usingIndex' in constraint && constraint.usingIndex !== undefined)
        return [fromIndex(context, table, constraint, constraint.usingIndex)];
      if (!constraint) return [unread(command, table)];
      // Without partitions ONLY says nothing, and dumps always write it.
      const only = node.relation?.inh !== true && context.draft.table(table.schema, table.table)?.partitionBy !== undefined;
      return [{ type: 'addConstraint', ...table, constraint, ...(only ? { only } : {}) }];
    }
    case 'AT_DropConstraint':
      return [{ type: 'dropConstraint', ...table, name, ...ifExists, ...cascade }];
    case 'AT_ValidateConstraint':
      return [{ type: 'validateConstraint', ...table, name }];
    case 'AT_AlterConstraint': {
      const change = nodeOf('ATAlterConstraint', command.def) ?? nodeOf('Constraint', command.def);
      const deferrable = change?.initdeferred ? ('deferred' as const) : change?.deferrable ? ('immediate' as const) : undefined;
      return [{ type: 'alterConstraint', ...table, name: change?.conname ?? name, ...(deferrable ? { deferrable } : {}) }];
    }
    case 'AT_AttachPartition':
    case 'AT_DetachPartition': {
      const part = nodeOf('PartitionCmd', command.def);
      const { name: partitionName, ...schema } = existing(context.draft, part?.name);
      const partition = { ...schema, table: partitionName };
      if (command.subtype === 'AT_DetachPartition')
        return [{ type: 'detachPartition', ...table, partition, ...(part?.concurrent ? { concurrently: true } : {}) }];
      return [{ type: 'attachPartition', ...table, partition, ...(part?.bound ? { bounds: partitionBounds(context, part.bound) } : {}) }];
    }
    case 'AT_AddInherit':
    case 'AT_DropInherit': {
      const { name: parent, ...schema } = existing(context.draft, nodeOf('RangeVar', command.def));
      return [{ type: 'setInheritance', ...table, parent: { ...schema, table: parent }, inherits: command.subtype === 'AT_AddInherit' }];
    }
    case 'AT_EnableRowSecurity':
      return [{ type: 'setRowSecurity', ...table, state: 'enabled' }];
    case 'AT_DisableRowSecurity':
      return [{ type: 'setRowSecurity', ...table, state: 'disabled' }];
    case 'AT_ForceRowSecurity':
      return [{ type: 'setRowSecurity', ...table, state: 'forced' }];
    case 'AT_NoForceRowSecurity':
      return [{ type: 'setRowSecurity', ...table, state: 'not forced' }];
    case 'AT_EnableTrig':
    case 'AT_EnableTrigAll':
    case 'AT_EnableTrigUser':
      return [{ type: 'setTriggerState', ...table, ...(name ? { name } : {}), state: 'enabled' }];
    case 'AT_DisableTrig':
    case 'AT_DisableTrigAll':
    case 'AT_DisableTrigUser':
      return [{ type: 'setTriggerState', ...table, ...(name ? { name } : {}), state: 'disabled' }];
    case 'AT_EnableAlwaysTrig':
      return [{ type: 'setTriggerState', ...table, ...(name ? { name } : {}), state: 'always' }];
    case 'AT_EnableReplicaTrig':
      return [{ type: 'setTriggerState', ...table, ...(name ? { name } : {}), state: 'replica' }];
    case 'AT_EnableRule':
    case 'AT_EnableAlwaysRule':
    case 'AT_EnableReplicaRule':
    case 'AT_DisableRule':
      return [{ type: 'alterObject', ...schemaOnly(table), kind: 'rule', name }];
    case 'AT_SetRelOptions':
    case 'AT_ReplaceRelOptions':
    case 'AT_ResetRelOptions': {
      const parts = nodesOf('DefElem', nodeOf('List', command.def)?.items);
      return parts.flatMap((part) => option(table, part.defname ?? '', command.subtype === 'AT_ResetRelOptions' ? undefined : optionText(part.arg)));
    }
    case 'AT_SetLogged':
      return option(table, 'persistence', 'permanent');
    case 'AT_SetUnLogged':
      return option(table, 'persistence', 'unlogged');
    case 'AT_SetTableSpace':
      return option(table, 'tablespace', name);
    case 'AT_SetAccessMethod':
      return option(table, 'access method', name);
    case 'AT_ClusterOn':
      return option(table, 'cluster on', name);
    case 'AT_DropCluster':
      return option(table, 'cluster on');
    case 'AT_AddOf':
    case 'AT_DropOf':
      return option(table, 'of type', command.def ? itemFrom(context, context.start) : undefined);
    case 'AT_ReplicaIdentity': {
      const identity = nodeOf('ReplicaIdentityStmt', command.def);
      const words: Readonly<Record<string, string>> = { d: 'default', n: 'nothing', f: 'full' };
      return option(table, 'replica identity', words[identity?.identity_type ?? ''] ?? `using index ${identity?.name ?? ''}`);
    }
    case 'AT_ChangeOwner':
      return [privilege('owner', `${node.objtype === 'OBJECT_TABLE' ? 'TABLE ' : ''}${table.table}`, [roleName(command.newowner)])];
    case 'AT_GenericOptions':
      return [{ type: 'alterObject', ...schemaOnly(table), kind: 'foreign table', name: table.table }];
  }
  return readAlterColumn(context, table, command) ?? [unread(command, table)];
}

function option(table: OnTable, text: string, value?: string): readonly Operation[] {
  return [{ type: 'setTableOption', ...table, option: text, ...(value === undefined ? {} : { value }) }];
}

/** A constraint made of an index has the index's columns. */
function fromIndex(context: ReadContext, table: OnTable, constraint: Constraint, name: string): Operation {
  const index = context.draft.table(table.schema, table.table)?.indexes?.find((candidate) => candidate.name === name);
  const columns = index?.keys.flatMap(({ column }) => column ?? []) ?? [];
  if (columns.length === 0 || (constraint.type !== 'primaryKey' && constraint.type !== 'unique')) {
    return { type: 'unknown', reason: `The index \`${name}\`, of which a constraint is made, is not made by any earlier migration.`, tables: [table.table] };
  }
  return { type: 'addConstraint', ...table, constraint: { ...constraint, columns } };
}

function unread(command: AlterCommand, { table }: OnTable): Operation {
  const words = (command.subtype ?? '')
    .replace(/^AT_/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return { type: 'unknown', reason: `This part of ALTER TABLE is not known here: ${words}.`, tables: [table] };
}

function schemaOnly({ schema }: OnTable): { readonly schema?: string } {
  return schema === undefined ? {} : { schema };
}
