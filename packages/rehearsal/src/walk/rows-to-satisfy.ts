import type { Change, Column, Snapshot, Table } from '@planwright/spec';
import { tableKey } from '../rows/table-order.js';

/**
 * The schema that made rows satisfy besides the one that they are made in: the one after the change. Columns of which the change makes the values of required ones have values themselves: an expression over
 * NULL is mostly NULL.
 */
export function rowsToSatisfy({ before, after, migrations }: Change): Snapshot | undefined {
  if (!after || !before) return after;
  const sources = new Map<string, Set<string>>();
  for (const operation of migrations.flatMap(({ statements }) => statements.flatMap(({ operations }) => operations))) {
    if (operation.type !== 'updateRows' || !operation.set) continue;
    const [from, to] = [tableIn(before, operation), tableIn(after, operation)];
    if (!from || !to) continue;
    const required = Object.entries(operation.set).filter(([name]) => columnIn(to, name)?.notNull && !columnIn(from, name)?.notNull);
    const words = new Set(required.flatMap(([, expression]) => expression.match(/[\w$]+/g) ?? []));
    const made = from.columns.filter(({ name }) => words.has(name));
    if (made.length > 0) sources.set(tableKey(to), new Set([...(sources.get(tableKey(to)) ?? []), ...made.map(({ name }) => name)]));
  }
  if (sources.size === 0) return after;
  return {
    ...after,
    tables: after.tables.map((table) => {
      const names = sources.get(tableKey(table));
      if (!names) return table;
      const there = table.columns.map((column) => (names.has(column.name) ? { ...column, notNull: true } : column));
      const gone = tableIn(before, { ...table, table: table.name })?.columns.filter(({ name }) => names.has(name) && !columnIn(table, name)) ?? [];
      return { ...table, columns: [...there, ...gone.map((column) => ({ ...column, notNull: true }))] };
    }),
  };
}

type At = { readonly schema?: string; readonly table: string };

function tableIn({ tables }: Snapshot, at: At): Table | undefined {
  return tables.find(({ name, schema }) => name === at.table && schema === at.schema);
}

function columnIn(table: Table | undefined, name: string): Column | undefined {
  return table?.columns.find((column) => column.name === name);
}
