import type { Table } from '@planwright/spec';
import { nameSql } from './asked.js';
import { differs, ofType } from './differs.js';
import type { Fill, TableWork } from './mirror.js';

/**
 * The fills of a table where the release that knows the new columns is there before the batches run: what it has given a column stays. A column with a default
 * does not tell whether somebody has.
 */
export function unlessGiven({ followers, fills }: TableWork, table: Table | undefined): TableWork['fills'] {
  const own = new Set(followers.flatMap(({ follower }) => (follower.isNew && follower.default === undefined ? [follower.column] : [])));
  if (own.size === 0) return fills;
  return fills.map(({ fill, ...origin }) => ({ ...origin, fill: keeping(fill, own, table) }));
}

function keeping(fill: Fill, own: ReadonlySet<string>, table: Table | undefined): Fill {
  const typed = (column: string, value: string): string => ofType(value, fill.types?.[column], table);
  const set = Object.fromEntries(
    Object.entries(fill.set).map(([column, value]) => [column, own.has(column) ? `coalesce(${nameSql(column)}, ${typed(column, value)})` : value] as const),
  );
  if (!fill.everyRow) return { ...fill, set };
  const wrong = Object.entries(set).map(([column, value]) => differs(nameSql(column), own.has(column) ? value : typed(column, value), fill.types?.[column]));
  return { ...fill, set, where: wrong.join(' OR ') };
}
