import type { Column, Constraint, Index, Operation, Snapshot, Table } from '@planwright/spec';
import { aligned, block, parenthesized, sql, unwritable, type Written, words } from '../../written.js';
import { changedTable } from './changed-table.js';
import { quoteIdentifier, quoteName } from './quote.js';

export interface WriteOptions {
  /** The schema before the operation. What ALTER TABLE cannot do is done by building the table anew, which needs the whole table. */
  readonly before?: Snapshot;
}

/** Writes an operation as SQL of SQLite. Where ALTER TABLE has no form, the table is built anew, given the schema before; else there is an issue. */
export function writeOperation(operation: Operation, { before }: WriteOptions = {}): Written {
  return writeDirectly(operation, before) ?? writeRebuild(operation, before) ?? unwritable(operation, 'SQLite', 'SQLite has no such statement.');
}

interface At {
  readonly schema?: string;
  readonly table: string;
}

function writeDirectly(operation: Operation, before: Snapshot | undefined): Written | undefined {
  const name = 'name' in operation && operation.name !== undefined ? quoteIdentifier(operation.name) : '';
  switch (operation.type) {
    case 'createTable': {
      const { table, asQuery, ifNotExists } = operation;
      if (table.partitionBy !== undefined || table.partitionOf || table.inherits?.length || table.constraints?.some(foreign))
        return unwritable(operation, 'SQLite', 'it has a form that SQLite lacks.');
      if (asQuery !== undefined) return sql(words('CREATE TABLE', ifNotExists && 'IF NOT EXISTS', quoteIdentifier(table.name), 'AS', asQuery));
      const indexes = (table.indexes ?? []).filter(({ proposed }) => !proposed).map((index) => createIndex(at(table), index));
      if (indexes.includes(undefined)) return unwritable(operation, 'SQLite', 'one of its indexes has a form that SQLite lacks.');
      return sql(
        createTable(table, table.name, ifNotExists),
        ...indexes.flatMap((index) => index ?? []),
        ...(table.triggers ?? []).map(({ definition }) => definition),
      );
    }
    case 'dropTable':
      return sql(words('DROP TABLE', operation.ifExists && 'IF EXISTS', named(operation)));
    case 'renameTable':
      return sql(`ALTER TABLE ${named(operation)} RENAME TO ${quoteIdentifier(operation.to)}`);
    case 'renameColumn':
      return sql(`ALTER TABLE ${named(operation)} RENAME COLUMN ${quoteIdentifier(operation.column)} TO ${quoteIdentifier(operation.to)}`);
    case 'addColumn':
      return addable(operation.column) ? sql(`ALTER TABLE ${named(operation)} ADD COLUMN ${columnCells(operation.column).join(' ')}`) : undefined;
    case 'dropColumn': {
      const table = tableOf(before, operation);
      return table && isUsed(table, operation.column) ? undefined : sql(`ALTER TABLE ${named(operation)} DROP COLUMN ${quoteIdentifier(operation.column)}`);
    }
    case 'createIndex': {
      const index = createIndex(operation, operation.index, operation.ifNotExists);
      return index === undefined ? unwritable(operation, 'SQLite', 'it has no name, or a form that SQLite lacks.') : sql(index);
    }
    case 'dropIndex':
      return sql(words('DROP INDEX', operation.ifExists && 'IF EXISTS', name));
    case 'createView': {
      const { view } = operation;
      if (view.materialized) return undefined;
      const create = words('CREATE VIEW', quoteIdentifier(view.name), view.columns?.length ? list(view.columns) : '', `AS\n${view.query}`);
      // SQLite replaces no view in one statement.
      return sql(...(operation.orReplace ? [`DROP VIEW IF EXISTS ${quoteIdentifier(view.name)}`] : []), create);
    }
    case 'dropView':
      return operation.materialized ? undefined : sql(words('DROP VIEW', operation.ifExists && 'IF EXISTS', name));
    case 'createTrigger':
      return sql(operation.trigger.definition);
    case 'dropTrigger':
      return sql(words('DROP TRIGGER', operation.ifExists && 'IF EXISTS', name));
    case 'updateRows': {
      const values = Object.entries(operation.set ?? {});
      if (values.length === 0 || operation.columns?.some((column) => operation.set?.[column] === undefined))
        return unwritable(operation, 'SQLite', 'the new value of each column is not known.');
      const set = values.map(([column, value]) => `${quoteIdentifier(column)} = ${value}`).join(', ');
      return sql(
        words(
          `UPDATE ${named(operation)} SET ${set}`,
          operation.from?.length ? `FROM ${operation.from.map(quoteIdentifier).join(', ')}` : '',
          operation.where !== undefined && `WHERE ${operation.where}`,
        ),
      );
    }
    case 'deleteRows':
      return sql(words(`DELETE FROM ${named(operation)}`, operation.where !== undefined && `WHERE ${operation.where}`));
    case 'truncateTable':
      return sql(`DELETE FROM ${named(operation)}`);
    case 'controlTransaction':
      return ['begin', 'commit', 'rollback'].includes(operation.action) ? sql(operation.action.toUpperCase()) : undefined;
    default:
      return undefined;
  }
}

/** The twelve steps of https://www.sqlite.org/lang_altertable.html#otheralter. Foreign keys are off meanwhile, which works outside a transaction only. */
function writeRebuild(operation: Operation, before: Snapshot | undefined): Written | undefined {
  if (!('table' in operation) || typeof operation.table !== 'string') return undefined;
  const on: At = { ...('schema' in operation && operation.schema !== undefined ? { schema: operation.schema } : {}), table: operation.table };
  const table = tableOf(before, on);
  if (!table) return unwritable(operation, 'SQLite', 'the table must be built anew, and how it looks is not known.', 'Give the schema before.');
  const changed = changedTable(operation, table);
  if (!changed || changed.constraints?.some(foreign)) return undefined;
  const indexes = (changed.indexes ?? []).filter(({ proposed }) => !proposed).map((index) => createIndex(on, index));
  if (indexes.includes(undefined)) return unwritable(operation, 'SQLite', 'one of the indexes of its table has a form that SQLite lacks.');
  const copied = changed.columns.filter((column) => !column.generated && table.columns.some(({ name }) => name === column.name)).map(({ name }) => name);
  const build = freeName(before, `${table.name}_new`);
  const columns = copied.map(quoteIdentifier).join(', ');
  return sql(
    'PRAGMA foreign_keys = OFF',
    'BEGIN',
    createTable(changed, build),
    `INSERT INTO ${quoteIdentifier(build)} (${columns}) SELECT ${columns} FROM ${named(on)}`,
    `DROP TABLE ${named(on)}`,
    `ALTER TABLE ${quoteIdentifier(build)} RENAME TO ${quoteIdentifier(table.name)}`,
    ...indexes.flatMap((index) => index ?? []),
    ...(changed.triggers ?? []).map(({ definition }) => definition),
    'PRAGMA foreign_key_check',
    'COMMIT',
    'PRAGMA foreign_keys = ON',
  );
}

function freeName(snapshot: Snapshot | undefined, name: string): string {
  return snapshot?.tables.some((table) => table.name === name) ? freeName(snapshot, `${name}_new`) : name;
}

function createTable(table: Table, name: string, ifNotExists = false): string {
  const key = table.constraints?.find(({ type }) => type === 'primaryKey');
  const counted = table.columns.find(({ identity }) => identity);
  // AUTOINCREMENT stands beside its column only, and the key with it.
  const inline = counted && key?.columns?.length === 1 && key.columns[0] === counted.name ? counted : undefined;
  const constraints = (table.constraints ?? []).filter((constraint) => !(inline && constraint === key)).map(constraintDefinition);
  const cells = table.columns.map((column) =>
    column === inline ? [quoteIdentifier(column.name), 'INTEGER', 'PRIMARY KEY AUTOINCREMENT'] : columnCells(column),
  );
  const persistence = table.persistence === 'temporary' ? 'TEMPORARY' : '';
  return words('CREATE', persistence, 'TABLE', ifNotExists && 'IF NOT EXISTS', quoteIdentifier(name), block([...aligned(cells), ...constraints]));
}

function columnCells(column: Column): readonly string[] {
  const rest = words(
    column.notNull && 'NOT NULL',
    column.default !== undefined && !column.generated && `DEFAULT ${defaultExpression(column.default)}`,
    column.collation !== undefined && `COLLATE ${quoteIdentifier(column.collation)}`,
    column.generated && `GENERATED ALWAYS AS ${parenthesized(column.generated.expression)} ${column.generated.stored === false ? 'VIRTUAL' : 'STORED'}`,
  );
  return [quoteIdentifier(column.name), ...(column.type === '' ? [] : [column.type]), ...(rest === '' ? [] : [rest])];
}

const literalDefault = /^(?:[-+]?[\d.]+|'(?:[^']|'')*'|null|true|false)$/i;

function defaultExpression(expression: string): string {
  return literalDefault.test(expression) || /^current_(?:time|date|timestamp)$/i.test(expression) ? expression : parenthesized(expression);
}

/** What ADD COLUMN takes: NOT NULL only with a constant, no default that is computed, nothing stored. */
function addable(column: Column): boolean {
  if (column.identity || (column.generated && column.generated.stored !== false)) return false;
  if (column.default !== undefined && !literalDefault.test(column.default)) return false;
  return !column.notNull || (column.default !== undefined && !/^null$/i.test(column.default)) || column.generated !== undefined;
}

/** Whether SQLite refuses to drop the column by itself: a constraint, an index, a generated column or a trigger may use it. */
function isUsed(table: Table, column: string): boolean {
  const text = JSON.stringify([table.constraints, table.indexes, table.triggers, table.columns.map(({ generated }) => generated)]);
  return text.includes(column);
}

function constraintDefinition(constraint: Constraint): string {
  const name = constraint.name === undefined ? '' : `CONSTRAINT ${quoteIdentifier(constraint.name)}`;
  switch (constraint.type) {
    case 'primaryKey':
      return words(name, `PRIMARY KEY ${list(constraint.columns)}`);
    case 'unique':
      return words(name, `UNIQUE ${list(constraint.columns)}`);
    case 'foreignKey':
      return words(
        name,
        `FOREIGN KEY ${list(constraint.columns)} REFERENCES ${quoteIdentifier(constraint.references.table)}`,
        constraint.references.columns && list(constraint.references.columns),
        constraint.onDelete && `ON DELETE ${constraint.onDelete.toUpperCase()}`,
        constraint.onUpdate && `ON UPDATE ${constraint.onUpdate.toUpperCase()}`,
        constraint.deferrable && `DEFERRABLE INITIALLY ${constraint.deferrable.toUpperCase()}`,
      );
    case 'check':
      return words(name, `CHECK (${constraint.expression})`);
    case 'exclusion':
      return '';
  }
}

/** A constraint that SQLite lacks. */
function foreign(constraint: Constraint): boolean {
  if (constraint.type === 'exclusion' || ('include' in constraint && constraint.include?.length) || ('usingIndex' in constraint && constraint.usingIndex))
    return true;
  return (constraint.type === 'unique' && constraint.nullsNotDistinct === true) || ('notValid' in constraint && constraint.notValid === true);
}

function createIndex(on: At, index: Index, ifNotExists = false): string | undefined {
  const odd =
    index.include?.length ||
    index.nullsNotDistinct ||
    (index.method !== undefined && index.method !== 'btree') ||
    index.keys.some(({ operatorClass, nulls }) => operatorClass ?? nulls);
  if (odd || index.name === undefined) return undefined;
  const keys = index.keys.map(({ column, expression, collation, order }) =>
    words(
      column === undefined ? (expression ?? '') : quoteIdentifier(column),
      collation && `COLLATE ${quoteIdentifier(collation)}`,
      order === 'desc' && 'DESC',
    ),
  );
  return words(
    'CREATE',
    index.unique && 'UNIQUE',
    'INDEX',
    ifNotExists && 'IF NOT EXISTS',
    quoteIdentifier(index.name),
    `ON ${quoteIdentifier(on.table)} (${keys.join(', ')})`,
    index.where !== undefined && `WHERE ${index.where}`,
  );
}

function list(names: readonly string[]): string {
  return `(${names.map(quoteIdentifier).join(', ')})`;
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
