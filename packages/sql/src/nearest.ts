/** The candidate that differs from a misspelt word by one slip (a letter wrong, missing, doubled or swapped), if the word is long enough to tell. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length < 4 || candidates.includes(word)) return undefined;
  return candidates.find((candidate) => candidate.length > 3 && oneSlip(word, candidate));
}

function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const [restOfA, restOfB] = [a.slice(same), b.slice(same)];
  return (
    restOfA.slice(1) === restOfB.slice(1) ||
    restOfA.slice(1) === restOfB ||
    restOfA === restOfB.slice(1) ||
    (restOfA[0] === restOfB[1] && restOfA[1] === restOfB[0] && restOfA.slice(2) === restOfB.slice(2))
  );
}
