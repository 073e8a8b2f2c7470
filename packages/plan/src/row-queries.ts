import type { ForeignKey, Index, Target } from '@planwright/spec';
import type { Quoting } from '@planwright/sql';
import type { ObjectName } from './names.js';

/** Queries about rows. Each counts offenders, but `duplicates`, which lists them. */
export interface RowQueries {
  orphans(table: ObjectName, key: ForeignKey, referenced: readonly string[]): string;
  nulls(table: ObjectName, columns: readonly string[]): string;
  duplicates(table: ObjectName, keys: readonly string[], options: { readonly nullsNotDistinct?: boolean; readonly where?: string }): string;
  violations(table: ObjectName, condition: string): string;
  rows(table: ObjectName): string;
  values(table: ObjectName, column: string): string;
  /** Rows that a condition finds. */
  where(table: ObjectName, condition: string): string;
  /** Rows whose columns differ from the expressions they were filled with, NULL counting as a value. */
  different(table: ObjectName, set: Readonly<Record<string, string>>): string;
}

/** Row queries in the words of a database. */
export function rowQueries(database: Target['database'], { quoteIdentifier, quoteName }: Quoting): RowQueries {
  const from = (table: ObjectName) => quoteName(table.schema ? [table.schema, table.table] : [table.table]);
  const distinctFrom = (left: string, right: string) =>
    database === 'postgresql' ? `${left} IS DISTINCT FROM ${right}` : database === 'mysql' ? `NOT (${left} <=> ${right})` : `${left} IS NOT ${right}`;
  return {
    orphans(table, key, referenced) {
      const columns = key.columns.map((column) => `c.${quoteIdentifier(column)}`);
      // MATCH SIMPLE: a row with a NULL in the key refers to nothing.
      const present = columns.map((column) => `${column} IS NOT NULL`).join(' AND ');
      const match = columns.map((column, position) => `p.${quoteIdentifier(referenced[position] ?? '')} = ${column}`).join(' AND ');
      return `SELECT count(*) FROM ${from(table)} AS c WHERE ${present} AND NOT EXISTS (SELECT 1 FROM ${from(key.references)} AS p WHERE ${match})`;
    },
    nulls: (table, columns) => `SELECT count(*) FROM ${from(table)} WHERE ${columns.map((column) => `${quoteIdentifier(column)} IS NULL`).join(' OR ')}`,
    duplicates(table, keys, { nullsNotDistinct, where }) {
      const present = nullsNotDistinct ? [] : keys.map((key) => `${key} IS NOT NULL`);
      const conditions = [...(where ? [`(${where})`] : []), ...present];
      return `SELECT ${keys.join(', ')}, count(*) FROM ${from(table)}${conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''} GROUP BY ${keys.join(', ')} HAVING count(*) > 1`;
    },
    violations: (table, condition) => `SELECT count(*) FROM ${from(table)} WHERE NOT (${condition})`,
    where: (table, condition) => `SELECT count(*) FROM ${from(table)} WHERE ${condition}`,
    rows: (table) => `SELECT count(*) FROM ${from(table)}`,
    values: (table, column) => `SELECT count(${quoteIdentifier(column)}) FROM ${from(table)}`,
    different: (table, set) =>
      `SELECT count(*) FROM ${from(table)} WHERE ${Object.entries(set)
        .map(([column, expression]) => distinctFrom(quoteIdentifier(column), /^[\w.'"]+$/.test(expression.trim()) ? expression.trim() : `(${expression})`))
        .join(' OR ')}`,
  };
}

/** The keys of an index as they stand in a query. */
export function indexKeys(index: Index, { quoteIdentifier }: Quoting): string[] {
  return index.keys.map((key) => (key.column === undefined ? `(${key.expression ?? 'NULL'})` : quoteIdentifier(key.column)));
}
