import type { Catalogue, Definition } from './definition.js';

/** Which object of one catalogue is which of the other. */
export interface Matched {
  /** From an object that is there to the one that it was. */
  readonly target: ReadonlyMap<string, Definition>;
  /** From an object that was to the one that is there. */
  readonly source: ReadonlyMap<string, Definition>;
}

/**
 * Two catalogues of one database: what has the same identity is the same object, whatever its name, and so a rename is told from a drop and a create.
 * What has the same name but another identity was made anew, and stands for what was there before.
 */
export function match(from: Catalogue, to: Catalogue): Matched {
  const byId = new Map(to.definitions.map((definition) => [definition.id, definition]));
  const target = new Map<string, Definition>();
  const source = new Map<string, Definition>();
  const pair = (one: Definition, other: Definition): void => {
    target.set(one.id, other);
    source.set(other.id, one);
  };
  for (const one of from.definitions) {
    const other = byId.get(one.id);
    if (other && other.kind === one.kind && other.word === one.word) pair(one, other);
  }
  const byName = new Map<string, Definition>();
  for (const other of to.definitions) if (!source.has(other.id)) byName.set(nameOf(other, other.on), other);
  // Parts are matched once what they are part of is.
  let rest = from.definitions.filter(({ id }) => !target.has(id));
  for (let found = true; found; ) {
    found = false;
    const still: Definition[] = [];
    for (const one of rest) {
      const on = one.on === undefined ? undefined : target.get(one.on)?.id;
      const other = one.on !== undefined && on === undefined ? undefined : byName.get(nameOf(one, on));
      if (other && other.word === one.word && !source.has(other.id)) {
        pair(one, other);
        found = true;
      } else still.push(one);
    }
    rest = still;
  }
  return { target, source };
}

function nameOf({ kind, schema, name, suffix, points }: Definition, on: string | undefined): string {
  return JSON.stringify([kind, on, schema, name, suffix, kind === 'partition' ? points : undefined]);
}
