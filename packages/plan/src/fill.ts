/** Where a value comes from, by JSON pointer. */
export type Origins = Record<string, 'given' | 'derived' | 'observed'>;

/** What names an item of a list, tried in this order. */
const keys = ['id', 'slug', 'name', 'table', 'role', 'file', 'path', 'purpose', 'title', 'text', 'step'] as const;

export interface FillOptions {
  /** `partial`: items of given lists are laid over derived ones by id or name, and the others stay. `complete`: a given list is the list. Default `complete`. */
  readonly lists?: 'partial' | 'complete';
}

/**
 * Lays a given value over a derived one: what is given stays, what is absent comes from the derivation. An empty given list is an answer and stays empty.
 * `origins` takes down where each part came from: one entry for a subtree that has one origin.
 */
export function fill(given: unknown, derived: unknown, pointer: string, origins: Origins, options: FillOptions = {}): unknown {
  if (derived === undefined) {
    if (given !== undefined) came(pointer, origins);
    return given;
  }
  if (given === undefined) {
    origins[pointer] ??= 'derived';
    return derived;
  }
  if (isRecord(given) && isRecord(derived)) {
    // A union's members do not mix: a given constraint of another type is another constraint.
    if ('type' in given && 'type' in derived && given.type !== derived.type) return fill(given, undefined, pointer, origins, options);
    const names = [...new Set([...Object.keys(derived), ...Object.keys(given)])];
    return Object.fromEntries(
      names.flatMap((name) => {
        const value = fill(given[name], derived[name], `${pointer}/${escapePointer(name)}`, origins, options);
        return value === undefined ? [] : [[name, value]];
      }),
    );
  }
  if (Array.isArray(given) && Array.isArray(derived) && options.lists === 'partial' && given.length > 0)
    return fillList(given, derived, pointer, origins, options);
  came(pointer, origins);
  return given;
}

/** Takes down that a value was given, unless it is known where it, or what it is a part of, came from before. */
function came(pointer: string, origins: Origins): void {
  if (originAt(pointer, origins) === undefined) origins[pointer] = 'given';
}

/** Where a value comes from: as it, or the nearest part that holds it, says. */
export function originAt(pointer: string, origins: Readonly<Origins>): Origins[string] | undefined {
  for (let above = pointer; above !== ''; above = above.slice(0, above.lastIndexOf('/'))) if (origins[above] !== undefined) return origins[above];
  return undefined;
}

function fillList(given: readonly unknown[], derived: readonly unknown[], pointer: string, origins: Origins, options: FillOptions): unknown {
  if (given.some((item) => nameOf(item) === undefined)) {
    came(pointer, origins);
    return given;
  }
  const left = new Map(given.map((item) => [nameOf(item), item]));
  const result: unknown[] = [];
  for (const item of derived) {
    const name = nameOf(item);
    const over = name === undefined ? undefined : left.get(name);
    if (name !== undefined) left.delete(name);
    result.push(fill(over, item, `${pointer}/${result.length}`, origins, options));
  }
  for (const item of left.values()) {
    came(`${pointer}/${result.length}`, origins);
    result.push(item);
  }
  return result;
}

/** The name of an item of a list: its id, else its name, else the name of the table that it describes. */
function nameOf(item: unknown): string | undefined {
  if (!isRecord(item)) return undefined;
  for (const key of keys) {
    const value = item[key];
    if (typeof value === 'string') return `${key}:${typeof item.schema === 'string' ? `${item.schema}.` : ''}${value}`;
    if (key === 'table' && isRecord(value)) return nameOf(value);
  }
  return undefined;
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
