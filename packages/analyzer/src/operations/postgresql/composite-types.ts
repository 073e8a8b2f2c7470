import type { Operation } from '@planwright/spec';
import { type NodeOf, nodeOf, nodesOf } from '@planwright/sql/postgresql';
import type { AlterCommand } from './alter-table.js';
import { readColumn } from './columns.js';
import type { ReadContext } from './read-context.js';
import { existing, made } from './relation-name.js';

/** CREATE TYPE … AS (…). */
export function readCompositeType(context: ReadContext, node: NodeOf<'CompositeTypeStmt'>): readonly Operation[] {
  const attributes = nodesOf('ColumnDef', node.coldeflist).map((definition) => readColumn(context, definition).column);
  return [{ type: 'createCompositeType', compositeType: { ...made(context.draft, node.typevar), attributes } }];
}

/** One part of ALTER TYPE … ADD, DROP or ALTER ATTRIBUTE. */
export function readCompositeChange(context: ReadContext, node: NodeOf<'AlterTableStmt'>, command: AlterCommand): readonly Operation[] {
  const type = existing(context.draft, node.relation);
  const definition = nodeOf('ColumnDef', command.def);
  switch (command.subtype) {
    case 'AT_AddColumn':
      if (definition) return [{ type: 'alterCompositeType', ...type, action: 'add', attribute: readColumn(context, definition).column }];
      break;
    case 'AT_DropColumn': {
      const known = context.draft.compositeTypes.get(type.schema, type.name)?.attributes.find(({ name }) => name === command.name);
      return [{ type: 'alterCompositeType', ...type, action: 'drop', attribute: known ?? { name: command.name ?? '', type: '' } }];
    }
    case 'AT_AlterColumnType':
      if (definition)
        return [{ type: 'alterCompositeType', ...type, action: 'alter', attribute: { ...readColumn(context, definition).column, name: command.name ?? '' } }];
      break;
  }
  return [{ type: 'unknown', reason: `This part of ALTER TYPE ${type.name} is not known here.` }];
}
