import { type At, countWhere, writerOf } from '@planwright/sql';

const integers: Readonly<Record<string, readonly [low: string, high: string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
};

const texts: ReadonlySet<string> = new Set(['text', 'varchar', 'char']);
const numbers: ReadonlySet<string> = new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']);

/** The query that counts the values of a column which a change of its type refuses; nothing where no plain condition tells them. */
export function failingValues(at: At, column: string, from: string, to: string): string | undefined {
  const condition = refused(writerOf('postgresql').quoteIdentifier(column), partsOf(from), partsOf(to));
  return condition === undefined ? undefined : countWhere(writerOf('postgresql'), at, condition);
}

function refused(name: string, from: Parts, to: Parts): string | undefined {
  if (from.array || to.array) return undefined;
  const range = integers[to.base];
  if (range && numbers.has(from.base)) {
    const value = integers[from.base] ? name : `round(${name})`;
    return `${value} NOT BETWEEN ${range[0]} AND ${range[1]}`;
  }
  if (to.base === 'numeric' && numbers.has(from.base)) {
    const [precision, scale = 0] = to.sizes;
    if (precision === undefined) return undefined;
    const value = from.base === 'numeric' || integers[from.base] ? name : `${name}::numeric`;
    return `abs(round(${value}, ${scale})) >= 1e${precision - scale}`;
  }
  if (to.base === 'real' && from.base === 'double precision') return `abs(${name}) > 3.4028235e38`;
  const [limit] = to.sizes;
  if ((to.base === 'varchar' || to.base === 'char') && limit !== undefined) {
    // Spaces beyond the limit are cut off in silence.
    const value = texts.has(from.base) ? name : `${name}::text`;
    return `char_length(rtrim(${value}, ' ')) > ${limit}`;
  }
  if (to.base === 'varbit' && limit !== undefined && from.base === 'varbit') return `length(${name}) > ${limit}`;
  return undefined;
}

interface Parts {
  readonly base: string;
  readonly sizes: readonly number[];
  readonly array: boolean;
}

function partsOf(type: string): Parts {
  const array = type.endsWith('[]');
  const written = /^([^(]+?)(?:\(([\d,\s-]+)\))?$/.exec(array ? type.slice(0, -2) : type);
  return { base: written?.[1] ?? type, sizes: (written?.[2] ?? '').split(',').filter(Boolean).map(Number), array };
}
