/** What a collection keeps: objects with a name and perhaps a schema. */
export interface Named {
  readonly schema?: string;
  readonly name: string;
}

/** The key of an object by schema and name. An absent schema is the default one. */
export function keyOf(schema: string | undefined, name: string): string {
  return schema === undefined ? name : `${schema}\u0000${name}`;
}

/** Objects by key, in the order in which they were made, with what they were at the last mark. The objects themselves are never changed, only replaced. */
export class Collection<T extends Named> {
  readonly #items = new Map<string, T>();
  #marked: Map<string, T | undefined> | undefined;
  #list: readonly T[] | undefined;

  constructor(items: readonly T[] = []) {
    for (const item of items) this.#items.set(keyOf(item.schema, item.name), item);
    this.#list = items;
  }

  get(schema: string | undefined, name: string): T | undefined {
    return this.#items.get(keyOf(schema, name));
  }

  byKey(key: string): T | undefined {
    return this.#items.get(key);
  }

  set(item: T): void {
    this.#write(keyOf(item.schema, item.name), item);
  }

  delete(schema: string | undefined, name: string): void {
    const key = keyOf(schema, name);
    if (this.#items.has(key)) this.#write(key, undefined);
  }

  /** All objects. The same array until something changes. */
  list(): readonly T[] {
    this.#list ??= [...this.#items.values()];
    return this.#list;
  }

  /** Forgets what was touched: from now on, `touched` tells changes from here. */
  mark(): void {
    this.#marked = undefined;
  }

  /** Keys touched since the mark, with what stood there then. */
  touched(): ReadonlyMap<string, T | undefined> {
    return this.#marked ?? none;
  }

  /** What was touched since the mark, as it stood then and as it stands now. */
  changes(): { readonly before: readonly T[]; readonly after: readonly T[] } {
    const touched = this.touched();
    if (touched.size === 0) return unchanged;
    // Mostly it is one.
    if (touched.size === 1) for (const [key, item] of touched) return { before: listOf(item), after: listOf(this.#items.get(key)) };
    const before: T[] = [];
    const after: T[] = [];
    for (const [key, item] of touched) {
      if (item !== undefined) before.push(item);
      const now = this.#items.get(key);
      if (now !== undefined) after.push(now);
    }
    // They are kept as long as a history, and so take no more room than they need.
    return { before: before.slice(), after: after.slice() };
  }

  #write(key: string, item: T | undefined): void {
    this.#marked ??= new Map();
    if (!this.#marked.has(key)) this.#marked.set(key, this.#items.get(key));
    if (item === undefined) this.#items.delete(key);
    else this.#items.set(key, item);
    this.#list = undefined;
  }
}

function listOf<T>(item: T | undefined): readonly T[] {
  return item === undefined ? [] : [item];
}

const none: ReadonlyMap<string, never> = new Map<string, never>();
const unchanged = { before: [], after: [] };
