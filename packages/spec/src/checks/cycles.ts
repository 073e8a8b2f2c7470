import type { Context, Issue } from '../generated/types.js';
import { type Dependent, dependentsOf } from './dependencies.js';

/** Nothing waits for itself, directly or through others; and a migration runs after those that it depends on. */
export function checkCycles(context: Context): readonly Issue[] {
  const dependents = dependentsOf(context);
  const cycles = Object.entries(dependents).flatMap(([word, items]) => cyclesOf(items).map((cycle) => cyclic(word, cycle, items)));
  return cycles.length > 0 ? cycles : outOfOrder(dependents.migration);
}

/** Each cycle once, as the ids along it; the first is not repeated at the end. */
function cyclesOf(items: readonly Dependent[]): readonly (readonly string[])[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const done = new Set<string>();
  const cycles: (readonly string[])[] = [];
  for (const start of items) {
    // Depth first with a stack of our own: a chain of migrations may be long.
    const path: { readonly id: string; next: number }[] = [];
    const onPath = new Map<string, number>();
    const enter = (id: string) => {
      onPath.set(id, path.length);
      path.push({ id, next: 0 });
    };
    if (!done.has(start.id)) enter(start.id);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = byId.get(top.id)?.dependsOn[top.next++];
      if (to === undefined) {
        done.add(top.id);
        onPath.delete(top.id);
        path.pop();
      } else if (onPath.has(to)) cycles.push(path.slice(onPath.get(to)).map(({ id }) => id));
      else if (!done.has(to) && byId.has(to)) enter(to);
    }
  }
  return cycles;
}

function cyclic(word: string, cycle: readonly string[], items: readonly Dependent[]): Issue {
  return {
    code: 'cyclic-dependency',
    message: `found ${word}s that wait for each other: ${[...cycle, cycle[0]].join(' → ')}`,
    pointer: items.find(({ id }) => id === cycle[0])?.pointer ?? '',
    hint: 'Remove one of these dependencies.',
  };
}

function outOfOrder(migrations: readonly Dependent[]): readonly Issue[] {
  const place = new Map(migrations.map(({ id }, index) => [id, index]));
  return migrations.flatMap(({ id, dependsOn, pointer }, index) =>
    dependsOn
      .filter((other) => (place.get(other) ?? -1) > index)
      .map((other) => ({
        code: 'dependency-order',
        message: `found migration ${id} before migration ${other}, on which it depends: expected it after`,
        pointer,
        hint: `Move ${id} behind ${other}.`,
      })),
  );
}
