import type { View } from '@planwright/spec';
import { queryWithoutStar, quoteIdentifier } from '@planwright/sql/postgresql';
import { mentions, renameIn } from './expression-names.js';

/** Whether the query of a view reads a column of a table, by name or through a star. `table` is named as `dependsOn` names it: `orders`, `billing.orders`. */
export function viewReads({ dependsOn, query }: View, table: string, column: string): boolean {
  if (!dependsOn) return mentions(query, table.split('.').at(-1) ?? table) && (mentions(query, column) || hasStar(query));
  if (!dependsOn.includes(table)) return false;
  if (dependsOn.includes(`${table}.${column}`)) return true;
  // Which table a bare name is of cannot always be told; a star is all columns.
  return hasStar(query) || (mentions(query, column) && !dependsOn.some((other) => other.endsWith(`.${column}`)));
}

/** Whether a query reads all columns of something. `count(*)` does not. */
export function hasStar(query: string): boolean {
  return star.test(query);
}

const star = /(?:\bselect(?:\s+(?:distinct|all))?\s+|,\s*|\.\s*)\*/i;

/** A column of a table under another name. */
export interface RenamedColumn {
  /** As `dependsOn` names it. */
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

/**
 * A view as PostgreSQL has it once a column that it reads is called something else: the query follows, and the view's own columns keep their names. Nothing
 * where its text does not tell which names are meant. `columnsOf` gives the columns of what the view reads.
 */
export function viewOverRenamed(
  view: View,
  { table, from, to }: RenamedColumn,
  columnsOf: (relation: string) => readonly string[] | undefined,
): View | undefined {
  const { columns, dependsOn = [] } = view;
  const sources = dependsOn.filter((read) => columnsOf(read) !== undefined);
  const query = plainQuery(view, sources);
  if (query === undefined || !columns || mentions(query, to) || /\bnatural\b/i.test(query)) return undefined;
  if (sources.some((read) => read !== table && columnsOf(read)?.includes(from))) return undefined;
  return {
    ...view,
    query: renameIn(query, from, quoteIdentifier(to)),
    dependsOn: dependsOn.map((read) => (read === `${table}.${from}` ? `${table}.${to}` : read)),
  };
}

/** The query with its columns named; nothing where a star stands for those of several sources, or within. */
function plainQuery(view: View, sources: readonly string[]): string | undefined {
  if (!hasStar(view.query)) return view.query;
  const query = sources.length === 1 ? queryWithoutStar(view) : undefined;
  return query === undefined || hasStar(query) ? undefined : query;
}
