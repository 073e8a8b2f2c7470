import type { Operation, View } from '@planwright/spec';
import { type NodeOf, nodeOf, stringsOf } from '@planwright/sql/postgresql';
import { merged } from '../../merged.js';
import { optionTexts } from './options.js';
import { queryColumns } from './query-columns.js';
import { queryDependencies } from './query-dependencies.js';
import type { ReadContext } from './read-context.js';
import { existing, made } from './relation-name.js';

/** CREATE VIEW. */
export function readCreateView(context: ReadContext, node: NodeOf<'ViewStmt'>): readonly Operation[] {
  const check = node.withCheckOption === 'LOCAL_CHECK_OPTION' ? 'local' : node.withCheckOption === 'CASCADED_CHECK_OPTION' ? 'cascaded' : undefined;
  const options = { ...optionTexts(node.options), ...(check === undefined ? {} : { check_option: check }) };
  const view = viewOf(context, made(context.draft, node.view), node.query, stringsOf(node.aliases), options);
  return [{ type: 'createView', view, ...(node.replace ? { orReplace: true } : {}) }];
}

/** CREATE TABLE … AS, SELECT … INTO and CREATE MATERIALIZED VIEW. */
export function readCreateAs(context: ReadContext, node: NodeOf<'CreateTableAsStmt'>): readonly Operation[] {
  const into = node.into;
  const name = made(context.draft, into?.rel);
  if (node.objtype === 'OBJECT_MATVIEW') {
    const view = merged(viewOf(context, name, node.query, stringsOf(into?.colNames), optionTexts(into?.options)), { materialized: true });
    return [{ type: 'createView', view, ...(node.if_not_exists ? { ifNotExists: true } : {}), ...(into?.skipData ? { withNoData: true } : {}) }];
  }
  const columns = queryColumns(context.draft, node.query, stringsOf(into?.colNames));
  const temporary =
    into?.rel?.relpersistence === 't' ? { persistence: 'temporary' as const } : into?.rel?.relpersistence === 'u' ? { persistence: 'unlogged' as const } : {};
  return [
    {
      type: 'createTable',
      table: merged(name, { columns: columns.map(({ name: column, type }) => ({ name: column, type: type ?? 'unknown' })), ...temporary }),
      asQuery: queryText(context),
      ...(node.if_not_exists ? { ifNotExists: true } : {}),
    },
  ];
}

/** REFRESH MATERIALIZED VIEW. */
export function readRefresh(context: ReadContext, node: NodeOf<'RefreshMatViewStmt'>): readonly Operation[] {
  return [{ type: 'refreshView', ...existing(context.draft, node.relation), ...(node.concurrent ? { concurrently: true } : {}) }];
}

function viewOf(
  context: ReadContext,
  name: { readonly schema?: string; readonly name: string },
  query: NodeOf<'ViewStmt'>['query'],
  aliases: readonly string[],
  options: Readonly<Record<string, string>>,
): View {
  const dependsOn = query ? queryDependencies(context.draft, query) : [];
  const columns = queryColumns(context.draft, query, aliases).map((column) => column.name);
  const view: View = merged(name, { query: queryText(context) });
  if (columns.length > 0) view.columns = columns;
  if (Object.keys(options).length > 0) view.options = options;
  if (dependsOn.length > 0) view.dependsOn = [...dependsOn];
  return view;
}

/** The query of CREATE … AS as written: what follows the first AS that is followed by a query. */
function queryText({ sql }: ReadContext): string {
  const as = /\bas\s*(?=\(*\s*(?:select|with|values|table|execute)\b)/i.exec(withoutComments(sql));
  const text = as ? sql.slice(as.index + as[0].length) : sql;
  return text.replace(/\s+with\s+(?:no\s+)?data\s*$/i, '').replace(/\s+with\s+(?:local\s+|cascaded\s+)?check\s+option\s*$/i, '');
}

/** Comments replaced by spaces, so that offsets stay. */
function withoutComments(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => ' '.repeat(comment.length));
}

/** SELECT … INTO is CREATE TABLE AS in other words. */
export function intoClause(node: NodeOf<'SelectStmt'>): NodeOf<'IntoClause'> | undefined {
  return node.intoClause ?? (node.larg ? intoClause(node.larg) : undefined);
}

/** SELECT … INTO. */
export function readSelectInto(context: ReadContext, node: NodeOf<'SelectStmt'>, into: NodeOf<'IntoClause'>): readonly Operation[] {
  const columns = queryColumns(context.draft, { SelectStmt: node }, stringsOf(into.colNames));
  const table = { ...made(context.draft, into.rel), columns: columns.map(({ name, type }) => ({ name, type: type ?? 'unknown' })) };
  return [{ type: 'createTable', table: into.rel?.relpersistence === 't' ? { ...table, persistence: 'temporary' } : table, asQuery: context.sql }];
}

/** Sequences that a query sets with setval. */
export function sequencesSet(context: ReadContext, node: NodeOf<'SelectStmt'>): readonly string[] {
  return (node.targetList ?? []).flatMap((target) => {
    const call = nodeOf('FuncCall', nodeOf('ResTarget', target)?.val);
    if (!call || stringsOf(call.funcname).at(-1) !== 'setval') return [];
    const first = call.args?.[0];
    const literal = nodeOf('A_Const', first) ?? nodeOf('A_Const', nodeOf('TypeCast', first)?.arg);
    const name = literal?.sval?.sval;
    return name === undefined ? [] : [name.replaceAll('"', '').replace(`${context.draft.defaultSchema}.`, '')];
  });
}
