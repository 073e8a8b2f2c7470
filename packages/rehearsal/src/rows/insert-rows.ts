import { writerOf } from '@planwright/sql';
import { afterwardsOf } from './insert-rows/afterwards.js';
import type { Attempt } from './insert-rows/attempt.js';
import { ColumnSql } from './insert-rows/column-sql.js';
import { ColumnValues } from './insert-rows/column-values.js';
import { leftOut } from './insert-rows/counted-columns.js';
import { KeyPlaces } from './insert-rows/key-places.js';
import { ParentJoins } from './insert-rows/parent-joins.js';
import { parentsOf } from './insert-rows/parents.js';
import { relate } from './insert-rows/related-values.js';
import { type Filling, Wanted } from './insert-rows/wanted.js';
import type { Placed } from './table-order.js';

const { quoteIdentifier } = writerOf('postgresql');

export interface Insert {
  readonly sql: string;
  /** To run when every table has its rows: keys that had to wait, sequences. */
  readonly afterwards: readonly string[];
  /** Ways to satisfy the checks, as far as they are known. */
  readonly ways: number;
  readonly unsure: boolean;
}

/** The statement that fills one table, or adds one row to it where `single` is the SQL of its number. Undefined where no row can be. */
export function insertRows(placed: Placed, filling: Filling, attempt: Attempt = { way: 0 }, single?: string): Insert | undefined {
  const wanted = new Wanted(placed, filling, attempt, single);
  const { table, leaves, ways, way } = wanted;
  if (table.partitionBy !== undefined && leaves.length === 0) return undefined;
  const parents = parentsOf(wanted);
  const values = new ColumnValues(wanted);
  const left = leftOut(wanted, parents);
  const places = new KeyPlaces(wanted, parents, values, left);
  const joins = new ParentJoins(wanted, parents, places);
  const columns = new ColumnSql(wanted, parents, places, values);
  const given = new Map(joins.given);
  for (const column of table.columns) {
    const sql = given.has(column.name) || left.has(column.name) ? undefined : columns.of(column);
    if (sql !== undefined) given.set(column.name, sql);
  }
  relate(given, wanted, parents);
  const sql = given.size === 0 ? `INSERT INTO ${wanted.name} DEFAULT VALUES` : insert(wanted, given, joins.sql, places.conditions);
  return { sql, afterwards: afterwardsOf(wanted, parents, given), ways, unsure: way.unsure };
}

function insert(
  { table, name, filling, attempt, single }: Wanted,
  given: ReadonlyMap<string, string>,
  joins: readonly string[],
  conditions: readonly string[],
) {
  const overriding = table.columns.some((column) => column.identity !== undefined && given.has(column.name)) ? ' OVERRIDING SYSTEM VALUE' : '';
  const rows = single === undefined ? `generate_series(1::bigint, ${filling.rows}::bigint) AS s(g)` : `(SELECT ${single} AS g) AS s`;
  const where = conditions.length === 0 || single !== undefined ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const conflict = attempt.skip || single !== undefined ? ' ON CONFLICT DO NOTHING' : '';
  const into = [...given.keys()].map(quoteIdentifier).join(', ');
  return `INSERT INTO ${name} (${into})${overriding} SELECT ${[...given.values()].join(', ')} FROM ${[rows, ...joins].join(' ')}${where}${conflict}`;
}
