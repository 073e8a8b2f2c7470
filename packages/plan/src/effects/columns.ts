import type { Operation } from '@planwright/spec';
import { fillsItself, typeChange } from '../column-type.js';
import { fails } from '../database-errors.js';
import { named } from '../names.js';
import type { OperationOf } from '../survey.js';
import { type Effect, harmless, type Surroundings } from './effect.js';

/** Operations on columns. */
export function columnEffect(operation: Operation, around: Surroundings): Effect | undefined {
  const { database, schema } = around;
  switch (operation.type) {
    case 'addColumn':
      return addColumn(operation, around);
    case 'dropColumn': {
      const object = `${named(operation)}.${operation.column}`;
      if (schema.isNewColumn(operation, operation.column) && !schema.isReplacedColumn(operation, operation.column)) return { ...harmless, object };
      return {
        kind: 'changes',
        breaking: true,
        code: `Every statement that names ${object} ${fails(database, 'column')}.`,
        data: 'loses',
        dataReason: `The values of ${object} are lost.`,
        risk: 'high',
        object,
        // The name goes on with other values: no release reads both.
        ...(schema.isReplacedColumn(operation, operation.column) && { needsNew: true, noBridge: true }),
      };
    }
    case 'renameColumn': {
      const object = `${named(operation)}.${operation.column}`;
      if (schema.isNewColumn(operation, operation.column)) return { ...harmless, object };
      const code = `Every statement that names ${object} ${fails(database, 'column')}.`;
      return { kind: 'changes', breaking: true, needsNew: true, code, data: 'safe', risk: 'high', noBridge: true, object };
    }
    case 'alterColumnType':
      return alterType(operation, around);
    case 'setNotNull':
      return setNotNull(operation, around);
    case 'dropNotNull': {
      const object = `${named(operation)}.${operation.column}`;
      return { ...harmless, object, needsNew: true, code: `Running code goes on; once NULL is written to ${object}, its readers must expect it.` };
    }
    case 'setDefault': {
      const object = `${named(operation)}.${operation.column}`;
      return { ...harmless, object, code: `Rows that running code inserts without ${object} get ${operation.default}.` };
    }
    case 'dropDefault':
    case 'dropIdentity': {
      const object = `${named(operation)}.${operation.column}`;
      const column = schema.addedColumn(operation, operation.column) ?? schema.columnBefore(operation, operation.column);
      if (schema.isNewTable(operation)) return { ...harmless, object };
      if (operation.type === 'dropDefault' && column && !column.notNull)
        return { ...harmless, object, code: `Rows that running code inserts without ${object} hold NULL.` };
      const failing = `An INSERT that leaves ${object} out ${fails(database, 'omitted')}.`;
      // Without the schema before, nobody knows whether the column takes NULL.
      return {
        kind: 'changes',
        breaking: true,
        code: column ? failing : `If ${object} is NOT NULL: ${failing.charAt(0).toLowerCase()}${failing.slice(1)}`,
        data: 'safe',
        risk: 'medium',
        object,
        // The release that gives it a value can't run before the column is there.
        ...(schema.isNewColumn(operation, operation.column) ? { noBridge: true } : {}),
      };
    }
    case 'setIdentity': {
      const object = `${named(operation)}.${operation.column}`;
      if (operation.identity !== 'always' || schema.isNewTable(operation)) return { ...harmless, object };
      return {
        kind: 'changes',
        breaking: true,
        code: `An INSERT that gives ${object} a value ${fails(database, 'identity')}.`,
        data: 'safe',
        risk: 'medium',
        object,
      };
    }
    case 'setGenerated':
      return { ...harmless, object: `${named(operation)}.${operation.column}`, risk: 'medium', work: `a rewrite of ${named(operation)}` };
    case 'dropGenerated':
    case 'setColumnOption':
      return { ...harmless, object: `${named(operation)}.${operation.column}` };
    default:
      return undefined;
  }
}

function addColumn(operation: OperationOf<'addColumn'>, { database, schema }: Surroundings): Effect {
  const { column } = operation;
  const table = named(operation);
  const object = `${table}.${column.name}`;
  if (schema.isNewTable(operation)) return { ...harmless, kind: 'adds', needsNew: true, object };
  const filled = column.default !== undefined || column.generated !== undefined || column.identity !== undefined || fillsItself(column.type);
  if (column.notNull && !filled)
    return {
      kind: 'changes',
      breaking: true,
      needsNew: true,
      code: `An INSERT of running code leaves ${object} out and ${fails(database, 'omitted')}.`,
      data: 'may fail',
      dataReason: `Adding ${object} fails as soon as ${table} holds a row: it is NOT NULL, and no default fills it.`,
      risk: 'high',
      noBridge: true,
      object,
    };
  const rewrites =
    (column.generated !== undefined && column.generated.stored !== false) ||
    column.identity !== undefined ||
    fillsItself(column.type) ||
    volatility(column.default) !== 'stable';
  return {
    kind: 'adds',
    breaking: false,
    needsNew: true,
    code: filled ? `Running code does not name ${object}; the database fills it.` : `Running code does not name ${object}; it takes NULL.`,
    data: 'safe',
    risk: rewrites ? 'medium' : 'low',
    object,
    ...(rewrites ? { work: `a rewrite of ${table}: each row gets a value of its own in ${column.name}` } : {}),
  };
}

function alterType(operation: OperationOf<'alterColumnType'>, { database, schema }: Surroundings): Effect {
  const table = named(operation);
  const object = `${table}.${operation.column}`;
  if (schema.isNewColumn(operation, operation.column)) return { ...harmless, object };
  const from = operation.from ?? schema.columnBefore(operation, operation.column)?.type;
  const change = operation.using || operation.collation ? 'other' : typeChange(from, operation.to);
  if (change === 'wider') return { ...harmless, object, needsNew: true, code: `Every value of ${object} fits; running code goes on.` };
  const prepared =
    database === 'postgresql'
      ? ` A cached prepared statement that returns it ${fails(database, 'result')}, and clients may get another type.`
      : ' Clients may get another type.';
  if (change === 'wider kind')
    return {
      kind: 'changes',
      breaking: true,
      needsNew: true,
      code: `Results of ${object} change from ${from} to ${operation.to}.${prepared}`,
      data: 'safe',
      risk: 'medium',
      noBridge: true,
      object,
      work: `a rewrite of ${table}`,
    };
  return {
    kind: 'changes',
    breaking: true,
    needsNew: true,
    code: `${object} becomes ${operation.to}${from ? ` instead of ${from}` : ''}: running code may write values that no longer fit.${prepared}`,
    data: 'may fail',
    dataReason: operation.using
      ? `Values of ${object} are converted by ${operation.using}, which fails when one can't be.`
      : `The change of type fails when a value of ${object} does not fit ${operation.to}.`,
    risk: 'high',
    noBridge: true,
    object,
    work: `a rewrite of ${table}`,
  };
}

function setNotNull(operation: OperationOf<'setNotNull'>, { database, schema }: Surroundings): Effect {
  const table = named(operation);
  const object = `${table}.${operation.column}`;
  if (schema.isNewTable(operation)) return { ...harmless, object };
  const column = schema.addedColumn(operation, operation.column) ?? schema.columnBefore(operation, operation.column);
  if (column?.notNull) return { ...harmless, object, code: `${object} is NOT NULL already.` };
  const isNew = schema.isNewColumn(operation, operation.column);
  const data = { data: 'may fail' as const, dataReason: `SET NOT NULL fails when a row holds NULL in ${object}.`, work: `a check of every row of ${table}` };
  if (isNew && column?.default !== undefined)
    return { kind: 'changes', breaking: false, code: `Running code does not name ${object}; its default fills it.`, ...data, risk: 'medium', object };
  const code = isNew
    ? `An INSERT of running code leaves ${object} out and ${fails(database, 'omitted')}.`
    : `A statement that writes NULL to ${object} ${fails(database, 'null')}.`;
  return { kind: 'changes', breaking: true, code, ...data, risk: 'medium', object, ...(isNew ? { noBridge: true } : {}) };
}

const stable =
  /^(now|current_timestamp|current_date|current_user|localtimestamp|transaction_timestamp|statement_timestamp|array|jsonb?_build_\w+|to_jsonb?|lower|upper|coalesce|nullif|make_\w+|cast|char|varchar|numeric|decimal|decode|encode|md5|date_trunc|repeat|concat|length|abs|round|floor|ceil|trunc|timezone)$/i;
const volatile = /^(random|gen_random_uuid|uuid_generate_v\w+|uuidv\d|nextval|clock_timestamp|timeofday|gen_random_bytes)$/i;

/** Whether an expression has one value for all rows of a statement, or one of its own for each; `unknown` where it calls a function that nobody knows here. */
export function volatility(expression: string | undefined): 'stable' | 'volatile' | 'unknown' {
  if (expression === undefined) return 'stable';
  const withoutText = expression.replace(/'(?:[^']|'')*'/g, "''");
  const called = [...withoutText.matchAll(/([a-z_][a-z0-9_.]*)\s*\(/gi)].map(([, name = '']) => name.replace(/^pg_catalog\./, ''));
  if (called.some((name) => volatile.test(name))) return 'volatile';
  return called.every((name) => stable.test(name)) ? 'stable' : 'unknown';
}
