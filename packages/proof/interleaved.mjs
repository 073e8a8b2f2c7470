// Measures ways of doing one thing in one run: round by round, each way in turn, so that what disturbs the machine disturbs all of them.

/**
 * Milliseconds of each way, the median of its rounds.
 * @param {Readonly<Record<string, () => unknown>>} ways may return a promise
 * @param {{ rounds?: number, warm?: number }} [options] `warm`: rounds that do not count
 */
export async function interleaved(ways, { rounds = 15, warm = 5 } = {}) {
  const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  // Code that has not run yet is slow for reasons of its own.
  for (let round = 0; round < warm; round++) for (const way of Object.values(ways)) await way();
  for (let round = 0; round < rounds; round++) {
    // No garbage is collected on purpose in between: a full collection throws away compiled code whose objects are gone, and the next way would be measured cold.
    for (const [name, way] of Object.entries(ways)) {
      const start = performance.now();
      await way();
      times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, taken]) => [name, median(taken)]));
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[sorted.length >> 1];
}
