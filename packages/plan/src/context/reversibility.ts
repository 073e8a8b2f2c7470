import type { Operation, Reversibility } from '@planwright/spec';
import type { Quoting } from '@planwright/sql';
import { integerRange, textLimit, typeChange } from '../column-type.js';
import { reachesOnlyNull } from '../effects/rows.js';
import { named, partsOf } from '../names.js';
import type { Act, SchemaAround } from '../survey.js';
import { distinct } from '../words.js';

interface WayBack {
  readonly loses?: string;
  readonly gone?: string;
  readonly condition?: string;
  readonly query?: string;
}

/** Whether a migration can be taken back, concluded from its operations. */
export function reversibility(acts: readonly Act[], schema: SchemaAround, quoting: Quoting): Reversibility {
  const ways = acts.filter((act) => act.effect.kind !== 'none').map((act) => wayBack(act, schema, quoting));
  const gone = distinct(ways.flatMap((way) => way.gone ?? []));
  const loses = distinct(ways.flatMap((way) => way.loses ?? []));
  const conditions = ways.filter((way) => way.condition);
  const basis = 'predicted' as const;
  if (gone.length > 0) return { kind: 'irreversible', reason: gone.join('; '), ...(loses.length ? { loses } : {}), basis };
  const [condition] = conditions;
  const conditioned = condition
    ? {
        condition: distinct(conditions.map((way) => way.condition ?? '')).join(', and '),
        ...(conditions.length === 1 && condition.query ? { query: condition.query } : {}),
      }
    : {};
  return loses.length > 0 ? { kind: 'lossy', loses, ...conditioned, basis } : { kind: 'reversible', ...conditioned, basis };
}

function wayBack({ operation, statement }: Act, schema: SchemaAround, quoting: Quoting): WayBack {
  const table = (key: string) => {
    const { schema: inSchema, table: name } = partsOf(key);
    return quoting.quoteName(inSchema ? [inSchema, name] : [name]);
  };
  switch (operation.type) {
    case 'createTable':
      return { loses: `rows written to ${named(operation.table)} since` };
    case 'addColumn':
      return schema.isNewTable(operation) || operation.column.generated
        ? {}
        : { loses: `values written to ${named(operation)}.${operation.column.name} since` };
    case 'dropTable':
      return schema.isNewTable(operation) ? {} : { gone: `the rows of ${named(operation)} are gone` };
    case 'dropColumn':
      return schema.isNewColumn(operation, operation.column) ? {} : { gone: `the values of ${named(operation)}.${operation.column} are gone` };
    case 'deleteRows':
    case 'truncateTable':
      return schema.isNewTable(operation) ? {} : { gone: `the deleted rows of ${named(operation)} are gone` };
    case 'updateRows':
    case 'backfill':
    case 'mergeRows':
      return overwritten(operation, schema);
    case 'insertRows':
      return schema.isNewTable(operation) || hasDown(statement) ? {} : { loses: `changes made since to the rows inserted into ${named(operation)}` };
    case 'addEnumValue':
      return { gone: `${named(operation)} keeps the label ${operation.label}: a label can't be removed` };
    case 'alterColumnType': {
      if (schema.isNewColumn(operation, operation.column)) return {};
      const from = operation.from ?? schema.columnBefore(operation, operation.column)?.type;
      const object = `${named(operation)}.${operation.column}`;
      if (!from) return { gone: `the type of ${object} before is not known` };
      if (typeChange(from, operation.to) === 'other')
        return typeChange(operation.to, from) === 'other' ? { loses: `what the conversion of ${object} to ${operation.to} did not keep` } : {};
      const range = integerRange(from);
      const limit = textLimit(from);
      const column = quoting.quoteIdentifier(operation.column);
      if (range)
        return {
          condition: `while every value of ${object} fits ${from}`,
          query: `SELECT count(*) FROM ${table(named(operation))} WHERE ${column} NOT BETWEEN ${range[0]} AND ${range[1]}`,
        };
      if (limit !== undefined)
        return {
          condition: `while every value of ${object} has at most ${limit} characters`,
          query: `SELECT count(*) FROM ${table(named(operation))} WHERE char_length(${column}) > ${limit}`,
        };
      return { condition: `while every value of ${object} fits ${from}` };
    }
    case 'dropNotNull':
      return schema.isNewColumn(operation, operation.column)
        ? {}
        : {
            condition: `while no row holds NULL in ${named(operation)}.${operation.column}`,
            query: `SELECT count(*) FROM ${table(named(operation))} WHERE ${quoting.quoteIdentifier(operation.column)} IS NULL`,
          };
    case 'dropConstraint':
      return { condition: `while every row of ${named(operation)} keeps ${operation.name}` };
    case 'dropSequence':
      return { loses: `the current value of ${named(operation)}` };
    case 'dropRoutine':
    case 'dropView':
    case 'dropTrigger':
    case 'dropPolicy':
    case 'dropType':
    case 'dropObject':
    case 'alterObject':
    case 'createRoutine':
      return definitionKnown(operation, schema) || hasDown(statement) ? {} : { gone: `the definition before of ${nameOf(operation)} is not known here` };
    case 'dropSchema':
      return operation.cascade ? { gone: `everything in ${operation.name} is gone` } : {};
    case 'unknown':
      return { gone: 'a statement that was not analysed has no known way back' };
    default:
      return {};
  }
}

/** A way back that somebody wrote or that was made, be it empty. */
function hasDown(statement: Act['statement']): boolean {
  return 'down' in statement && statement.down !== undefined;
}

function overwritten(operation: Extract<Operation, { type: 'updateRows' | 'backfill' | 'mergeRows' }>, schema: SchemaAround): WayBack {
  if (schema.isNewTable(operation)) return {};
  if (operation.type === 'mergeRows') return { gone: `what was overwritten in ${named(operation)} is gone` };
  const columns = operation.type === 'backfill' ? Object.keys(operation.set) : (operation.columns ?? Object.keys(operation.set ?? {}));
  const old = columns.filter((column) => !schema.isNewColumn(operation, column));
  if (columns.length > 0 && old.length === 0) return {};
  if (columns.length > 0 && reachesOnlyNull(operation.where, old)) return { loses: `which rows of ${named(operation)} held NULL in ${old.join(', ')}` };
  return { gone: `the former values of ${old.length ? old.map((column) => `${named(operation)}.${column}`).join(', ') : named(operation)} are gone` };
}

function definitionKnown(operation: Operation, { before }: SchemaAround): boolean {
  switch (operation.type) {
    case 'createRoutine':
      return !operation.orReplace || before !== undefined;
    case 'dropRoutine':
      return before?.routines?.some((routine) => named(routine) === named(operation)) ?? false;
    case 'dropView':
      return before?.views?.some((view) => named(view) === named(operation)) ?? false;
    case 'dropTrigger':
      return before?.tables.some((table) => named(table) === named(operation) && table.triggers?.some((trigger) => trigger.name === operation.name)) ?? false;
    case 'dropPolicy':
      return before?.tables.some((table) => named(table) === named(operation) && table.policies?.some((policy) => policy.name === operation.name)) ?? false;
    case 'dropType':
      return [...(before?.enums ?? []), ...(before?.domains ?? []), ...(before?.compositeTypes ?? [])].some((type) => named(type) === named(operation));
    default:
      return false;
  }
}

function nameOf(operation: Operation): string {
  if (operation.type === 'createRoutine') return named(operation.routine);
  return 'name' in operation && operation.name ? operation.name : 'an object';
}
