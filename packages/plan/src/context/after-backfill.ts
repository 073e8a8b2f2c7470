import type { Quoting } from '@planwright/sql';
import { volatility } from '../effects/columns.js';
import { named } from '../names.js';
import { rowQueries } from '../row-queries.js';
import type { Survey } from '../survey.js';
import { listed } from '../words.js';
import type { Check } from './check.js';

/** Compares filled columns with what they were filled from, where that is the same row and every row was filled. */
export function afterBackfill(survey: Survey, quoting: Quoting): Check[] {
  const rows = rowQueries(survey.database, quoting);
  return survey.planned.flatMap(({ operation, migration }, position): Check[] => {
    if ((operation.type !== 'backfill' && operation.type !== 'updateRows') || survey.schema.isNewTable(operation)) return [];
    const set = operation.set ?? {};
    const columns = operation.type === 'backfill' ? Object.keys(set) : (operation.columns ?? Object.keys(set));
    if (columns.length === 0 || changesAfterwards(survey.planned.slice(position + 1), migration.id, named(operation), [...columns, ...Object.values(set)]))
      return [];
    const base = {
      when: 'after backfill' as const,
      migration: migration.id,
      objects: columns.map((column) => `${named(operation)}.${column}`),
      cost: `a scan of ${named(operation)}`,
    };
    const wholeTable = operation.where === undefined || columns.every((column) => comparesItself(operation.where ?? '', column, set[column]));
    const comparable =
      columns.every((column) => set[column] !== undefined && isOfTheRow(set[column] ?? '', columns)) &&
      !(operation.type === 'updateRows' && operation.from?.length);
    if (wholeTable && comparable) {
      return [
        {
          ...base,
          proves: `${listed(base.objects)} ${columns.length === 1 ? 'holds' : 'hold'} what ${columns.length === 1 ? 'it was' : 'they were'} filled from, in every row`,
          check: 'equal',
          // What batches leave out as right already is what they were to make so.
          sql: operation.type === 'backfill' && operation.where !== undefined ? rows.where(operation, operation.where) : rows.different(operation, set),
          expected: '0',
          decision: 'Run the backfill again; it changes only rows that differ.',
        },
      ];
    }
    // Rows with NULL are those that the condition was to reach.
    // What is looked up may be NULL there, or not be there at all: only a column that must not be NULL tells of a mistake.
    const must = (column: string): boolean =>
      !operation.from?.length ||
      survey.planned.some(({ operation: other }) => other.type === 'setNotNull' && named(other) === named(operation) && other.column === column);
    const required = columns.filter((column) => must(column) && new RegExp(`(^|[^\\w])"?${column}"?\\s+is\\s+null`, 'i').test(operation.where ?? ''));
    return required.length > 0
      ? [
          {
            ...base,
            proves: `no row holds NULL in ${listed(required.map((column) => `${named(operation)}.${column}`))}`,
            check: 'nulls',
            sql: rows.nulls(operation, required),
            expected: '0',
            decision: 'See why these rows got no value; give them one.',
          },
        ]
      : [];
  });
}

/** Whether the same migration drops, renames or converts a column that the comparison names: the query could not be asked after it. */
function changesAfterwards(later: Survey['planned'], migration: string, table: string, expressions: readonly string[]): boolean {
  return later.some(
    ({ operation, migration: own }) =>
      own.id === migration &&
      (operation.type === 'dropColumn' || operation.type === 'renameColumn' || operation.type === 'alterColumnType') &&
      named(operation) === table &&
      expressions.some((expression) => expression.toLowerCase().includes(operation.column.toLowerCase())),
  );
}

/** Whether an expression has the same value whenever it is computed from the row. */
function isOfTheRow(expression: string, columns: readonly string[]): boolean {
  if (volatility(expression) !== 'stable' || /\b(now|current_\w+|localtime\w*|random|uuid\w*|select)\b/i.test(expression)) return false;
  return !columns.some((column) => new RegExp(`(^|[^\\w])${column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}([^\\w]|$)`).test(expression));
}

/** `customer_id IS DISTINCT FROM placed_by` leaves out only rows that are right already. */
function comparesItself(where: string, column: string, expression: string | undefined): boolean {
  return expression !== undefined && bare(where).includes(bare(`${column} IS DISTINCT FROM ${expression}`)) && !/\band\b/i.test(where);
}

/** Without quotes, parentheses and casts, which decide how two values are compared, not which. */
function bare(expression: string): string {
  return expression
    .replace(/::(?:character varying|double precision|timestamp with(?:out)? time zone|"[^"]+"|[\w.]+)(?:\([\d, ]*\))?(?:\[\])*/gi, '')
    .replace(/["`()\s]/g, '')
    .toLowerCase();
}
