import type { CreateTableOperation, SetTableOptionOperation, Table } from '@planwright/spec';
import { aligned, block, words } from '../../../written.js';
import { quoteIdentifier } from '../quote.js';
import { comment, createPolicy, rowSecurity, trigger } from './attached.js';
import { columnCells } from './column.js';
import { constraintDefinition } from './constraint.js';
import { createIndex } from './index-definition.js';
import { dotted, list, optionList, optionValue, qualified } from './names.js';

/** CREATE TABLE, and a statement for each thing that stands beside it: indexes, triggers, policies, comments. */
export function createTable({ table, ifNotExists, asQuery }: CreateTableOperation): readonly string[] {
  const { schema, name } = table;
  const on = { ...(schema === undefined ? {} : { schema }), table: name };
  const named = qualified(schema, name);
  return [
    words(
      'CREATE',
      table.persistence && table.persistence !== 'permanent' && table.persistence.toUpperCase(),
      'TABLE',
      ifNotExists && 'IF NOT EXISTS',
      named,
      asQuery === undefined ? tableBody(table) : table.columns.length > 0 && list(table.columns.map((column) => column.name)),
      !table.partitionOf && table.inherits !== undefined && table.inherits.length > 0 && `INHERITS (${table.inherits.map(dotted).join(', ')})`,
      table.partitionBy !== undefined && `PARTITION BY ${table.partitionBy}`,
      ...storage(table.options ?? {}),
      asQuery !== undefined && `AS ${asQuery}`,
    ),
    ...afterwards(table.options ?? {}).map((option) => `ALTER TABLE ${named} ${option}`),
    ...(table.indexes ?? []).filter((index) => !index.proposed).map((index) => createIndex({ type: 'createIndex', ...on, index })),
    ...(table.triggers ?? []).flatMap((item) => trigger(on, item)),
    ...(table.policies ?? []).map((policy) => createPolicy(on, policy)),
    ...rowSecurity(table.rowSecurity).map((part) => `ALTER TABLE ${named} ${part}`),
    ...(table.comment === undefined ? [] : [comment(`TABLE ${named}`, table.comment)]),
    ...table.columns.flatMap((column) => (column.comment === undefined ? [] : [comment(`COLUMN ${named}.${quoteIdentifier(column.name)}`, column.comment)])),
    ...(table.indexes ?? []).flatMap((index) =>
      index.comment === undefined || index.name === undefined ? [] : [comment(`INDEX ${qualified(schema, index.name)}`, index.comment)],
    ),
  ];
}

function tableBody(table: Table): string {
  const constraints = (table.constraints ?? []).map((constraint) => constraintDefinition(constraint));
  if (table.partitionOf) {
    // Its columns are the parent's.
    const { schema, table: parent, bounds } = table.partitionOf;
    return words(`PARTITION OF ${qualified(schema, parent)}`, constraints.length > 0 && block(constraints), bounds);
  }
  const lines = [...aligned(table.columns.map(columnCells)), ...constraints];
  return lines.length === 0 ? '()' : block(lines);
}

/** Options that CREATE TABLE takes. The others are set afterwards. */
function storage(options: Readonly<Record<string, string>>): readonly string[] {
  const parameters = Object.fromEntries(Object.entries(options).filter(([name]) => !named.has(name)));
  const { tablespace, 'access method': method } = options;
  return [
    method === undefined ? '' : `USING ${quoteIdentifier(method)}`,
    Object.keys(parameters).length === 0 ? '' : `WITH (${optionList(parameters)})`,
    tablespace === undefined ? '' : `TABLESPACE ${quoteIdentifier(tablespace)}`,
  ];
}

/** Options with words of their own; every other one is a storage parameter. */
const named: ReadonlySet<string> = new Set(['tablespace', 'access method', 'cluster on', 'of type', 'replica identity', 'persistence']);

function afterwards(options: Readonly<Record<string, string>>): readonly string[] {
  return ['cluster on', 'of type', 'replica identity'].flatMap((option) => (options[option] === undefined ? [] : [tableOption(option, options[option])]));
}

/** ALTER TABLE … SET and RESET. */
export function setTableOption({ schema, table, option, value }: SetTableOptionOperation): string {
  return `ALTER TABLE ${qualified(schema, table)} ${tableOption(option, value)}`;
}

function tableOption(option: string, value: string | undefined): string {
  switch (option) {
    case 'persistence':
      return value === 'unlogged' ? 'SET UNLOGGED' : 'SET LOGGED';
    case 'tablespace':
      return `SET TABLESPACE ${quoteIdentifier(value ?? 'pg_default')}`;
    case 'access method':
      return value === undefined ? 'SET ACCESS METHOD DEFAULT' : `SET ACCESS METHOD ${quoteIdentifier(value)}`;
    case 'cluster on':
      return value === undefined ? 'SET WITHOUT CLUSTER' : `CLUSTER ON ${quoteIdentifier(value)}`;
    case 'of type':
      return value === undefined ? 'NOT OF' : `OF ${value}`;
    case 'replica identity': {
      const index = /^using index (.+)$/is.exec(value ?? '')?.[1];
      return `REPLICA IDENTITY ${index === undefined ? replicaIdentity(value) : `USING INDEX ${quoteIdentifier(index)}`}`;
    }
    default:
      return value === undefined ? `RESET (${dotted(option)})` : `SET (${dotted(option)} = ${optionValue(value)})`;
  }
}

function replicaIdentity(value: string | undefined): string {
  return value === 'full' || value === 'nothing' ? value.toUpperCase() : 'DEFAULT';
}
