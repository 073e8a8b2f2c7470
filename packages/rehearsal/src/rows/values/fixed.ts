import type { Type } from '../type.js';
import type { Values } from '../values.js';
import type { Makers } from './makers.js';

/** One of these, as SQL expressions of a type. */
export function fixed(values: readonly string[], spelt: string): Values {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return { count: 1, nth: () => `(${only})::${spelt}` };
  return {
    count: values.length,
    nth: (number) =>
      // Of an array of arrays, an index gives no array.
      spelt.endsWith(']')
        ? `(CASE (${number}) % ${values.length} ${values.map((value, place) => `WHEN ${place} THEN ${value}`).join(' ')} END)::${spelt}`
        : `(ARRAY[${values.join(', ')}]::${spelt}[])[1 + (${number} % ${values.length})::int]`,
  };
}

/** Nobody knows a value: NULL stands for one. */
export function unknown(type: Type): Values {
  return { count: 1, guessed: true, nth: () => `NULL::${type.spelt}` };
}

/** Types that have few values, or of which few are safe. */
export const few: Makers = {
  boolean: (_, { not }) =>
    fixed(
      ['false', 'true'].filter((value) => !not?.includes(value)),
      'boolean',
    ),
  regclass: () => fixed(["'pg_class'"], 'regclass'),
  regtype: () => fixed(["'text'"], 'regtype'),
};
