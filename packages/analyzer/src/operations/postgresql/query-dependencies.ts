import type { Node } from '@pgsql/types';
import { type NodeOf, stringsOf } from '@planwright/sql/postgresql';
import type { Draft } from '../../draft/draft.js';
import { visit } from './columns-read.js';
import { queryRelations } from './query-relations.js';

/** Tables, views and columns that a query reads, in order: `orders`, `orders.status`. A column is listed where its table can be told. */
export function queryDependencies(draft: Draft, query: Node): readonly string[] {
  const { names: relations, aliases } = queryRelations(draft, [query]);
  const columns = new Set<string>();
  visit(query, (kind, value) => {
    if (kind !== 'ColumnRef') return;
    const names = stringsOf((value as NodeOf<'ColumnRef'>).fields);
    const column = names.at(-1) ?? '';
    const table = names.length > 1 ? aliases.get(names.at(-2) ?? '') : onlyTableWith(draft, relations, column);
    if (table !== undefined && columnNames(draft, table)?.includes(column)) columns.add(`${table}.${column}`);
  });
  return [...relations, ...columns];
}

function onlyTableWith(draft: Draft, relations: ReadonlySet<string>, column: string): string | undefined {
  const having = [...relations].filter((name) => columnNames(draft, name)?.includes(column));
  return having.length === 1 ? having[0] : undefined;
}

/** Columns of a table or view, named as `shown` does. */
function columnNames(draft: Draft, relation: string): readonly string[] | undefined {
  const dot = relation.indexOf('.');
  const schema = dot < 0 ? undefined : relation.slice(0, dot);
  const name = relation.slice(dot + 1);
  return draft.table(schema, name)?.columns.map((column) => column.name) ?? draft.views.get(schema, name)?.columns;
}
