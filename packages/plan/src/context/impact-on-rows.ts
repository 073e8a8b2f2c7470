import type { Operation, Snapshot } from '@planwright/spec';
import { typeChange } from '../column-type.js';
import { volatility } from '../effects/columns.js';
import { named } from '../names.js';
import type { Act, Survey } from '../survey.js';
import { listed } from '../words.js';

/** What existing rows look like after one operation, one sentence; absent where they look as before. */
export function impactOnRows({ operation, effect }: Act<{ readonly id: string }>, { schema }: Survey): string | undefined {
  switch (operation.type) {
    case 'addColumn': {
      const { column } = operation;
      const object = `${named(operation)}.${column.name}`;
      if (column.generated) return `Existing rows hold ${column.generated.expression} in ${object}.`;
      if (column.identity) return `Existing rows get numbers of their own in ${object}.`;
      if (column.default === undefined)
        return column.notNull
          ? `Existing rows need a value in ${object}: it is NOT NULL, and nothing of the change fills it.`
          : `Existing rows hold NULL in ${object}.`;
      const moment = /now\(\)|current_|localtime/i.test(column.default) ? ', as of the migration,' : '';
      if (volatility(column.default) === 'volatile') return `Each existing row gets a value of its own of ${column.default} in ${object}.`;
      return volatility(column.default) === 'stable'
        ? `Existing rows read ${column.default}${moment} in ${object}.`
        : `Existing rows get ${column.default} in ${object}.`;
    }
    case 'dropColumn':
      if (schema.isReplacedColumn(operation, operation.column))
        return `The values of ${named(operation)}.${operation.column} are lost, but for what the change copies before; another column takes the name.`;
      return schema.isNewColumn(operation, operation.column) ? undefined : `All values of ${named(operation)}.${operation.column} are lost.`;
    case 'renameColumn':
      return schema.isNewColumn(operation, operation.column) ? undefined : `${named(operation)}.${operation.to} holds what ${operation.column} held.`;
    case 'alterColumnType': {
      if (schema.isNewColumn(operation, operation.column)) return undefined;
      const object = `${named(operation)}.${operation.column}`;
      const from = operation.from ?? schema.columnBefore(operation, operation.column)?.type;
      // A reason with a query says which values those are.
      const fails = effect.data === 'may fail' && effect.dataQuery !== undefined ? effect.dataReason : undefined;
      if (operation.using) return sentences(`Values of ${object} are converted by ${operation.using}.`, fails, labelsOf(operation, schema));
      if (typeChange(from, operation.to) !== 'other') return `Values of ${object} stay as they are; ${operation.to} holds them all.`;
      if (effect.data === 'safe') return `Values of ${object} become ${operation.to}.`;
      return `Values of ${object} are converted to ${operation.to}; one that can't be makes the statement fail.`;
    }
    case 'setNotNull':
      return effect.data === 'may fail' ? `No row may hold NULL in ${named(operation)}.${operation.column}.` : undefined;
    case 'addConstraint':
    case 'validateConstraint':
    case 'attachPartition':
      return effect.data === 'may fail' ? effect.dataReason : undefined;
    case 'createIndex':
      return operation.index.unique && effect.data === 'may fail' ? effect.dataReason : undefined;
    case 'updateRows':
    case 'backfill': {
      const columns = operation.type === 'backfill' ? Object.keys(operation.set) : (operation.columns ?? Object.keys(operation.set ?? {}));
      const what = columns.length > 0 ? listed(columns.map((column) => `${named(operation)}.${column}`)) : named(operation);
      const sources = operation.type === 'updateRows' && operation.fromClause !== undefined ? (operation.from ?? []) : [];
      const how = sources.length > 0 ? `looked up in ${listed(sources)}, for` : 'written anew in';
      return `${what} ${columns.length > 1 ? 'are' : 'is'} ${how} ${operation.where ? `rows where ${operation.where}` : 'every row'}.`;
    }
    case 'deleteRows':
    case 'truncateTable':
    case 'mergeRows':
      return effect.dataReason;
    case 'insertRows':
      return operation.from
        ? `Rows of a query${operation.from.length > 0 ? ` on ${listed(operation.from)}` : ''} are added to ${named(operation)}.`
        : operation.rows === undefined
          ? `Rows are added to ${named(operation)}.`
          : `${operation.rows === 1 ? 'One row is' : `${operation.rows} rows are`} added to ${named(operation)}.`;
    default:
      return undefined;
  }
}

/** How the labels of a column's type change, where the type is built anew under its name. */
function labelsOf({ column, ...on }: Extract<Operation, { type: 'alterColumnType' }>, schema: Survey['schema']): string | undefined {
  const enumOf = (snapshot: Snapshot | undefined, type: string | undefined) => snapshot?.enums?.find(({ name }) => type === name || type === `"${name}"`);
  const was = enumOf(schema.before, schema.columnBefore(on, column)?.type);
  const is = enumOf(schema.after, schema.tableAfter(on)?.columns.find(({ name }) => name === column)?.type);
  if (!was || !is || was.name !== is.name) return undefined;
  const missing = (one: readonly string[], other: readonly string[]): string =>
    listed(one.filter((label) => !other.includes(label)).map((label) => `'${label}'`));
  const [goes, comes] = [missing(was.labels, is.labels), missing(is.labels, was.labels)];
  if (goes === '' && comes === '')
    return was.labels.join('\0') === is.labels.join('\0') ? undefined : `The labels of ${is.name} stand in another order, by which they are compared.`;
  return `The type ${is.name} ${[...(goes === '' ? [] : [`no longer has ${goes}`]), ...(comes === '' ? [] : [`has ${comes} besides`])].join(', and ')}.`;
}

function sentences(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined).join(' ');
}
