import type { Operation, Snapshot, Table } from '@planwright/spec';
import type { TableChecksums } from '../rows/checksums.js';
import { tableKey } from '../rows/table-order.js';

/** A statement as it was run. */
interface Ran {
  readonly sql: string;
  readonly operations: readonly Operation[];
}

/** Says, a sentence each, where the rows after the sequence are others than those after the change as written. `settled` tells which columns two runs must agree in. */
export function differingRows(
  written: readonly TableChecksums[],
  planned: readonly TableChecksums[],
  settled: (table: string, column: string) => boolean,
): readonly string[] {
  const others = new Map(planned.map((found) => [found.table, found]));
  return written.flatMap(({ table, rows, columns }): readonly string[] => {
    const other = others.get(table);
    if (!other) return [];
    if (rows !== other.rows) return [`\`${table}\` has ${other.rows} rows after the sequence and ${rows} after the change as written.`];
    return Object.entries(columns).flatMap(([column, sum]) =>
      other.columns[column] === undefined || other.columns[column] === sum || !settled(table, column)
        ? []
        : [`Values of \`${table}.${column}\` are others after the sequence than after the change as written.`],
    );
  });
}

/**
 * Which columns must hold the same after each run of statements that come to the same. Not those whose values depend on the moment, on chance or on the order in
 * which rows are met, nor what is looked up in such.
 */
export function settledBy(statements: readonly Ran[], end: Snapshot): (table: string, column: string) => boolean {
  const tables = new Map(end.tables.map((table) => [tableKey(table), table]));
  const open = new Set<string>();
  const add = (table: string, columns: readonly string[]): void => {
    for (const column of columns) open.add(`${table}.${column}`);
  };
  for (const { sql, operations } of statements) {
    for (const operation of operations) {
      if (!('table' in operation) || typeof operation.table !== 'string') continue;
      const name = `${'schema' in operation && operation.schema !== undefined ? `${operation.schema}.` : ''}${operation.table}`;
      const table = tables.get(name);
      if (!table) continue;
      switch (operation.type) {
        case 'insertRows':
        case 'mergeRows':
          if (depends(sql)) add(name, namesOf(table));
          add(
            name,
            table.columns.filter((column) => column.identity || column.generated || depends(column.default ?? '')).map((column) => column.name),
          );
          break;
        case 'updateRows':
        case 'backfill': {
          const set = operation.set ?? {};
          const columns = operation.type === 'backfill' ? Object.keys(set) : (operation.columns ?? Object.keys(set));
          add(
            name,
            columns.filter(
              (column) => depends(set[column] ?? sql) || (operation.from ?? []).some((from) => [...open].some((one) => one.startsWith(`${from}.`))),
            ),
          );
          break;
        }
        case 'addColumn':
          if (operation.column.identity || /serial/i.test(operation.column.type) || depends(operation.column.default ?? '')) add(name, [operation.column.name]);
          break;
        case 'alterColumnType':
          if (depends(operation.using ?? '')) add(name, [operation.column]);
          break;
        default:
      }
    }
  }
  // What triggers of the project write is theirs: mostly the moment.
  for (const [name, { columns, triggers }] of tables)
    if (triggers?.length)
      add(
        name,
        columns.filter(({ type }) => /^(?:timestamp|date|time|uuid)/.test(type)).map((column) => column.name),
      );
  return (table, column) => !open.has(`${table}.${column}`);
}

function namesOf({ columns }: Table): readonly string[] {
  return columns.map(({ name }) => name);
}

/** Whether an expression may give another value in another run: by the clock, by chance, by a sequence, or as the first of several rows. */
function depends(expression: string): boolean {
  return /\b(?:now|current_\w+|localtime\w*|\w*_timestamp|timeofday|random\w*|gen_random_\w+|uuid\w*|nextval|limit|row_number|rank|array_agg|string_agg|json\w*_agg|distinct\s+on)\b/i.test(
    expression,
  );
}
