import type { Index, Table } from '@planwright/spec';
import { quoteIdentifier } from '@planwright/sql/postgresql';
import { escaped } from '../escaped.js';
import { writtenType } from './written-type.js';

/** A table whose column has another type by now: what an index brings to that very type is no expression any more, for PostgreSQL reads the index anew and finds the column itself. */
export function withColumnKeys(table: Table, name: string): Table {
  const type = table.columns.find((column) => column.name === name)?.type;
  if (type === undefined || !table.indexes?.some(({ keys }) => keys.some(({ expression }) => expression !== undefined))) return table;
  return { ...table, indexes: table.indexes.map((index): Index => ({ ...index, keys: index.keys.map((key) => withColumn(key, name, type)) })) };
}

function withColumn(key: Index['keys'][number], name: string, type: string): Index['keys'][number] {
  const { expression, ...rest } = key;
  return expression !== undefined && isCastTo(type, expression, quoteIdentifier(name)) ? { column: name, ...rest } : key;
}

function isCastTo(type: string, expression: string, column: string): boolean {
  const text = expression.trim().replace(/^\((.*)\)$/s, '$1');
  const name = escaped(column);
  const [, called, cast, castAs] =
    new RegExp(`^(?:(\\w+)\\s*\\(\\s*${name}\\s*\\)|${name}\\s*::\\s*(\\w+)|cast\\s*\\(\\s*${name}\\s+as\\s+(\\w+)\\s*\\))$`, 'i').exec(text) ?? [];
  const to = called ?? cast ?? castAs;
  return to !== undefined && writtenType(to) === type;
}
