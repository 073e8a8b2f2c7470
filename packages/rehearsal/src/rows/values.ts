import type { Snapshot } from '@planwright/spec';

/** Values of a type: the first, the second, and so on. */
export interface Values {
  /** How many different ones there are. */
  readonly count: number;
  /** SQL of a value, given that of a number from 0. Different numbers below `count` give different values. */
  nth(number: string): string;
  /** The same, where values may repeat; more like life. */
  some?(number: string): string;
  /** Nobody knows this type's values. */
  readonly guessed?: true;
}

/** What values are for. */
export interface About {
  /** The column's name says what its values are like. */
  readonly column: string;
  readonly snapshot: Snapshot;
  /** Keeps apart values that must be unique, seed by seed: a few hexadecimal digits. */
  readonly mark: string;
  /** SQL of the largest value that is there, for numbers that must be new. */
  readonly after?: string;
  readonly depth?: number;
  /** Texts are digits alone: something casts them. */
  readonly digits?: boolean;
}

/** There is a new value for any number. */
export const endless = Number.POSITIVE_INFINITY;

/** The same values, each cast to a type. */
export function castTo(spelt: string, values: Values): Values {
  const { some } = values;
  const cast = (sql: string) => `(${sql})::${spelt}`;
  return { ...values, nth: (number) => cast(values.nth(number)), ...(some && { some: (number: string) => cast(some(number)) }) };
}
