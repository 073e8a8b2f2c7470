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
  const index: Index = {
    ...(node.idxname ? { name: node.idxname } : {}),
    keys: nodesOf('IndexElem', node.indexParams).map((element) => readKey(context, element)),
    ...(node.unique ? { unique: true } : {}),
    ...(node.accessMethod && node.accessMethod !== 'btree' ? { method: node.accessMethod } : {}),
    ...(node.whereClause ? { where: sourceOf(context, node.whereClause) } : {}),
    ...(include.length === 0 ? {} : { include }),
    ...(node.nulls_not_distinct ? { nullsNotDistinct: true } : {}),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
  return [
    {
      type: 'createIndex',
      ...onTable(context.draft, node.relation),
      index,
      ...(node.concurrent ? { concurrently: true } : {}),
      ...(node.if_not_exists ? { ifNotExists: true } : {}),
      ...(node.relation?.inh === true ? {} : { only: true }),
    },
  ];
}

function readKey(context: ReadContext, element: NodeOf<'IndexElem'>): IndexKey {
  const descending = element.ordering === 'SORTBY_DESC';
  const nulls = element.nulls_ordering === 'SORTBY_NULLS_FIRST' ? 'first' : element.nulls_ordering === 'SORTBY_NULLS_LAST' ? 'last' : undefined;
  const operatorClass = stringsOf(element.opclass).at(-1);
  const collation = stringsOf(element.collation).at(-1);
  return {
    ...(element.name ? { column: element.name } : { expression: (element.expr && indexExpressionSource(context.text, element.expr, context)) ?? '' }),
    ...(descending ? { order: 'desc' as const } : {}),
    // NULLs come first in a descending order and last in an ascending one, unless said otherwise.
    ...(nulls && (nulls === 'first') !== descending ? { nulls } : {}),
    ...(operatorClass ? { operatorClass } : {}),
    ...(collation ? { collation } : {}),
  };
}
