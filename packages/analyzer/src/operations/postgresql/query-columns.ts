import type { Node } from '@pgsql/types';
import { type NodeOf, nodeOf, stringsOf } from '@planwright/sql/postgresql';
import type { Draft } from '../../draft/draft.js';
import { existing } from './relation-name.js';
import { typeText } from './type-name.js';

/** A column that a query returns; its type where it can be told without evaluating anything. */
export interface QueryColumn {
  readonly name: string;
  readonly type?: string;
}

/** Columns that a query returns. Nothing where one cannot be told (`*` of an unknown source). */
export function queryColumns(draft: Draft, query: Node | undefined, names: readonly string[] = []): readonly QueryColumn[] {
  const found = columnsOf(draft, nodeOf('SelectStmt', query), new Map());
  if (!found) return names.map((name) => ({ name }));
  return found.map((column, index) => {
    const name = names[index];
    return name === undefined ? column : { ...column, name };
  });
}

type Sources = ReadonlyMap<string, readonly QueryColumn[]>;

function columnsOf(draft: Draft, select: NodeOf<'SelectStmt'> | undefined, outer: Sources): readonly QueryColumn[] | undefined {
  if (!select) return undefined;
  if (select.larg) return columnsOf(draft, select.larg, outer);
  const common = new Map(outer);
  for (const node of select.withClause?.ctes ?? []) {
    const expression = nodeOf('CommonTableExpr', node);
    const columns = columnsOf(draft, nodeOf('SelectStmt', expression?.ctequery), common);
    const aliases = stringsOf(expression?.aliascolnames);
    if (expression?.ctename && columns) common.set(expression.ctename, renamed(columns, aliases));
  }
  const sources = new Map<string, readonly QueryColumn[]>();
  for (const node of select.fromClause ?? []) addSource(draft, node, common, sources);
  const result: QueryColumn[] = [];
  for (const node of select.targetList ?? []) {
    const target = nodeOf('ResTarget', node);
    const column = nodeOf('ColumnRef', target?.val);
    if (column?.fields?.some((field) => 'A_Star' in field)) {
      const [source] = stringsOf(column.fields);
      const starred = source === undefined ? [...sources.values()].flat() : sources.get(source);
      if (!starred || sources.size === 0) return undefined;
      result.push(...starred);
    } else result.push({ name: target?.name ?? nameOf(target?.val), ...typed(draft, target?.val, sources) });
  }
  return result;
}

function renamed(columns: readonly QueryColumn[], names: readonly string[]): readonly QueryColumn[] {
  return columns.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
}

function addSource(draft: Draft, node: Node, common: Sources, sources: Map<string, readonly QueryColumn[]>): void {
  const join = nodeOf('JoinExpr', node);
  if (join) {
    if (join.larg) addSource(draft, join.larg, common, sources);
    if (join.rarg) addSource(draft, join.rarg, common, sources);
    return;
  }
  const range = nodeOf('RangeVar', node);
  if (range) {
    const { schema, name } = existing(draft, range);
    const columns =
      (range.schemaname === undefined ? common.get(range.relname ?? '') : undefined) ??
      draft.table(schema, name)?.columns ??
      draft.views.get(schema, name)?.columns?.map((column) => ({ name: column }));
    if (columns) sources.set(range.alias?.aliasname ?? name, columns);
    return;
  }
  const query = nodeOf('RangeSubselect', node);
  const columns = columnsOf(draft, nodeOf('SelectStmt', query?.subquery), common);
  if (query && columns) sources.set(query.alias?.aliasname ?? '', renamed(columns, stringsOf(query.alias?.colnames)));
}

function typed(draft: Draft, node: Node | undefined, sources: Sources): { readonly type?: string } {
  const cast = nodeOf('TypeCast', node);
  if (cast) return { type: typeText(draft, cast.typeName) };
  const column = nodeOf('ColumnRef', node);
  if (column) {
    const names = stringsOf(column.fields);
    const wanted = names.at(-1);
    const candidates = names.length > 1 ? (sources.get(names.at(-2) ?? '') ?? []) : [...sources.values()].flat();
    const type = candidates.find(({ name }) => name === wanted)?.type;
    return type === undefined ? {} : { type };
  }
  const constant = nodeOf('A_Const', node);
  if (constant?.sval) return { type: 'text' };
  if (constant?.ival) return { type: 'integer' };
  if (constant?.boolval) return { type: 'boolean' };
  const call = nodeOf('FuncCall', node);
  const argument = call?.args?.[0];
  // min and max return what they are given; count a bigint.
  const name = stringsOf(call?.funcname).at(-1);
  if ((name === 'min' || name === 'max') && argument) return typed(draft, argument, sources);
  if (name === 'count') return { type: 'bigint' };
  if (name === 'now') return { type: 'timestamptz' };
  if (name === 'gen_random_uuid') return { type: 'uuid' };
  return {};
}

function nameOf(node: Node | undefined): string {
  const column = nodeOf('ColumnRef', node);
  if (column) return stringsOf(column.fields).at(-1) ?? '?column?';
  const call = nodeOf('FuncCall', node);
  if (call) return stringsOf(call.funcname).at(-1) ?? '?column?';
  const cast = nodeOf('TypeCast', node);
  if (cast) {
    const inner = nameOf(cast.arg);
    return inner === '?column?' ? (stringsOf(cast.typeName?.names).at(-1) ?? inner) : inner;
  }
  if (nodeOf('CoalesceExpr', node)) return 'coalesce';
  if (nodeOf('CaseExpr', node)) return 'case';
  return '?column?';
}
