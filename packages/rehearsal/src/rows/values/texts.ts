import { believable, believableOnce } from '../believable.js';
import { type Piece, piecesOf, piecesOfLike } from '../pattern.js';
import type { Type } from '../type.js';
import { type About, endless, type Values } from '../values.js';
import type { Wish } from '../wish.js';
import type { Maker, Makers } from './makers.js';
import { pieced } from './pieced.js';

const ofAnyLength: Maker = (type, wish, about) => textsOf(type, wish, about, type.modifiers[0] ?? endless);

/** Texts, each at most as long as its type allows. */
export const texts: Makers = {
  text: ofAnyLength,
  varchar: ofAnyLength,
  citext: ofAnyLength,
  char: (type, wish, about) => textsOf(type, wish, about, type.modifiers[0] ?? 1),
  '"char"': (type, wish, about) => textsOf(type, wish, about, 1),
  name: (type, wish, about) => textsOf(type, wish, about, 63),
};

function textsOf(type: Type, wish: Wish, about: About, limit: number): Values {
  const longest = Math.min(limit, wish.longest ?? endless);
  const { count, nth, some } = plain(wish, about, Math.min(wish.shortest ?? 0, longest), longest);
  const cased = (sql: string) => (wish.letters === 'upper' ? `upper(${sql})` : wish.letters === 'lower' ? `lower(${sql})` : sql);
  const spelt = (sql: string) => (type.base === 'text' ? `(${cased(sql)})` : `(${cased(sql)})::${type.spelt}`);
  return { count, nth: (number) => spelt(nth(number)), ...(some && { some: (number: string) => spelt(some(number)) }) };
}

/** Without a type, and in letters of any case. */
function plain(wish: Wish, about: About, shortest: number, longest: number): Values {
  const pieces = wish.regex !== undefined ? piecesOf(wish.regex) : wish.like !== undefined ? piecesOfLike(wish.like) : undefined;
  if (pieces) return pieced(pieces, shortest, longest);
  if (about.digits && shortest < 12) {
    const count = 10 ** Math.min(longest, 15);
    return { count, nth: (number) => `(${number} % ${count})::text` };
  }
  if (longest === 0) return { count: 1, nth: () => "''" };
  const fits = (number: string, room: number) => (longest < room ? `left(${believable(about.column, number)}, ${longest})` : believable(about.column, number));
  if (longest < 32) return { ...letters(shortest, longest), some: (number) => filled(fits(number, 32), shortest, number) };
  return {
    count: endless,
    nth: (number) => filled(believableOnce(about.column, number, about.mark), shortest, number),
    // Longer than this is none that is believable.
    some: (number) => filled(fits(number, 60), shortest, number),
  };
}

/** Short: letters, counted as digits are. */
function letters(shortest: number, longest: number): Values {
  const size = Math.max(shortest, Math.min(longest, 7));
  const piece: Piece = { characters: [...'abcdefghijklmnopqrstuvwxyz'], least: size, most: size };
  return pieced([piece], size, size);
}

/** At least so long. What fills it up follows the number. */
function filled(sql: string, shortest: number, number: string): string {
  return shortest <= 2 ? sql : `(${sql}) || left(repeat(md5((${number})::text), ${Math.ceil(shortest / 32)}), greatest(0, ${shortest} - length(${sql})))`;
}
