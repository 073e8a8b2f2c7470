import type { DatabaseName, Quoting } from '../dialect.js';
import { type At, countWhere } from './violations.js';
import { writerOf } from './writer.js';

/** What a change to a type means for values of another one. */
export type Narrowing =
  /** Every value comes back as it was. */
  | { readonly kind: 'none' }
  /** Only values that fit can be kept; the query counts the others. `what` goes on a sentence: "every value of orders.note has at most 40 characters". */
  | { readonly kind: 'fits'; readonly what: string; readonly query?: string }
  /** They may become others, and the other way lost something already. */
  | { readonly kind: 'converted' };

const integers: Readonly<Record<string, readonly [place: number, low: string, high: string]>> = {
  tinyint: [0, '-128', '127'],
  smallint: [1, '-32768', '32767'],
  mediumint: [2, '-8388608', '8388607'],
  integer: [3, '-2147483648', '2147483647'],
  bigint: [4, '-9223372036854775808', '9223372036854775807'],
};

/** Judges the way from `wide` back to `before`, for a column whose type changed from `before` to `wide`; or, before any change, the way from `wide` to a narrower type. */
export function narrowing(database: DatabaseName, at: At, column: string, before: string, wide: string): Narrowing {
  if (before === wide) return { kind: 'none' };
  const quoting = writerOf(database);
  const [one, other] = [partsOf(before), partsOf(wide)];
  const name = quoting.quoteIdentifier(column);
  const [small, large] = [integers[one.base], integers[other.base]];
  if (small && (large || other.base === 'numeric')) {
    // A type that became narrower took only values that fit: each of them fits the wider one.
    if (large && large[0] < small[0]) return { kind: 'none' };
    return { kind: 'fits', what: `fits ${before}`, query: countWhere(quoting, at, `${name} NOT BETWEEN ${small[1]} AND ${small[2]}`) };
  }
  if (large && one.base === 'numeric' && one.modifiers.length === 0) return { kind: 'converted' };
  if (text.has(one.base) && text.has(other.base)) return textNarrowing(database, at, name, one, other);
  if (one.base === 'numeric' && other.base === 'numeric') return numericNarrowing(quoting, at, name, before, one, other);
  return { kind: 'converted' };
}

const text: ReadonlySet<string> = new Set(['varchar', 'text', 'char']);

function textNarrowing(database: DatabaseName, at: At, name: string, before: Parts, after: Parts): Narrowing {
  // char(n) pads with spaces, so a value that has been one does not come back as it was.
  if (after.base === 'char')
    return before.base === 'char' && (after.modifiers[0] ?? 1) <= (before.modifiers[0] ?? 1) ? { kind: 'none' } : { kind: 'converted' };
  const limit = before.base === 'char' ? (before.modifiers[0] ?? 1) : before.modifiers[0];
  if (limit === undefined || (after.modifiers[0] !== undefined && after.modifiers[0] <= limit)) return { kind: 'none' };
  // MySQL's length counts bytes; SQLite knows no char_length.
  const length = database === 'sqlite' ? 'length' : 'char_length';
  return { kind: 'fits', what: `has at most ${limit} characters`, query: countWhere(writerOf(database), at, `${length}(${name}) > ${limit}`) };
}

function numericNarrowing(quoting: Quoting, at: At, name: string, spelt: string, before: Parts, after: Parts): Narrowing {
  const [precision, scale = 0] = before.modifiers;
  if (precision === undefined) return { kind: 'converted' };
  const [newPrecision, newScale = 0] = after.modifiers;
  // Fewer digits after the point were rounded on the way up.
  if (newPrecision !== undefined && newScale < scale) return { kind: 'converted' };
  if (newPrecision !== undefined && newScale === scale && newPrecision <= precision) return { kind: 'none' };
  return {
    kind: 'fits',
    what: `fits ${spelt}`,
    query: countWhere(quoting, at, `abs(${name}) >= 1e${precision - scale} OR ${name} <> round(${name}, ${scale})`),
  };
}

interface Parts {
  readonly base: string;
  readonly modifiers: readonly number[];
}

const spellings: Readonly<Record<string, string>> = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  'character varying': 'varchar',
  character: 'char',
  bpchar: 'char',
  decimal: 'numeric',
};

function partsOf(type: string): Parts {
  const [, base = '', modifiers] = /^([^(]*)(?:\(([^)]*)\))?/.exec(type.trim().toLowerCase()) ?? [];
  const rest = type.includes('[') ? '[]' : '';
  const plain = base.trim();
  return { base: `${spellings[plain] ?? plain}${rest}`, modifiers: modifiers ? modifiers.split(',').map(Number) : [] };
}
