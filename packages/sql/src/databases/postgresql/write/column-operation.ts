import type { Column, Operation, Snapshot } from '@planwright/spec';
import { parenthesized, sql, unwritable, type Written, words } from '../../../written.js';
import { quoteIdentifier } from '../quote.js';
import { comment } from './attached.js';
import { columnDefinition, identityDefinition } from './column.js';
import { collation, dotted, optionValue, qualified } from './names.js';
import { sequenceOptions } from './sequence-options.js';

/** ADD, DROP, RENAME and ALTER COLUMN; nothing for other operations. */
export function writeColumn(operation: Operation, before: Snapshot | undefined): Written | undefined {
  if (!('column' in operation) || !('table' in operation) || typeof operation.table !== 'string') return undefined;
  const table = qualified(operation.schema, operation.table);
  if (operation.type === 'addColumn') {
    const { column } = operation;
    const added = words(`ALTER TABLE ${table} ADD COLUMN`, operation.ifNotExists && 'IF NOT EXISTS', columnDefinition(column));
    return sql(added, ...(column.comment === undefined ? [] : [comment(`COLUMN ${table}.${quoteIdentifier(column.name)}`, column.comment)]));
  }
  const column = quoteIdentifier(operation.column);
  const alter = (change: string): Written => sql(`ALTER TABLE ${table} ALTER COLUMN ${column} ${change}`);
  switch (operation.type) {
    case 'dropColumn':
      return sql(words(`ALTER TABLE ${table} DROP COLUMN`, operation.ifExists && 'IF EXISTS', column, operation.cascade && 'CASCADE'));
    case 'renameColumn':
      return sql(`ALTER TABLE ${table} RENAME COLUMN ${column} TO ${quoteIdentifier(operation.to)}`);
    case 'alterColumnType':
      return alter(
        words(
          `TYPE ${operation.to}`,
          operation.collation !== undefined && `COLLATE ${collation(operation.collation)}`,
          operation.using !== undefined && `USING ${operation.using}`,
        ),
      );
    case 'setNotNull':
      return alter('SET NOT NULL');
    case 'dropNotNull':
      return alter('DROP NOT NULL');
    case 'setDefault':
      return alter(`SET DEFAULT ${operation.default}`);
    case 'dropDefault':
      return alter('DROP DEFAULT');
    case 'setIdentity':
      // ADD for a column that has none yet, SET for one that changes its kind.
      return alter(
        columnOf(before, operation)?.identity === undefined
          ? `ADD ${identityDefinition(operation.identity, operation.options)}`
          : words(`SET GENERATED ${operation.identity.toUpperCase()}`, ...changedOptions(operation.options)),
      );
    case 'dropIdentity':
      return alter(words('DROP IDENTITY', operation.ifExists && 'IF EXISTS'));
    case 'setGenerated':
      return alter(`SET EXPRESSION AS ${parenthesized(operation.expression)}`);
    case 'dropGenerated':
      return alter(words('DROP EXPRESSION', operation.ifExists && 'IF EXISTS'));
    case 'setColumnOption': {
      const change = columnOption(operation.option, operation.value);
      return change === undefined ? unwritable(operation, 'PostgreSQL', `the new value of ${operation.option} is not known.`) : alter(change);
    }
  }
  return undefined;
}

/** `SET INCREMENT 10`, each option by itself. */
function changedOptions(options: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const written = name === 'cycle' && value !== 'true' ? 'NO CYCLE' : sequenceOptions({ [name]: value });
    return written === '' ? [] : [`SET ${written}`];
  });
}

function columnOption(option: string, value: string | undefined): string | undefined {
  switch (option) {
    case 'identity sequence':
    case 'foreign table options':
      return undefined;
    case 'statistics':
      return `SET STATISTICS ${/^-?\d+$/.test(value ?? '') ? value : '-1'}`;
    case 'storage':
    case 'compression':
      return `SET ${option.toUpperCase()} ${value === undefined ? 'DEFAULT' : quoteIdentifier(value.toLowerCase()).replaceAll('"default"', 'DEFAULT')}`;
    default:
      return value === undefined ? `RESET (${dotted(option)})` : `SET (${dotted(option)} = ${optionValue(value)})`;
  }
}

function columnOf(snapshot: Snapshot | undefined, at: { readonly schema?: string; readonly table: string; readonly column: string }): Column | undefined {
  const table = snapshot?.tables.find(({ schema, name }) => schema === at.schema && name === at.table);
  return table?.columns.find(({ name }) => name === at.column);
}
