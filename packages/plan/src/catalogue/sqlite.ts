import type { Quoting } from '@planwright/sql';
import type { ObjectName } from '../names.js';
import type { Catalogue } from './catalogue.js';

/** SQLite's catalogue: sqlite_master of the schema, and the pragma functions. It keeps no names of constraints. */
export function sqliteCatalogue({ quoteLiteral, quoteName }: Quoting): Catalogue {
  const master = (name: ObjectName) => quoteName([name.schema ?? 'main', 'sqlite_master']);
  const among = (column: string, names: readonly string[]) =>
    names.length === 1 ? `${column} = ${quoteLiteral(names[0] ?? '')}` : `${column} IN (${names.map(quoteLiteral).join(', ')})`;
  const info = (table: ObjectName) => `pragma_table_info(${quoteLiteral(table.table)}${table.schema ? `, ${quoteLiteral(table.schema)}` : ''})`;
  const objects = (type: string, names: readonly ObjectName[]) =>
    `SELECT count(*) FROM ${master(names[0] ?? { table: '' })} WHERE type = '${type}' AND ${among(
      'name',
      names.map((name) => name.table),
    )}`;
  const index = (table: ObjectName, name: string) =>
    `SELECT count(*) FROM ${master(table)} WHERE type = 'index' AND tbl_name = ${quoteLiteral(table.table)} AND name = ${quoteLiteral(name)}`;
  return {
    tables: (names) => objects('table', names),
    columns: (table, columns) => `SELECT count(*) FROM ${info(table)} WHERE ${among('name', columns)}`,
    // A primary key column refuses NULL too, and table_info does not say so.
    notNull: (table, columns) => `SELECT count(*) FROM ${info(table)} WHERE ${among('name', columns)} AND ("notnull" = 1 OR pk > 0)`,
    index,
    indexThere: index,
    views: (names) => objects('view', names),
    triggers: (table, names) =>
      `SELECT count(*) FROM ${master(table)} WHERE type = 'trigger' AND tbl_name = ${quoteLiteral(table.table)} AND ${among('name', names)}`,
  };
}
