import type { Operation } from '@planwright/spec';
import { constraintText, keyText } from './column-text.js';
import { named } from './names.js';
import { listed } from './words.js';

/** What an operation does, as one phrase in the words of SQL: `DROP COLUMN orders.legacy_ref`. */
export function operationPhrase(operation: Operation): string {
  switch (operation.type) {
    case 'createTable':
      return `CREATE ${operation.table.persistence === 'temporary' ? 'TEMPORARY ' : ''}TABLE ${named(operation.table)}`;
    case 'renameTable':
      return `RENAME TABLE ${named(operation)} TO ${operation.to}`;
    case 'setTableSchema':
      return `MOVE TABLE ${named(operation)} TO SCHEMA ${operation.to}`;
    case 'addColumn':
      return `ADD COLUMN ${named(operation)}.${operation.column.name}`;
    case 'renameColumn':
      return `RENAME COLUMN ${named(operation)}.${operation.column} TO ${operation.to}`;
    case 'alterColumnType':
      return `CHANGE TYPE of ${named(operation)}.${operation.column}${operation.from ? ` from ${operation.from}` : ''} to ${operation.to}`;
    case 'setNotNull':
      return `SET NOT NULL on ${named(operation)}.${operation.column}`;
    case 'dropNotNull':
      return `DROP NOT NULL on ${named(operation)}.${operation.column}`;
    case 'setDefault':
      return `SET DEFAULT ${operation.default} on ${named(operation)}.${operation.column}`;
    case 'addConstraint':
      return `ADD CONSTRAINT ${operation.constraint.name ? `${operation.constraint.name} ` : ''}on ${named(operation)}: ${constraintText(operation.constraint)}`;
    case 'createIndex':
      return `CREATE ${operation.index.unique ? 'UNIQUE ' : ''}INDEX ${operation.index.name ?? ''} ON ${named(operation)} (${operation.index.keys.map(keyText).join(', ')})`.replace(
        '  ',
        ' ',
      );
    case 'addEnumValue':
      return `ADD VALUE ${operation.label} TO ${named(operation)}`;
    case 'renameEnumValue':
      return `RENAME VALUE ${operation.label} OF ${named(operation)} TO ${operation.to}`;
    case 'insertRows':
      return `INSERT INTO ${named(operation)}`;
    case 'updateRows':
      return `UPDATE ${named(operation)}`;
    case 'deleteRows':
      return `DELETE FROM ${named(operation)}`;
    case 'truncateTable':
      return `TRUNCATE ${named(operation)}`;
    case 'mergeRows':
      return `MERGE INTO ${named(operation)}`;
    case 'backfill':
      return `BACKFILL ${named(operation)} (${listed(Object.keys(operation.set))})`;
    case 'setRowSecurity':
      return `ROW LEVEL SECURITY ${operation.state} on ${named(operation)}`;
    case 'changePrivileges':
      return `${operation.kind.toUpperCase()}${operation.on ? ` on ${operation.on}` : ''}`;
    case 'createEnum':
      return `CREATE TYPE ${named(operation.enum)}`;
    case 'createDomain':
      return `CREATE DOMAIN ${named(operation.domain)}`;
    case 'createCompositeType':
      return `CREATE TYPE ${named(operation.compositeType)}`;
    case 'createSequence':
      return `CREATE SEQUENCE ${named(operation.sequence)}`;
    case 'createView':
      return `CREATE VIEW ${named(operation.view)}`;
    case 'createRoutine':
      return `CREATE ${operation.routine.kind.toUpperCase()} ${named(operation.routine)}`;
    case 'createTrigger':
      return `CREATE TRIGGER ${operation.trigger.name} ON ${named(operation)}`;
    case 'createPolicy':
      return `CREATE POLICY ${operation.policy.name} ON ${named(operation)}`;
    case 'createObject':
      return `CREATE ${operation.object.kind.toUpperCase()} ${operation.object.name}`;
    case 'unknown':
      return `a statement that was not analysed${operation.tables?.length ? ` (names ${listed(operation.tables)})` : ''}`;
    default:
      return `${wordsOf(operation.type)}${placeOf(operation)}`;
  }
}

/** `dropColumn` is DROP COLUMN. */
function wordsOf(type: string): string {
  return type.replace(/[A-Z]/g, (letter) => ` ${letter}`).toUpperCase();
}

function placeOf(operation: Operation): string {
  const schema = 'schema' in operation && operation.schema ? { schema: operation.schema } : {};
  const table = 'table' in operation && typeof operation.table === 'string' ? named({ ...schema, table: operation.table }) : undefined;
  if (table && 'column' in operation && typeof operation.column === 'string') return ` ${table}.${operation.column}`;
  const name = 'name' in operation && operation.name ? operation.name : undefined;
  if (table && name) return ` ${name} ON ${table}`;
  return (table ?? name) ? ` ${table ?? named({ ...schema, table: name ?? '' })}` : '';
}
