import type { Context, DataMigration } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import { named } from '../names.js';
import type { Act, Survey } from '../survey.js';
import { listed } from '../words.js';
import { isCopy } from './classification.js';

/** Operations that move or rewrite existing rows. Batches, keys and pauses are said only where the operation has them. */
export function dataMigrations(survey: Survey, context: Context): DataMigration[] {
  const moving = survey.planned.flatMap((act) => {
    const migration = dataMigration(act, survey, context);
    return migration ? [migration] : [];
  });
  return moving.map((migration, position) => ({ id: `D${position + 1}`, ...migration }));
}

function dataMigration({ operation, statement, migration }: Act, { schema }: Survey, context: Context): DataMigration | undefined {
  const sql = statement.sql !== undefined ? { sql: statement.sql } : {};
  if (operation.type === 'insertRows') {
    // Rows of a VALUES list are new data; rows of a query are data that moves.
    return operation.from
      ? {
          migration: migration.id,
          table: named(operation),
          reads: [...operation.from],
          destination: named(operation),
          transformation: 'rows of a query are inserted',
          ...rowsOf(named(operation), context, false),
          ...sql,
        }
      : undefined;
  }
  if (operation.type !== 'updateRows' && operation.type !== 'backfill') return undefined;
  if (schema.isNewTable(operation)) return undefined;
  const set = operation.set ?? {};
  const columns = operation.type === 'backfill' ? Object.keys(set) : (operation.columns ?? Object.keys(set));
  const copied = columns.length > 0 && columns.every((column) => set[column] !== undefined && isCopy(set[column] ?? ''));
  const table = named(operation);
  const sources = columns.flatMap((column) => (set[column] === undefined ? [] : [set[column] ?? '']));
  const isColumn = (expression: string) => /^[a-z_][\w.]*$/i.test(expression) && !/^(null|true|false|current_\w+)$/i.test(expression);
  return {
    migration: migration.id,
    table,
    ...(sources.length > 0 &&
      sources.length === columns.length && {
        source: sources.map((expression) => (isColumn(expression) && !expression.includes('.') ? `${table}.${expression}` : expression)).join(', '),
      }),
    ...(columns.length > 0 && { destination: listed(columns.map((column) => `${table}.${column}`)) }),
    transformation: copied ? (sources.every(isColumn) ? 'copy' : 'constant value') : sources.length > 0 ? sources.join(', ') : 'see its statement',
    ...(columns.length > 0 && { copy: copied && sources.every(isColumn) }),
    ...rowsOf(table, context, operation.where === undefined),
    ...(operation.type === 'backfill' && operation.key && { key: operation.key }),
    ...(operation.type === 'backfill' && operation.batchSize && { batchSize: operation.batchSize }),
    ...(operation.type === 'backfill' && operation.pause !== undefined && { pause: operation.pause }),
    ...sql,
    ...(operation.type === 'backfill' &&
      inBatches(
        operation,
        columns.every((column) => schema.isNewColumn(operation, column)),
        operation.key?.length === 1 && isWhole(schema.columnBefore(operation, operation.key[0] ?? '')?.type),
      )),
  };
}

type Backfill = Extract<Act['operation'], { readonly type: 'backfill' }>;

/** What one batch is, where the statement is a call that runs them all; how to see, prove and resume it. */
function inBatches({ schema, table, set, where, key, batchSize = 2000, progress }: Backfill, ownColumns: boolean, whole: boolean): Partial<DataMigration> {
  const { quoteIdentifier, quoteName } = writerOf('postgresql');
  // Without a table of progress the statement is somebody's own, and says itself what a batch is.
  if (progress === undefined || key === undefined) return {};
  const name = quoteName(schema === undefined ? [table] : [schema, table]);
  const keys = key.map(quoteIdentifier).join(', ');
  const batch = key.length === 1 ? keys : `(${keys})`;
  const values = Object.entries(set).map(([column, value]) => `${quoteIdentifier(column)} = ${value}`);
  const open = where === undefined || where === 'true' ? undefined : where;
  // A range of whole keys is a batch; of others it is the first rows that are not right yet.
  const first = whole
    ? `${keys} >= 1 AND ${keys} < ${batchSize + 1}${open === undefined ? '' : ` AND (${open})`}`
    : `${batch} IN (SELECT ${keys} FROM ${name}${open === undefined ? '' : ` WHERE ${open}`} ORDER BY ${keys} LIMIT ${batchSize})`;
  return {
    batchSql: `UPDATE ${name} SET ${values.join(', ')} WHERE ${first}`,
    progress: `SELECT * FROM ${quoteName(progress.split('.'))}`,
    ...(open === undefined ? {} : { verify: `SELECT count(*) FROM ${name} WHERE ${open}` }),
    resume: 'the next CALL goes on after the last batch that was committed',
    ...(ownColumns ? { reverse: 'Nothing needs doing, the filled columns may stay.' } : {}),
    audit: progress,
  };
}

/** Whether keys of the type are whole numbers, so that a batch is a range of them. */
function isWhole(type: string | undefined): boolean {
  return /^(?:small|big)?int(?:eger|[248])?$|^(?:small|big)?serial[248]?$/.test(type ?? '');
}

/** The rows of the table, when every one is concerned and the table's facts say how many there are. */
function rowsOf(table: string, context: Context, every: boolean): { readonly rows?: number } {
  const rows = every ? context.tables?.facts?.find((facts) => facts.table === table)?.rows : undefined;
  return rows === undefined ? {} : { rows };
}
