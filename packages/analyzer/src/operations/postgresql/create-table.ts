import type { Column, Constraint, Index, Operation, PartitionOf, Table } from '@planwright/spec';
import { type NodeOf, nodeOf, stringsOf } from '@planwright/sql/postgresql';
import { readColumn } from './columns.js';
import { readConstraint } from './constraints.js';
import { copyLike } from './like-clause.js';
import { optionTexts } from './options.js';
import { partitionBounds, partitionKey } from './partitions.js';
import type { ReadContext } from './read-context.js';
import { existing, existingType, made, onTable, shown } from './relation-name.js';

const persistences: Readonly<Record<string, Table['persistence']>> = { t: 'temporary', u: 'unlogged' };

/** CREATE TABLE, its partitions, typed tables and LIKE included. */
export function readCreateTable(context: ReadContext, node: NodeOf<'CreateStmt'>): readonly Operation[] {
  const { draft } = context;
  const { schema, name } = made(draft, node.relation);
  const columns: Column[] = [];
  const constraints: Constraint[] = [];
  const indexes: Index[] = [];
  for (const [element, type] of typeColumns(context, node)) columns.push({ ...element, type });
  for (const item of node.tableElts ?? []) {
    const columnNode = nodeOf('ColumnDef', item);
    const constraintNode = nodeOf('Constraint', item);
    const like = nodeOf('TableLikeClause', item);
    if (columnNode) {
      const read = readColumn(context, columnNode);
      const known = columns.findIndex((column) => column.name === read.column.name);
      // In a typed table and a partition a column is named again only to say more of it.
      if (known >= 0) columns[known] = { ...columns[known], ...read.column, type: columns[known]?.type ?? read.column.type };
      else columns.push(read.column);
      constraints.push(...read.constraints);
    } else if (constraintNode?.contype === 'CONSTR_NOTNULL') {
      for (const column of columns) if (stringsOf(constraintNode.keys).includes(column.name)) column.notNull = true;
    } else if (constraintNode) {
      const constraint = readConstraint(context, constraintNode);
      // Rows come after: NOT VALID has no meaning in CREATE TABLE, and PostgreSQL drops it.
      if (constraint && 'notValid' in constraint) constraints.push({ ...constraint, notValid: false });
      else if (constraint) constraints.push(constraint);
    } else if (like) {
      const copied = copyLike(draft, existing(draft, like.relation), like.options ?? 0);
      if (!copied) return [{ type: 'unknown', reason: `The table is made LIKE ${shown(existing(draft, like.relation))}, which no earlier migration makes.` }];
      columns.push(...copied.columns);
      constraints.push(...copied.constraints);
      indexes.push(...copied.indexes);
    }
  }
  const persistence = persistences[node.relation?.relpersistence ?? ''];
  const partitionOf = readPartitionOf(context, node);
  const parents = partitionOf
    ? []
    : (node.inhRelations ?? []).flatMap((parent) => nodeOf('RangeVar', parent) ?? []).map((parent) => shown(existing(draft, parent)));
  const options = optionTexts(node.options);
  if (node.accessMethod) options['access method'] = node.accessMethod;
  if (node.tablespacename) options.tablespace = node.tablespacename;
  const table: Table = schema === undefined ? { name, columns } : { schema, name, columns };
  if (constraints.length > 0) table.constraints = constraints.map(withoutFalse);
  if (indexes.length > 0) table.indexes = indexes;
  if (persistence) table.persistence = persistence;
  if (node.partspec) table.partitionBy = partitionKey(context, node.partspec);
  if (partitionOf) table.partitionOf = partitionOf;
  if (parents.length > 0) table.inherits = parents;
  if (Object.keys(options).length > 0) table.options = options;
  return [{ type: 'createTable', table, ...(node.if_not_exists ? { ifNotExists: true } : {}) }];
}

function readPartitionOf(context: ReadContext, node: NodeOf<'CreateStmt'>): PartitionOf | undefined {
  const parent = nodeOf('RangeVar', node.inhRelations?.[0]);
  if (!node.partbound || !parent) return undefined;
  return { ...onTable(context.draft, parent), bounds: partitionBounds(context, node.partbound) };
}

/** Columns of the composite type of a typed table, `CREATE TABLE t OF type`. */
function typeColumns(context: ReadContext, node: NodeOf<'CreateStmt'>): readonly (readonly [Column, string])[] {
  if (!node.ofTypename) return [];
  const { name, ...schema } = existingType(context.draft, stringsOf(node.ofTypename.names));
  const type = context.draft.compositeTypes.get(schema.schema, name);
  return (type?.attributes ?? []).map((attribute) => [attribute, attribute.type]);
}

function withoutFalse(constraint: Constraint): Constraint {
  if (!('notValid' in constraint) || constraint.notValid) return constraint;
  const { notValid: _, ...valid } = constraint;
  return valid;
}
