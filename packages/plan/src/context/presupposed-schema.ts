import { applyOperations } from '@planwright/analyzer';
import type { Column, Operation, Snapshot, Table } from '@planwright/spec';

/** The schema before a change, with the tables and columns that its operations find there although nobody has described them: by name, their types unknown. */
export function presupposedSchema(before: Snapshot | undefined, operations: readonly Operation[]): Snapshot {
  let start: Snapshot = before ?? { tables: [] };
  let now = start;
  for (const operation of operations) {
    const table = tableOf(operation);
    if (table && !now.views?.some(({ name }) => name === table.name)) {
      [start, now] = [withTable(start, now, table), withTable(now, now, table)];
      for (const column of columnsOf(operation)) [start, now] = [withColumn(start, now, table, column), withColumn(now, now, table, column)];
    }
    now = applyOperations(now, [operation]).snapshot;
  }
  return start;
}

type TableName = Pick<Table, 'schema' | 'name'>;

function tableOf(operation: Operation): TableName | undefined {
  if (!('table' in operation) || typeof operation.table !== 'string') return undefined;
  return { ...('schema' in operation && operation.schema !== undefined && { schema: operation.schema }), name: operation.table };
}

function columnsOf(operation: Operation): readonly Column[] {
  switch (operation.type) {
    case 'alterColumnType':
      return [{ name: operation.column, type: operation.from ?? '' }];
    case 'dropNotNull':
      return [{ name: operation.column, type: '', notNull: true }];
    case 'dropColumn':
    case 'renameColumn':
    case 'setNotNull':
    case 'setDefault':
    case 'dropDefault':
      return [{ name: operation.column, type: '' }];
    case 'updateRows':
      return (operation.columns ?? Object.keys(operation.set ?? {})).map((name) => ({ name, type: '' }));
    case 'backfill':
      return Object.keys(operation.set).map((name) => ({ name, type: '' }));
    default:
      return [];
  }
}

function withTable(snapshot: Snapshot, now: Snapshot, table: TableName): Snapshot {
  return find(now, table) ? snapshot : { ...snapshot, tables: [...snapshot.tables, { ...table, columns: [] }] };
}

function withColumn(snapshot: Snapshot, now: Snapshot, table: TableName, column: Column): Snapshot {
  if (find(now, table)?.columns.some(({ name }) => name === column.name)) return snapshot;
  const found = find(snapshot, table);
  return { ...snapshot, tables: snapshot.tables.map((each) => (each === found ? { ...each, columns: [...each.columns, column] } : each)) };
}

function find({ tables }: Snapshot, { schema, name }: TableName): Table | undefined {
  return tables.find((table) => table.name === name && table.schema === schema);
}
