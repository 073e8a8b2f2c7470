import type { Column, Constraint, CreateIndexOperation, Operation, Snapshot, Table } from '@planwright/spec';
import { aligned, block, parenthesized, sql, unwritable, type Written, words } from '../../written.js';
import { columnCells, columnDefinition, constraintDefinition, defaultExpression, unknownForm } from './definitions.js';
import { quoteIdentifier, quoteLiteral, quoteName } from './quote.js';

export interface WriteOptions {
  /** The schema before the operation. MODIFY COLUMN wants the whole column, and a dropped constraint its kind. */
  readonly before?: Snapshot;
}

/** Writes an operation as SQL of MySQL 8. Types and expressions stand as given; what MySQL has no SQL for gives an issue. */
export function writeOperation(operation: Operation, { before }: WriteOptions = {}): Written {
  return (
    writeTable(operation, before) ??
    writeColumn(operation, before) ??
    writeOther(operation, before) ??
    unwritable(operation, 'MySQL', 'MySQL has no such statement.')
  );
}

interface At {
  readonly schema?: string;
  readonly table: string;
}

function writeTable(operation: Operation, before: Snapshot | undefined): Written | undefined {
  switch (operation.type) {
    case 'createTable':
      return createTable(operation);
    case 'dropTable':
      return sql(words('DROP TABLE', operation.ifExists && 'IF EXISTS', named(operation)));
    case 'renameTable':
      return sql(`ALTER TABLE ${named(operation)} RENAME TO ${named({ ...operation, table: operation.to })}`);
    case 'setTableSchema':
      return sql(`ALTER TABLE ${named(operation)} RENAME TO ${quoteName([operation.to, operation.table])}`);
    case 'setTableOption':
      return operation.value === undefined
        ? unwritable(operation, 'MySQL', 'an option cannot be taken back without its earlier value.')
        : sql(`ALTER TABLE ${named(operation)} ${option(operation.option, operation.value)}`);
    case 'addConstraint': {
      const definition = constraintDefinition(operation.constraint);
      return definition === undefined
        ? unwritable(operation, 'MySQL', unknownForm(operation.constraint))
        : sql(`ALTER TABLE ${named(operation)} ADD ${definition}`);
    }
    case 'dropConstraint': {
      const kind = tableOf(before, operation)?.constraints?.find(({ name }) => name === operation.name)?.type;
      return sql(`ALTER TABLE ${named(operation)} DROP ${droppedConstraint(kind, operation.name)}`);
    }
    case 'createIndex': {
      const index = createIndex(operation);
      return index === undefined ? unwritable(operation, 'MySQL', 'it has no name, or is partial, covering or of an operator class.') : sql(index);
    }
    case 'dropIndex':
    case 'renameIndex': {
      const table = 'table' in operation && operation.table !== undefined ? operation.table : tableWithIndex(before, operation.name)?.name;
      if (table === undefined) return unwritable(operation, 'MySQL', 'the table of the index is not known.');
      const on = named({ ...operation, table });
      const name = quoteIdentifier(operation.name);
      return sql(operation.type === 'dropIndex' ? `DROP INDEX ${name} ON ${on}` : `ALTER TABLE ${on} RENAME INDEX ${name} TO ${quoteIdentifier(operation.to)}`);
    }
    default:
      return undefined;
  }
}

function createTable(operation: Extract<Operation, { type: 'createTable' }>): Written {
  const { table, ifNotExists, asQuery } = operation;
  const constraints = (table.constraints ?? []).map(constraintDefinition);
  const indexes = (table.indexes ?? []).filter(({ proposed }) => !proposed).map((index) => createIndex({ type: 'createIndex', ...at(table), index }));
  if (constraints.includes(undefined) || indexes.includes(undefined))
    return unwritable(operation, 'MySQL', 'one of its constraints or indexes has a form that MySQL lacks.');
  if (table.partitionOf || table.inherits?.length) return unwritable(operation, 'MySQL', 'a table has no parent in MySQL.');
  const lines = [...aligned(table.columns.map(columnCells)), ...constraints.flatMap((definition) => definition ?? [])];
  const options = Object.entries(table.options ?? {}).map(([name, value]) => option(name, value));
  const statement = words(
    'CREATE',
    table.persistence === 'temporary' && 'TEMPORARY',
    'TABLE',
    ifNotExists && 'IF NOT EXISTS',
    named(at(table)),
    lines.length > 0 && asQuery === undefined && block(lines),
    ...options,
    table.comment !== undefined && `COMMENT = ${quoteLiteral(table.comment)}`,
    table.partitionBy !== undefined && `PARTITION BY ${table.partitionBy}`,
    asQuery !== undefined && `AS ${asQuery}`,
  );
  return sql(statement, ...indexes.flatMap((index) => index ?? []), ...(table.triggers ?? []).map(({ definition }) => definition));
}

function writeColumn(operation: Operation, before: Snapshot | undefined): Written | undefined {
  if (!('column' in operation)) return undefined;
  const table = `ALTER TABLE ${named(operation)}`;
  if (operation.type === 'addColumn') return sql(`${table} ADD COLUMN ${columnDefinition(operation.column)}`);
  const name = quoteIdentifier(operation.column);
  switch (operation.type) {
    case 'dropColumn':
      return sql(`${table} DROP COLUMN ${name}`);
    case 'renameColumn':
      return sql(`${table} RENAME COLUMN ${name} TO ${quoteIdentifier(operation.to)}`);
    case 'setDefault':
      return sql(`${table} ALTER COLUMN ${name} SET DEFAULT ${defaultExpression(operation.default)}`);
    case 'dropDefault':
      return sql(`${table} ALTER COLUMN ${name} DROP DEFAULT`);
    default: {
      const column = tableOf(before, operation)?.columns.find((item) => item.name === operation.column);
      if (!column)
        return unwritable(operation, 'MySQL', `MODIFY COLUMN repeats the whole column, and ${operation.column} is not known.`, 'Give the schema before.');
      const changed = changedColumn(operation, column);
      return changed ? sql(`${table} MODIFY COLUMN ${columnDefinition(changed)}`) : undefined;
    }
  }
}

function changedColumn(operation: Operation, column: Column): Column | undefined {
  const { identity: _, generated, notNull, ...rest } = column;
  const nullable = { ...rest, ...(generated ? { generated } : {}), ...(column.identity ? { identity: column.identity } : {}) };
  switch (operation.type) {
    case 'alterColumnType':
      return { ...column, type: operation.to, ...(operation.collation ? { collation: operation.collation } : {}) };
    case 'setNotNull':
      return { ...column, notNull: true };
    case 'dropNotNull':
      return nullable;
    case 'setIdentity':
      return { ...column, identity: operation.identity };
    case 'dropIdentity':
      return { ...rest, ...(notNull ? { notNull } : {}) };
    case 'setGenerated':
      return { ...column, generated: { ...generated, expression: operation.expression } };
    case 'dropGenerated':
      return { ...rest, ...(notNull ? { notNull } : {}) };
    default:
      return undefined;
  }
}

function writeOther(operation: Operation, before: Snapshot | undefined): Written | undefined {
  const name =
    'name' in operation && operation.name !== undefined
      ? quoteName('schema' in operation && operation.schema !== undefined ? [operation.schema, operation.name] : [operation.name])
      : '';
  switch (operation.type) {
    case 'createView': {
      if (operation.view.materialized) return undefined;
      const { view } = operation;
      const columns = view.columns?.length ? `(${view.columns.map(quoteIdentifier).join(', ')})` : '';
      return sql(
        words(
          'CREATE',
          operation.orReplace && 'OR REPLACE',
          'VIEW',
          quoteName(view.schema === undefined ? [view.name] : [view.schema, view.name]),
          columns,
          `AS\n${view.query}`,
        ),
      );
    }
    case 'dropView':
      return operation.materialized ? undefined : sql(words('DROP VIEW', operation.ifExists && 'IF EXISTS', name));
    case 'renameView':
      return operation.materialized
        ? undefined
        : sql(`RENAME TABLE ${name} TO ${quoteName(operation.schema === undefined ? [operation.to] : [operation.schema, operation.to])}`);
    case 'createRoutine': {
      const { kind, name: routine, schema, definition } = operation.routine;
      // MySQL replaces no routine in one statement.
      const first = operation.orReplace ? [`DROP ${kind.toUpperCase()} IF EXISTS ${quoteName(schema === undefined ? [routine] : [schema, routine])}`] : [];
      return kind === 'aggregate' ? undefined : sql(...first, definition);
    }
    case 'dropRoutine':
      return operation.kind === 'function' || operation.kind === 'procedure'
        ? sql(words(`DROP ${operation.kind.toUpperCase()}`, operation.ifExists && 'IF EXISTS', name))
        : undefined;
    case 'createTrigger':
      return sql(operation.trigger.definition);
    case 'dropTrigger':
      return sql(words('DROP TRIGGER', operation.ifExists && 'IF EXISTS', name));
    case 'createSchema':
      return sql(words('CREATE SCHEMA', operation.ifNotExists && 'IF NOT EXISTS', name));
    case 'dropSchema':
      return sql(words('DROP SCHEMA', operation.ifExists && 'IF EXISTS', name));
    case 'setComment': {
      const text = operation.comment ?? '';
      if (operation.kind === 'table') return sql(`ALTER TABLE ${name} COMMENT = ${quoteLiteral(text)}`);
      if (operation.kind !== 'column' || operation.table === undefined) return undefined;
      const on = { ...operation, table: operation.table };
      const column = tableOf(before, on)?.columns.find((item) => item.name === operation.name);
      return column
        ? sql(`ALTER TABLE ${named(on)} MODIFY COLUMN ${columnDefinition({ ...column, comment: text })}`)
        : unwritable(operation, 'MySQL', 'the whole column is not known.');
    }
    case 'updateRows': {
      const values = Object.entries(operation.set ?? {});
      if (values.length === 0 || operation.from?.length || operation.columns?.some((column) => operation.set?.[column] === undefined))
        return unwritable(operation, 'MySQL', 'the new value of each column is not known.');
      const set = values.map(([column, value]) => `${quoteIdentifier(column)} = ${value}`).join(', ');
      return sql(words(`UPDATE ${named(operation)} SET ${set}`, operation.where !== undefined && `WHERE ${operation.where}`));
    }
    case 'deleteRows':
      return sql(words(`DELETE FROM ${named(operation)}`, operation.where !== undefined && `WHERE ${operation.where}`));
    case 'truncateTable':
      return sql(`TRUNCATE TABLE ${named(operation)}`);
    case 'controlTransaction':
      return ['begin', 'commit', 'rollback'].includes(operation.action)
        ? sql(operation.action === 'begin' ? 'START TRANSACTION' : operation.action.toUpperCase())
        : undefined;
    default:
      return undefined;
  }
}

function droppedConstraint(kind: Constraint['type'] | undefined, name: string): string {
  if (kind === 'primaryKey') return 'PRIMARY KEY';
  if (kind === 'foreignKey') return `FOREIGN KEY ${quoteIdentifier(name)}`;
  if (kind === 'unique') return `INDEX ${quoteIdentifier(name)}`;
  return `${kind === 'check' ? 'CHECK' : 'CONSTRAINT'} ${quoteIdentifier(name)}`;
}

function createIndex({ index, ...on }: CreateIndexOperation): string | undefined {
  const odd =
    index.where !== undefined ||
    index.include?.length ||
    index.nullsNotDistinct ||
    index.keys.some(({ operatorClass, nulls, collation }) => operatorClass ?? nulls ?? collation);
  if (odd || index.name === undefined) return undefined;
  const keys = index.keys.map(({ column, expression, order }) =>
    words(column === undefined ? parenthesized(expression ?? '') : quoteIdentifier(column), order === 'desc' && 'DESC'),
  );
  const special = index.method === 'fulltext' || index.method === 'spatial' ? index.method.toUpperCase() : undefined;
  const method = index.method !== undefined && special === undefined && index.method !== 'btree' && `USING ${quoteIdentifier(index.method)}`;
  return words('CREATE', index.unique ? 'UNIQUE' : special, 'INDEX', quoteIdentifier(index.name), method, `ON ${named(on)} (${keys.join(', ')})`);
}

function option(name: string, value: string): string {
  return `${name.toUpperCase().replaceAll(/[^A-Z_ ]/g, '')} = ${/^\w+$/.test(value) ? value : quoteLiteral(value)}`;
}

function at(table: Table): At {
  return { ...(table.schema === undefined ? {} : { schema: table.schema }), table: table.name };
}

function named({ schema, table }: At): string {
  return quoteName(schema === undefined ? [table] : [schema, table]);
}

function tableOf(snapshot: Snapshot | undefined, { schema, table }: At): Table | undefined {
  return snapshot?.tables.find((item) => item.name === table && item.schema === schema);
}

function tableWithIndex(snapshot: Snapshot | undefined, name: string): Table | undefined {
  return snapshot?.tables.find(({ indexes }) => indexes?.some((index) => index.name === name));
}
