import { unitsAt } from '../../code-points.js';

/** Distance between two known points of the map, in code units. */
const stride = 256;

/**
 * Makes a function from byte offsets in the UTF-8 form of a text to offsets in the text itself.
 * Making it reads the text once; each answer is a binary search and a walk of at most 256 code units.
 */
export function byteOffsets(text: string, bytes: number): (byte: number) => number {
  if (bytes === text.length) return (byte) => byte;
  const units: number[] = [0];
  const starts: number[] = [0];
  let byte = 0;
  for (let unit = 0; unit < text.length; ) {
    const width = unitsAt(text, unit);
    byte += bytesAt(text, unit);
    unit += width;
    if (unit - (units[units.length - 1] ?? 0) >= stride) {
      units.push(unit);
      starts.push(byte);
    }
  }
  return (wanted) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    let unit = units[low] ?? 0;
    let at = starts[low] ?? 0;
    while (at < wanted && unit < text.length) {
      at += bytesAt(text, unit);
      unit += unitsAt(text, unit);
    }
    return unit;
  };
}

function bytesAt(text: string, unit: number): number {
  const point = text.codePointAt(unit) ?? 0;
  // Half a surrogate pair is written as U+FFFD, which takes three bytes like its neighbours.
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}
