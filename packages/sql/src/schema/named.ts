/** An object with a name and perhaps a schema; absent is the default one. */
export interface Named {
  readonly schema?: string;
  readonly name: string;
}

/** The key of an object among its kind. NUL cannot stand in a name. */
export function keyOf({ schema, name }: Named): string {
  return schema === undefined ? name : `${schema}\0${name}`;
}

/** How a sentence names an object: `orders`, `billing.invoices`. */
export function shown({ schema, name }: Named): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

/** The schema as a property of an operation: absent for the default one. */
export function inSchema({ schema }: { readonly schema?: string }): { schema?: string } {
  return schema === undefined ? {} : { schema };
}

/** Whether a text of SQL has this name in it as a whole word. */
export function mentions(text: string | undefined, name: string): boolean {
  if (text === undefined || name === '') return false;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!inName(text[at - 1]) && !inName(text[at + name.length])) return true;
  }
  return false;
}

/** Finds those of many objects whose names stand in a text as whole words, in their order: as `mentions` of each, with one walk over the text. */
export function mentioning<Item extends Named>(items: readonly Item[]): (text: string) => readonly Item[] {
  const byWord = new Map<string, number[]>();
  const others: number[] = [];
  for (const [place, { name }] of items.entries()) {
    const places = byWord.get(name);
    if (!/^[\w$]+$/.test(name)) others.push(place);
    else if (places) places.push(place);
    else byWord.set(name, [place]);
  }
  return (text) => {
    const words = [...new Set(text.match(/[\w$]+/g))].flatMap((word) => byWord.get(word) ?? []);
    const places = [...words, ...others.filter((place) => mentions(text, items[place]?.name ?? ''))];
    return places.sort((one, other) => one - other).flatMap((place) => items[place] ?? []);
  };
}

function inName(character: string | undefined): boolean {
  return character !== undefined && /[\w$]/.test(character);
}

/** What stands on both sides, and what on one only, by key, in the order of the lists. The same object on both sides is left out. */
export interface Pairs<Item> {
  readonly gone: readonly Item[];
  readonly come: readonly Item[];
  readonly both: readonly (readonly [from: Item, to: Item])[];
}

/** Pairs the items of two lists by key. */
export function pairs<Item>(from: readonly Item[] | undefined, to: readonly Item[] | undefined, key: (item: Item) => string): Pairs<Item> {
  if (from === to) return { gone: [], come: [], both: [] };
  const [earlier, later] = differing(from ?? [], to ?? []);
  const before = new Map(earlier.map((item) => [key(item), item]));
  const after = new Map(later.map((item) => [key(item), item]));
  const both: (readonly [Item, Item])[] = [];
  for (const [name, item] of before) {
    const other = after.get(name);
    if (other !== undefined && other !== item) both.push([item, other]);
  }
  return {
    gone: [...before].flatMap(([name, item]) => (after.has(name) ? [] : [item])),
    come: [...after].flatMap(([name, item]) => (before.has(name) ? [] : [item])),
    both,
  };
}

/** Two lists without the same objects that both begin with and both end with: of long lists that differ in one item, one item is left to look at. */
export function differing<Item>(from: readonly Item[], to: readonly Item[]): readonly [from: readonly Item[], to: readonly Item[]] {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < shorter - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  return [from.slice(start, from.length - end), to.slice(start, to.length - end)];
}

/** What is the same object in both lists, as pairs: all of it, or what is wanted. */
export function shared<Item>(
  from: readonly Item[] | undefined,
  to: readonly Item[] | undefined,
  wanted: (item: Item) => boolean = () => true,
): readonly (readonly [from: Item, to: Item])[] {
  const asked = (from ?? []).filter(wanted);
  if (asked.length === 0) return [];
  const kept = new Set(to);
  return asked.flatMap((item) => (kept.has(item) ? [[item, item] as const] : []));
}

/** Items in an order in which each comes after those it needs, which are told in the order of the items; items of a cycle keep their places. */
export function inOrderOfNeeds<Item>(items: readonly Item[], needs: (item: Item) => Iterable<Item>): readonly Item[] {
  const ordered: Item[] = [];
  const open = new Set<Item>();
  const done = new Set<Item>();
  const visit = (item: Item): void => {
    if (done.has(item) || open.has(item)) return;
    open.add(item);
    for (const other of needs(item)) visit(other);
    open.delete(item);
    done.add(item);
    ordered.push(item);
  };
  for (const item of items) visit(item);
  return ordered;
}
