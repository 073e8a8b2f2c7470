import type { Operation } from '@planwright/spec';
import { nodeOf, nodesOf } from '@planwright/sql/postgresql';
import type { AlterCommand } from './alter-table.js';
import { collationText } from './columns.js';
import { optionText } from './options.js';
import { inParentheses, type ReadContext, sourceOf } from './read-context.js';
import type { OnTable } from './relation-name.js';
import { identityOptions } from './sequences.js';
import { typeText } from './type-name.js';

/** ALTER COLUMN of ALTER TABLE; nothing when the command is about something else. */
export function readAlterColumn(context: ReadContext, table: OnTable, command: AlterCommand): readonly Operation[] | undefined {
  const column = command.name ?? '';
  const ifExists = command.missing_ok ? { ifExists: true } : {};
  switch (command.subtype) {
    case 'AT_AlterColumnType': {
      const definition = nodeOf('ColumnDef', command.def);
      const collation = collationText(definition?.collClause);
      const from = context.draft.table(table.schema, table.table)?.columns.find(({ name }) => name === column)?.type;
      return [
        {
          type: 'alterColumnType',
          ...table,
          column,
          ...(from === undefined ? {} : { from }),
          to: typeText(context.draft, definition?.typeName),
          ...(definition?.raw_default ? { using: sourceOf(context, definition.raw_default) } : {}),
          ...(collation === undefined ? {} : { collation }),
        },
      ];
    }
    case 'AT_SetNotNull':
      return [{ type: 'setNotNull', ...table, column }];
    case 'AT_DropNotNull':
      return [{ type: 'dropNotNull', ...table, column }];
    case 'AT_ColumnDefault':
      return [command.def ? { type: 'setDefault', ...table, column, default: sourceOf(context, command.def) } : { type: 'dropDefault', ...table, column }];
    case 'AT_AddIdentity':
      return [
        identityOf(
          table,
          column,
          nodeOf('Constraint', command.def)?.generated_when === 'a' ? 'always' : 'by default',
          nodeOf('Constraint', command.def)?.options,
        ),
      ];
    case 'AT_SetIdentity': {
      const items = nodeOf('List', command.def)?.items;
      const kind = nodesOf('DefElem', items).find(({ defname }) => defname === 'generated');
      if (kind) return [identityOf(table, column, optionText(kind.arg) === String('a'.charCodeAt(0)) ? 'always' : 'by default', items)];
      const known = context.draft.table(table.schema, table.table)?.columns.find(({ name }) => name === column)?.identity;
      return known && Object.keys(identityOptions(items)).length > 0
        ? [identityOf(table, column, known, items)]
        : [{ type: 'setColumnOption', ...table, column, option: 'identity sequence' }];
    }
    case 'AT_DropIdentity':
      return [{ type: 'dropIdentity', ...table, column, ...ifExists }];
    case 'AT_SetExpression':
      return [
        { type: 'setGenerated', ...table, column, expression: command.def ? unwrapped(sourceOf(context, command.def)) : inParentheses(context, context.start) },
      ];
    case 'AT_DropExpression':
      return [{ type: 'dropGenerated', ...table, column, ...ifExists }];
    case 'AT_SetStatistics':
      return [{ type: 'setColumnOption', ...table, column, option: 'statistics', ...(command.def ? { value: optionText(command.def) } : {}) }];
    case 'AT_SetStorage':
      return [{ type: 'setColumnOption', ...table, column, option: 'storage', ...(command.def ? { value: optionText(command.def) } : {}) }];
    case 'AT_SetCompression':
      return [{ type: 'setColumnOption', ...table, column, option: 'compression', ...(command.def ? { value: optionText(command.def) } : {}) }];
    case 'AT_SetOptions':
    case 'AT_ResetOptions':
      return nodesOf('DefElem', nodeOf('List', command.def)?.items).map((option) => ({
        type: 'setColumnOption',
        ...table,
        column,
        option: option.defname ?? '',
        ...(command.subtype === 'AT_SetOptions' ? { value: optionText(option.arg) } : {}),
      }));
    case 'AT_AlterColumnGenericOptions':
      return [{ type: 'setColumnOption', ...table, column, option: 'foreign table options' }];
    default:
      return undefined;
  }
}

function identityOf(table: OnTable, column: string, identity: 'always' | 'by default', written: Parameters<typeof identityOptions>[0]): Operation {
  const options = identityOptions(written);
  return { type: 'setIdentity', ...table, column, identity, ...(Object.keys(options).length === 0 ? {} : { options }) };
}

function unwrapped(source: string): string {
  return source.startsWith('(') && source.endsWith(')') ? source.slice(1, -1) : source;
}
