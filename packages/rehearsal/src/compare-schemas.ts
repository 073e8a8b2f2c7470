import type { Snapshot } from '@planwright/spec';

/** Two schemas compared. */
export interface SchemaComparison {
  /** The same but for column order and names that the database chose. */
  readonly equal: boolean;
  /** The same in everything. */
  readonly strict: boolean;
  /** One sentence each; those that do not count are among them, and say so by what they are about. */
  readonly differences: readonly string[];
}

/** What the two are called in sentences: `before the change`, `after its down`. */
export interface Sides {
  readonly expected: string;
  readonly found: string;
}

type Item = Readonly<Record<string, unknown>>;

/** Compares two schemas as a catalogue told them. */
export function compareSchemas(expected: Snapshot, found: Snapshot, sides: Sides): SchemaComparison {
  const counted: string[] = [];
  const uncounted: string[] = [];
  // The cast: a snapshot is an object of lists.
  const [one, other] = [expected as unknown as Item, found as unknown as Item];
  for (const key of keysOf(one, other)) {
    const word = words[key];
    if (word === undefined) counted.push(...compareField('the schema', key, one[key], other[key], sides));
    else compareLists(word, '', listOf(one[key]), listOf(other[key]), sides, counted, uncounted);
  }
  return { equal: counted.length === 0, strict: counted.length + uncounted.length === 0, differences: [...counted, ...uncounted] };
}

/** Lists of named things, and what one of them is called. */
const words: Readonly<Record<string, string>> = {
  tables: 'table',
  columns: 'column',
  constraints: 'constraint',
  indexes: 'index',
  triggers: 'trigger',
  policies: 'policy',
  views: 'view',
  sequences: 'sequence',
  enums: 'type',
  domains: 'domain',
  compositeTypes: 'type',
  routines: 'routine',
  objects: 'object',
  schemas: 'schema',
  extensions: 'extension',
};

function compareLists(
  word: string,
  owner: string,
  expected: readonly unknown[],
  found: readonly unknown[],
  sides: Sides,
  counted: string[],
  uncounted: string[],
): void {
  const [ones, others] = [byName(word, expected), byName(word, found)];
  const missing = [...ones].filter(([name]) => !others.has(name));
  const added = new Map([...others].filter(([name]) => !ones.has(name)));
  const title = (name: string) => `${word} ${owner === '' || word === 'column' ? '' : `${owner}: `}\`${word === 'column' ? `${owner}.` : ''}${name}\``;
  for (const [name, item] of missing) {
    const twin = word === 'constraint' || word === 'index' ? [...added].find(([, candidate]) => sameButForName(item, candidate)) : undefined;
    if (twin) {
      added.delete(twin[0]);
      uncounted.push(`${title(name)} is named \`${twin[0]}\` ${sides.found}.`);
    } else counted.push(`${title(name)} is there ${sides.expected} and missing ${sides.found}.`);
  }
  for (const [name] of added) counted.push(`${title(name)} is there ${sides.found} and not ${sides.expected}.`);
  for (const [name, item] of ones) {
    const other = others.get(name);
    if (other === undefined || item === other) continue;
    compareItems(title(name), word === 'table' || word === 'view' ? name : owner, item, other, sides, counted, uncounted);
  }
  if (word !== 'column') return;
  const order = (list: ReadonlyMap<string, unknown>, in_: ReadonlyMap<string, unknown>) => [...list.keys()].filter((name) => in_.has(name)).join();
  if (order(ones, others) !== order(others, ones)) uncounted.push(`table \`${owner}\`: the columns stand in another order ${sides.found}.`);
}

function compareItems(title: string, owner: string, expected: unknown, found: unknown, sides: Sides, counted: string[], uncounted: string[]): void {
  if (!isItem(expected) || !isItem(found)) return;
  for (const key of keysOf(expected, found)) {
    const word = words[key];
    if (word !== undefined && named(expected[key]) && named(found[key]))
      compareLists(word, owner, listOf(expected[key]), listOf(found[key]), sides, counted, uncounted);
    else counted.push(...compareField(title, key, expected[key], found[key], sides));
  }
}

function compareField(title: string, key: string, expected: unknown, found: unknown, sides: Sides): readonly string[] {
  if (canonical(expected) === canonical(found) || (key === 'default' && literalOf(expected) !== undefined && literalOf(expected) === literalOf(found)))
    return [];
  return [`${title}: ${spoken(key)} is ${shown(expected)} ${sides.expected}, ${shown(found)} ${sides.found}.`];
}

/**
 * The text of a default that is a plain literal. A column that was json keeps `'{}'::json` as its default when it becomes jsonb: the same value as `'{}'::jsonb`.
 */
function literalOf(fallback: unknown): string | undefined {
  return typeof fallback === 'string' ? /^('(?:[^']|'')*')::(?:jsonb?|text|character varying|bpchar)$/.exec(fallback)?.[1] : undefined;
}

/** `notNull` is spoken `not null`. */
function spoken(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function shown(value: unknown): string {
  if (value === undefined || value === false) return 'absent';
  if (value === true) return 'set';
  const text = typeof value === 'string' ? value : canonical(value);
  return `\`${text.length > 160 ? `${text.slice(0, 159)}…` : text}\``;
}

function sameButForName(one: unknown, other: unknown): boolean {
  return isItem(one) && isItem(other) && canonical({ ...one, name: '' }) === canonical({ ...other, name: '' });
}

function byName(word: string, list: readonly unknown[]): ReadonlyMap<string, unknown> {
  return new Map(list.map((item) => [nameOf(word, item), item]));
}

function nameOf(word: string, item: unknown): string {
  if (!isItem(item)) return String(item);
  const schema = typeof item.schema === 'string' ? `${item.schema}.` : '';
  // Routines of one name differ by what they take; objects by their kind.
  const more = word === 'routine' ? `(${canonical(item.arguments ?? item.identity ?? item.parameters ?? '')})` : '';
  const kind = word === 'object' ? `${String(item.kind)} ` : '';
  return `${kind}${schema}${String(item.name ?? canonical(item))}${more}`;
}

function named(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((item) => isItem(item) && 'name' in item));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function keysOf(one: Item, other: Item): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON with keys in order: false, an empty list and an absent field say the same. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) => {
      if (!isItem(inner)) return inner;
      const kept = Object.entries(inner).filter(([, field]) => field !== undefined && field !== false && !(Array.isArray(field) && field.length === 0));
      return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
    }) ?? ''
  );
}
