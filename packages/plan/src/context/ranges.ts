import { listed } from '../words.js';

/** Ids of migrations for readers: "001", "001 and 002", "001 to 005", "001 to 003 and 007". `all` are the ids in their order. */
export function ranges(ids: readonly string[], all: readonly string[]): string {
  const positions = ids.map((id) => all.indexOf(id)).sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const position of positions) {
    const run = runs.at(-1);
    if (run && run[1] === position - 1) run[1] = position;
    else runs.push([position, position]);
  }
  const name = (position: number) => all[position] ?? '';
  return listed(runs.flatMap(([from, to]) => (to === from ? [name(from)] : to === from + 1 ? [name(from), name(to)] : [`${name(from)} to ${name(to)}`])));
}

/** "Migration 001", "Migrations 001 and 002". */
export function migrationsNamed(ids: readonly string[], all: readonly string[]): string {
  return `${ids.length === 1 ? 'Migration' : 'Migrations'} ${ranges(ids, all)}`;
}
