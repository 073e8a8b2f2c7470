import type { Column } from '@planwright/spec';
import { merged } from '../merged.js';
import { without } from './table-of.js';

type Options = Readonly<Record<string, string>>;

/** An identity column with options, of which only those stay that PostgreSQL would not choose by itself. */
export function withIdentityOptions(column: Column, options: Options): Column {
  const unusual = Object.fromEntries(Object.entries(options).filter(([name, value]) => value !== usual(name, options, column.type)));
  const plain = withoutIdentityOptions(column);
  return Object.keys(unusual).length === 0 ? plain : merged(plain, { identityOptions: unusual });
}

/** The column of a partition or heir: the numbers are those of its parent. */
export function withoutIdentityOptions(column: Column): Column {
  // The cast: what is left out is optional.
  return column.identityOptions ? (without(column, 'identityOptions') as Column) : column;
}

const bounds: Readonly<Record<string, readonly [low: string, high: string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
};
const widest = ['-9223372036854775808', '9223372036854775807'] as const;

/** What an option is where nobody sets it. A descending sequence runs from -1 down. */
function usual(name: string, { increment = '1', minvalue, maxvalue }: Options, type: string): string {
  const [low, high] = bounds[type] ?? widest;
  const descending = increment.startsWith('-');
  switch (name) {
    case 'start':
      return descending ? (maxvalue ?? '-1') : (minvalue ?? '1');
    case 'minvalue':
      return descending ? low : '1';
    case 'maxvalue':
      return descending ? '-1' : high;
    case 'cycle':
      return 'false';
    default:
      return '1';
  }
}
