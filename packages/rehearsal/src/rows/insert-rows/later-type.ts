import type { Column, Table } from '@planwright/spec';

/** The column as it is in the schema after the change. */
export function laterColumn({ name }: Column, after: Table | undefined): Column | undefined {
  return after?.columns.find((column) => column.name === name);
}

const textual = /^(text|varchar|char|citext)/;
// From the narrowest to the widest.
const numeric: readonly string[] = ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'];

/** The narrower of a column's type and its later one, in which values fit both. */
export function narrowerType(type: string, later: string | undefined): string {
  if (later === undefined || later === type) return type;
  if (textual.test(type)) return !textual.test(later) || sizeOf(later) < sizeOf(type) ? later : type;
  const [rank, laterRank] = [rankOf(type), rankOf(later)];
  if (rank < 0 || laterRank < 0) return type;
  return laterRank < rank || (laterRank === rank && sizeOf(later) < sizeOf(type)) ? later : type;
}

function sizeOf(type: string): number {
  return Number(/\((\d+)/.exec(type)?.[1] ?? Number.POSITIVE_INFINITY);
}

function rankOf(type: string): number {
  return numeric.indexOf(type.replace(/\(.*/, ''));
}
