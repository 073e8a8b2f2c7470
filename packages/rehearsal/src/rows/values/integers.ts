import type { Type } from '../type.js';
import type { About, Values } from '../values.js';
import type { Bound, Wish } from '../wish.js';
import { expressed, type Makers } from './makers.js';
import { usually } from './usually.js';

/** Whole numbers, from 1 where nothing else is asked. */
export const integers: Makers = {
  smallint: (type, wish, about) => wholeNumbers(type, wish, about, 32767),
  integer: (type, wish, about) => wholeNumbers(type, wish, about, 2147483647),
  // The largest that is exact here.
  bigint: (type, wish, about) => wholeNumbers(type, wish, about, 9007199254740991),
  oid: expressed(4e9, (number) => `1 + ${number} % 4000000000`),
};

function wholeNumbers(type: Type, wish: Wish, about: About, largest: number): Values {
  const step = wish.multiple ?? 1;
  const high = highest(wish.high, largest);
  const low = Math.ceil(behind(wish.not ?? [], lowest(wish.low, high), high) / step) * step;
  const count = Math.max(1, Math.floor((high - low) / step) + 1);
  const bounded = wish.high?.number !== undefined;
  const first = about.after !== undefined && !bounded ? `greatest(${low}, ${about.after} + 1)` : `${low}`;
  const stepped = step === 1 ? '' : ` * ${step}`;
  return {
    count,
    nth: (number) => `(${first} + ${number}${stepped})::${type.spelt}`,
    some: (number) => `(${low} + ${number} % ${Math.min(count, usually(about.column))}${stepped})::${type.spelt}`,
  };
}

function highest(bound: Bound | undefined, largest: number): number {
  if (bound?.number === undefined) return largest;
  const { number, included } = bound;
  const whole = included ? Math.floor(number) : Math.ceil(number) - 1;
  return Math.min(largest, whole);
}

function lowest(bound: Bound | undefined, high: number): number {
  if (bound?.number === undefined) return high < 1 ? high - 1000000 : 1;
  return bound.included ? Math.ceil(bound.number) : Math.floor(bound.number) + 1;
}

/** The lowest behind values that are refused, unless they are far away. */
function behind(refused: readonly string[], lowest: number, high: number): number {
  let low = lowest;
  for (const value of refused.map(Number)) if (value >= low && value - low < 1000 && high > value) low = value + 1;
  return low;
}
