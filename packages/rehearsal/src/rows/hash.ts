/** A number from a seed and names, the same everywhere: 48 bits, so that it is exact in JavaScript and in SQL. */
export function saltOf(seed: number, ...names: readonly string[]): number {
  let [high, low] = [0x811c9dc5 ^ seed, 0x01000193 ^ (seed * 31)];
  for (const character of names.join('\u0000')) {
    const code = character.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ (code + 0x9e37), 0x85ebca6b);
  }
  return ((high ^ (high >>> 15)) >>> 0) * 0x10000 + ((low ^ (low >>> 13)) & 0xffff);
}

/** SQL of a number from 0 to 2^63 - 1 that a row's number and a salt give. `hashint8extended` came with PostgreSQL 11. */
export function hashOf(row: string, salt: number): string {
  return `(hashint8extended(${row}, ${salt}) & 9223372036854775807)`;
}
