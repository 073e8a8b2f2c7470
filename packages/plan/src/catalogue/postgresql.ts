import type { Quoting } from '@planwright/sql';
import type { ObjectName } from '../names.js';
import type { Catalogue } from './catalogue.js';

/** PostgreSQL's catalogue: pg_catalog, by schema. */
export function postgresqlCatalogue({ quoteLiteral, quoteName }: Quoting, defaultSchema: string): Catalogue {
  const schemaOf = (name: ObjectName) => name.schema ?? defaultSchema;
  const as = (name: ObjectName, kind: 'regclass' | 'regtype') => `${quoteLiteral(quoteName([schemaOf(name), name.table]))}::${kind}`;
  const namespace = (schema: string) => `${quoteLiteral(quoteName([schema]))}::regnamespace`;
  const among = (column: string, names: readonly string[]) =>
    names.length === 1 ? `${column} = ${quoteLiteral(names[0] ?? '')}` : `${column} IN (${names.map(quoteLiteral).join(', ')})`;
  const relations = (names: readonly ObjectName[], kinds: string) => {
    const schemas = [...new Set(names.map(schemaOf))];
    const conditions = schemas.map(
      (schema) =>
        `${among(
          'relname',
          names.filter((name) => schemaOf(name) === schema).map((name) => name.table),
        )} AND relnamespace = ${namespace(schema)}`,
    );
    return `SELECT count(*) FROM pg_class WHERE relkind IN (${kinds}) AND ${conditions.length === 1 ? conditions[0] : `(${conditions.map((condition) => `(${condition})`).join(' OR ')})`}`;
  };
  return {
    version: () => "SELECT current_setting('server_version_num')::int / 10000",
    tables: (names) => relations(names, "'r', 'p'"),
    columns: (table, columns) =>
      `SELECT count(*) FROM pg_attribute WHERE attrelid = ${as(table, 'regclass')} AND ${among('attname', columns)} AND NOT attisdropped`,
    notNull: (table, columns) =>
      `SELECT count(*) FROM pg_attribute WHERE attrelid = ${as(table, 'regclass')} AND ${among('attname', columns)} AND attnotnull AND NOT attisdropped`,
    defaults: (table, columns) =>
      `SELECT count(*) FROM pg_attribute WHERE attrelid = ${as(table, 'regclass')} AND ${among('attname', columns)} AND atthasdef AND NOT attisdropped`,
    type: (table, column) =>
      `SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = ${as(table, 'regclass')} AND attname = ${quoteLiteral(column)} AND NOT attisdropped`,
    index: (table, index) =>
      `SELECT count(*) FROM pg_index WHERE indexrelid = ${as({ ...(table.schema && { schema: table.schema }), table: index }, 'regclass')} AND indisvalid`,
    indexes: (indexes) =>
      `SELECT count(*) FROM pg_index WHERE indexrelid IN (${indexes
        .map(({ table, name }) => as({ ...(table.schema && { schema: table.schema }), table: name }, 'regclass'))
        .join(', ')}) AND indisvalid`,
    indexThere: (table, index) =>
      `SELECT count(*) FROM pg_class WHERE relkind IN ('i', 'I') AND relname = ${quoteLiteral(index)} AND relnamespace = ${namespace(schemaOf(table))}`,
    constraint: (table, constraint, valid) =>
      `SELECT count(*) FROM pg_constraint WHERE conrelid = ${as(table, 'regclass')} AND conname = ${quoteLiteral(constraint)}${valid ? ' AND convalidated' : ''}`,
    constraints: (constraints) => {
      const tables = [...new Set(constraints.map(({ table }) => as(table, 'regclass')))];
      const names = [...new Set(constraints.map(({ name }) => name))];
      return `SELECT count(*) FROM pg_constraint WHERE conrelid ${tables.length === 1 ? `= ${tables[0]}` : `IN (${tables.join(', ')})`} AND ${among('conname', names)} AND convalidated`;
    },
    views: (names) => relations(names, "'v', 'm'"),
    triggers: (table, names) => `SELECT count(*) FROM pg_trigger WHERE tgrelid = ${as(table, 'regclass')} AND ${among('tgname', names)} AND NOT tgisinternal`,
    policy: (table, policy) => `SELECT count(*) FROM pg_policy WHERE polrelid = ${as(table, 'regclass')} AND polname = ${quoteLiteral(policy)}`,
    rowSecurity: (table) => `SELECT count(*) FROM pg_class WHERE oid = ${as(table, 'regclass')} AND relrowsecurity`,
    label: (type, label) => `SELECT count(*) FROM pg_enum WHERE enumtypid = ${as(type, 'regtype')} AND enumlabel = ${quoteLiteral(label)}`,
    dataType: (type) => `SELECT count(*) FROM pg_type WHERE typname = ${quoteLiteral(type.table)} AND typnamespace = ${namespace(schemaOf(type))}`,
    sequence: (sequence) => relations([sequence], "'S'"),
    routine: (routine) => `SELECT count(*) FROM pg_proc WHERE proname = ${quoteLiteral(routine.table)} AND pronamespace = ${namespace(schemaOf(routine))}`,
    extension: (name) => `SELECT count(*) FROM pg_extension WHERE extname = ${quoteLiteral(name)}`,
    schema: (name) => `SELECT count(*) FROM pg_namespace WHERE nspname = ${quoteLiteral(name)}`,
    longTransactions: () => "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start < now() - interval '1 minute'",
  };
}
