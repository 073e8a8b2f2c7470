import type { Index, IndexKey, Operation } from '@planwright/spec';
import { indexExpressionSource, type NodeOf, nodesOf, stringsOf } from '@planwright/sql/postgresql';
import { optionTexts } from './options.js';
import { type ReadContext, sourceOf } from './read-context.js';
import { onTable } from './relation-name.js';

/** CREATE INDEX. */
export function readCreateIndex(context: ReadContext, node: NodeOf<'IndexStmt'>): readonly Operation[] {
  const include = nodesOf('IndexElem', node.indexIncludingParams).flatMap(({ name }) => name ?? []);
  const options = optionTexts(node.options);
  if (node.tableSpace) options.tablespace = node.tableSpace;
  const keys = nodesOf('IndexElem', node.indexParams).map((element) => readKey(context, element));
  const index: Index = node.idxname ? { name: node.idxname, keys } : { keys };
  if (node.unique) index.unique = true;
  if (node.accessMethod && node.accessMethod !== 'btree') index.method = node.accessMethod;
  if (node.whereClause) index.where = sourceOf(context, node.whereClause);
  if (include.length > 0) index.include = include;
  if (node.nulls_not_distinct) index.nullsNotDistinct = true;
  if (Object.keys(options).length > 0) index.options = options;
  const operation: Extract<Operation, { type: 'createIndex' }> = { type: 'createIndex', ...onTable(context.draft, node.relation), index };
  if (node.concurrent) operation.concurrently = true;
  if (node.if_not_exists) operation.ifNotExists = true;
  if (node.relation?.inh !== true) operation.only = true;
  return [operation];
}

function readKey(context: ReadContext, element: NodeOf<'IndexElem'>): IndexKey {
  const descending = element.ordering === 'SORTBY_DESC';
  const nulls = element.nulls_ordering === 'SORTBY_NULLS_FIRST' ? 'first' : element.nulls_ordering === 'SORTBY_NULLS_LAST' ? 'last' : undefined;
  const operatorClass = stringsOf(element.opclass).at(-1);
  const collation = stringsOf(element.collation).at(-1);
  const key: IndexKey = element.name
    ? { column: element.name }
    : { expression: (element.expr && indexExpressionSource(context.text, element.expr, context)) ?? '' };
  if (descending) key.order = 'desc';
  // NULLs come first in a descending order and last in an ascending one, unless said otherwise.
  if (nulls && (nulls === 'first') !== descending) key.nulls = nulls;
  if (operatorClass) key.operatorClass = operatorClass;
  if (collation) key.collation = collation;
  return key;
}
