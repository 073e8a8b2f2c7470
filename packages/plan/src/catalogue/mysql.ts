import type { Quoting } from '@planwright/sql';
import type { ObjectName } from '../names.js';
import type { Catalogue } from './catalogue.js';

/** MySQL's catalogue: information_schema, by schema. */
export function mysqlCatalogue({ quoteLiteral }: Quoting): Catalogue {
  const schema = (name: ObjectName) => (name.schema ? quoteLiteral(name.schema) : 'DATABASE()');
  const among = (column: string, names: readonly string[]) =>
    names.length === 1 ? `${column} = ${quoteLiteral(names[0] ?? '')}` : `${column} IN (${names.map(quoteLiteral).join(', ')})`;
  const each = (names: readonly ObjectName[]) =>
    names.map((name) => `(table_schema = ${schema(name)} AND table_name = ${quoteLiteral(name.table)})`).join(' OR ');
  const ofTable = (table: ObjectName) => `table_schema = ${schema(table)} AND table_name = ${quoteLiteral(table.table)}`;
  const index = (table: ObjectName, name: string) =>
    `SELECT count(DISTINCT index_name) FROM information_schema.statistics WHERE ${ofTable(table)} AND index_name = ${quoteLiteral(name)}`;
  return {
    version: () => "SELECT SUBSTRING_INDEX(VERSION(), '.', 1)",
    tables: (names) => `SELECT count(*) FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND (${each(names)})`,
    columns: (table, columns) => `SELECT count(*) FROM information_schema.columns WHERE ${ofTable(table)} AND ${among('column_name', columns)}`,
    notNull: (table, columns) =>
      `SELECT count(*) FROM information_schema.columns WHERE ${ofTable(table)} AND ${among('column_name', columns)} AND is_nullable = 'NO'`,
    index,
    indexThere: index,
    constraint: (table, constraint) =>
      `SELECT count(*) FROM information_schema.table_constraints WHERE ${ofTable(table)} AND constraint_name = ${quoteLiteral(constraint)}`,
    views: (names) => `SELECT count(*) FROM information_schema.views WHERE ${each(names)}`,
    triggers: (table, names) =>
      `SELECT count(*) FROM information_schema.triggers WHERE event_object_schema = ${schema(table)} AND event_object_table = ${quoteLiteral(table.table)} AND ${among('trigger_name', names)}`,
    routine: (routine) =>
      `SELECT count(*) FROM information_schema.routines WHERE routine_schema = ${schema(routine)} AND routine_name = ${quoteLiteral(routine.table)}`,
    schema: (name) => `SELECT count(*) FROM information_schema.schemata WHERE schema_name = ${quoteLiteral(name)}`,
    longTransactions: () => 'SELECT count(*) FROM information_schema.innodb_trx WHERE trx_started < NOW() - INTERVAL 1 MINUTE',
  };
}
