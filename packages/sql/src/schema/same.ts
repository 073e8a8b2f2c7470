/** Names that changed: what was `old` is called `new` now. */
export interface NewName {
  readonly old: string;
  readonly new: string;
}

/** Tells whether two objects are the same to the database: fields for readers do not count, and a text may use an old name or the new one. */
export type Same = (one: unknown, other: unknown) => boolean;

/** Fields that the database does not know, or that only one of two sides can know. */
const forReaders: ReadonlySet<string> = new Set(['purpose', 'personalData', 'rationale', 'proposed', 'dependsOn', 'usingIndex', 'function']);

/** Compares objects of snapshots, given the names that changed between them. */
export function comparing(names: readonly NewName[] = []): Same {
  const patterns = names.map(({ old, new: current }) => ({
    old: new RegExp(`(?<![\\w$])${old.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w$])`, 'g'),
    current,
  }));
  // Quotes come and go with the name, so neither text keeps them.
  const plain = (text: string): string => patterns.reduce((changed, { old, current }) => changed.replaceAll(old, () => current), text.replaceAll('"', ''));
  const same: Same = (one, other) => {
    if (one === other) return true;
    if (typeof one === 'string' && typeof other === 'string') return patterns.length > 0 && plain(one) === plain(other);
    if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, place) => same(item, other[place]));
    if (!isObject(one) || !isObject(other)) return false;
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].every((key) => forReaders.has(key) || same(orAbsent(one[key]), orAbsent(other[key])));
  };
  return same;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** False, an empty list and an empty object say no more than an absent field. */
function orAbsent(value: unknown): unknown {
  const empty = value === false || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);
  return empty ? undefined : value;
}
