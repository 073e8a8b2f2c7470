import type { Piece } from '../pattern.js';
import type { Values } from '../values.js';
import { literal } from './literal.js';

// What a bigint can tell apart is enough.
const enough = 2 ** 53;

/** Texts of pieces, in which the characters are the digits of a number: the last piece counts first. */
export function pieced(pieces: readonly Piece[], shortest: number, longest: number): Values {
  const sizes = sizesOf(pieces, shortest, longest);
  const parts: ((number: string) => string)[] = [];
  let count = 1;
  let fixed = '';
  const flush = () => {
    const text = fixed;
    if (text !== '') parts.push(() => literal(text));
    fixed = '';
  };
  for (let place = pieces.length - 1; place >= 0; place--) {
    const { characters } = pieces[place] ?? { characters: [] };
    for (let made = 0; made < (sizes[place] ?? 0); made++) {
      if (characters.length <= 1 || count > enough) {
        fixed = (characters[0] ?? '') + fixed;
        continue;
      }
      flush();
      const divisor = count === 1 ? '' : ` / ${count}`;
      parts.push((number) => `substr(${literal(characters.join(''))}, 1 + ((${number})${divisor} % ${characters.length})::int, 1)`);
      count *= characters.length;
    }
  }
  flush();
  parts.reverse();
  return { count, nth: (number) => (parts.length === 0 ? "''" : parts.map((part) => part(number)).join(' || ')) };
}

/** How often each piece stands: longer than it must where the text must be, or where there would be few different ones. */
function sizesOf(pieces: readonly Piece[], shortest: number, longest: number): readonly number[] {
  const sizes = pieces.map(({ least }) => least);
  const room = () => sizes.reduce((all, size) => all + size, 0);
  const choices = () => pieces.reduce((all, { characters }, place) => all * characters.length ** (sizes[place] ?? 0), 1);
  const wanted = Math.min(longest, Math.max(shortest, room()));
  for (const [place, { characters, most }] of pieces.entries())
    while ((sizes[place] ?? 0) < most && (room() < wanted || (characters.length > 1 && choices() < 1e7 && room() < longest)))
      sizes[place] = (sizes[place] ?? 0) + 1;
  return sizes;
}
