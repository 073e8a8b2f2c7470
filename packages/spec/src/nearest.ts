import { distance } from 'fastest-levenshtein';

/**
 * The candidate that a misspelt word was probably meant to be, or undefined when none is near: at most a third of its letters differ, case and
 * the marks between words not counted.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let smallest = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const far = differences(plain(word), plain(candidate));
    if (far < smallest) [best, smallest] = [candidate, far];
  }
  return best !== undefined && smallest <= Math.max(1, Math.floor(Math.max(word.length, best.length) / 3)) && smallest < best.length ? best : undefined;
}

// Swapped letters are one slip, which Levenshtein's distance counts as two.
function differences(a: string, b: string): number {
  const far = distance(a, b);
  return far === 2 && [...a].sort().join('') === [...b].sort().join('') ? 1 : far;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_ .]/g, '');
}
