import type { Index, Table } from '@planwright/spec';
import { identifier, writesName } from '../expression-names.js';
import { writtenType } from './written-type.js';

/** A table whose column has another type by now: what an index brings to that very type is no expression any more, for PostgreSQL reads the index anew and finds the column itself. */
export function withColumnKeys(table: Table, name: string): Table {
  const type = table.columns.find((column) => column.name === name)?.type;
  if (type === undefined || !table.indexes?.some(({ keys }) => keys.some(({ expression }) => expression !== undefined))) return table;
  return { ...table, indexes: table.indexes.map((index): Index => ({ ...index, keys: index.keys.map((key) => withColumn(key, name, type)) })) };
}

function withColumn(key: Index['keys'][number], name: string, type: string): Index['keys'][number] {
  const { expression, ...rest } = key;
  return expression !== undefined && isCastTo(type, expression, name) ? { column: name, ...rest } : key;
}

const cast = new RegExp(
  String.raw`^(?:cast\s*\(\s*(?<cast>${identifier})\s+as\s+(?<to>\w+)\s*\)|(?<called>\w+)\s*\(\s*(?<argument>${identifier})\s*\)|(?<column>${identifier})\s*::\s*(?<type>\w+))$`,
  'i',
);

function isCastTo(type: string, expression: string, name: string): boolean {
  const found = cast.exec(expression.trim().replace(/^\((.*)\)$/s, '$1'))?.groups;
  const to = found?.to ?? found?.called ?? found?.type;
  return to !== undefined && writesName(found?.cast ?? found?.argument ?? found?.column, name) && writtenType(to) === type;
}
