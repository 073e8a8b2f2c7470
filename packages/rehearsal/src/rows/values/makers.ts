import type { Type } from '../type.js';
import type { About, Values } from '../values.js';
import type { Wish } from '../wish.js';

/** Makes the values of a type that fulfil a wish, as far as values of this type can. */
export type Maker = (type: Type, wish: Wish, about: About) => Values;

/** Makers by the base of their type. */
export type Makers = Readonly<Record<string, Maker>>;

/** Values that are an expression of their number alone, cast to the type. */
export function expressed(count: number, make: (number: string) => string): Maker {
  return (type) => ({ count, nth: (number) => `(${make(number)})::${type.spelt}` });
}
