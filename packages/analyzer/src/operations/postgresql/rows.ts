import type { Node } from '@pgsql/types';
import type { Operation } from '@planwright/spec';
import { clauseSource, type NodeOf, nodeOf, nodesOf } from '@planwright/sql/postgresql';
import { queryRelations } from './query-relations.js';
import { type ReadContext, sourceOf, sourceWithin } from './read-context.js';
import { onTable } from './relation-name.js';

/** INSERT. */
export function readInsert({ draft }: ReadContext, node: NodeOf<'InsertStmt'>): readonly Operation[] {
  return [...changesInside(draft, node.withClause), insertion(draft, node)];
}

function insertion(draft: ReadContext['draft'], { relation, cols, selectStmt, withClause }: NodeOf<'InsertStmt'>): Operation {
  const columns = nodesOf('ResTarget', cols).flatMap(({ name }) => name ?? []);
  const select = nodeOf('SelectStmt', selectStmt);
  const rows = select ? select.valuesLists?.length : 1;
  return {
    type: 'insertRows',
    ...onTable(draft, relation),
    ...(columns.length === 0 ? {} : { columns }),
    ...(rows === undefined ? { from: [...queryRelations(draft, [...(withClause?.ctes ?? []), ...(selectStmt ? [selectStmt] : [])]).names] } : { rows }),
  };
}

/** UPDATE. */
export function readUpdate(context: ReadContext, node: NodeOf<'UpdateStmt'>): readonly Operation[] {
  const { draft } = context;
  const targets = nodesOf('ResTarget', node.targetList);
  const set: Record<string, string> = {};
  for (const [index, { name, val }] of targets.entries()) {
    const source = val && !('MultiAssignRef' in val) ? beforeClause(sourceOf(context, val, targets[index + 1]?.location), /^(?:from|where|returning)$/i) : '';
    if (name && source) set[name] = source;
  }
  const { names } = queryRelations(draft, [
    ...(node.withClause?.ctes ?? []),
    ...targets.flatMap(({ val }) => val ?? []),
    ...(node.fromClause ?? []),
    ...(node.whereClause ? [node.whereClause] : []),
  ]);
  const last = targets.at(-1)?.location;
  const fromClause =
    node.fromClause && last !== undefined ? clauseSource(context.text, 'from', ['where', 'returning'], { start: last, end: context.end }) : undefined;
  const alias = node.relation?.alias?.aliasname;
  return [
    ...changesInside(draft, node.withClause),
    {
      type: 'updateRows',
      ...onTable(draft, node.relation),
      columns: targets.flatMap(({ name }) => name ?? []),
      ...(node.whereClause ? { where: condition(context, node.whereClause) } : {}),
      // What a WITH clause gives the values is no part of them.
      ...(Object.keys(set).length === targets.length && !node.withClause ? { set } : {}),
      ...(names.size === 0 ? {} : { from: [...names] }),
      ...(fromClause === undefined ? {} : { fromClause }),
      ...(alias === undefined ? {} : { alias }),
    },
  ];
}

/** DELETE. */
export function readDelete(context: ReadContext, node: NodeOf<'DeleteStmt'>): readonly Operation[] {
  return [
    ...changesInside(context.draft, node.withClause),
    { type: 'deleteRows', ...onTable(context.draft, node.relation), ...(node.whereClause ? { where: condition(context, node.whereClause) } : {}) },
  ];
}

/** TRUNCATE; one operation for each table. */
export function readTruncate({ draft }: ReadContext, node: NodeOf<'TruncateStmt'>): readonly Operation[] {
  const cascade = node.behavior === 'DROP_CASCADE' ? { cascade: true } : {};
  return nodesOf('RangeVar', node.relations).map((range) => ({ type: 'truncateTable', ...onTable(draft, range), ...cascade }));
}

/** INSERT, UPDATE and DELETE in a WITH clause are carried out too. */
export function changesInside(draft: ReadContext['draft'], clause: NodeOf<'WithClause'> | undefined): readonly Operation[] {
  return nodesOf('CommonTableExpr', clause?.ctes).flatMap(({ ctequery }): readonly Operation[] => {
    const insert = nodeOf('InsertStmt', ctequery);
    if (insert) return [insertion(draft, insert)];
    const update = nodeOf('UpdateStmt', ctequery);
    if (update)
      return [{ type: 'updateRows', ...onTable(draft, update.relation), columns: nodesOf('ResTarget', update.targetList).flatMap(({ name }) => name ?? []) }];
    const deletion = nodeOf('DeleteStmt', ctequery);
    return deletion ? [{ type: 'deleteRows', ...onTable(draft, deletion.relation) }] : [];
  });
}

/** A condition as written, without RETURNING. */
function condition(context: ReadContext, where: Node): string {
  return beforeClause(sourceWithin(context, where, context.start), /^returning$/i);
}

/** What stands before a keyword that opens the next clause. `IS DISTINCT FROM` and what stands in parentheses open none. */
function beforeClause(source: string, keyword: RegExp): string {
  let depth = 0;
  let last = '';
  for (const { 0: token, index } of source.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\w+|[()]/g)) {
    if (token === '(') depth++;
    else if (token === ')') depth--;
    else if (depth === 0 && keyword.test(token) && !/^distinct$/i.test(last)) return source.slice(0, index).trimEnd();
    last = token;
  }
  return source;
}
