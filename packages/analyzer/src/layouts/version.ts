/** Orders by code units, as file systems list and most tools sort. */
function byName(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The numbers of a version as texts without zeros before them, `['1', '2']` for `V1.02__orders`; empty when there is none. They may be longer than numbers can be. */
export function versionOf(id: string): readonly string[] {
  const digits = /^[VvUu]?(\d+(?:[._]\d+)*)(?=[^\d]|$)/.exec(id)?.[1];
  return digits === undefined ? [] : digits.split(/[._]/).map((part) => (part.startsWith('0') ? part.replace(/^0+(?=\d)/, '') : part));
}

/** Items in the order of their ids, or of what `key` makes of these; ids break ties. */
export function sortedByName<T extends { readonly id: string }>(items: readonly T[], key?: (id: string) => string): T[] {
  if (!key) return [...items].sort((one, other) => byName(one.id, other.id));
  return items
    .map((item) => ({ item, key: key(item.id) }))
    .sort((one, other) => byName(one.key, other.key) || byName(one.item.id, other.item.id))
    .map(({ item }) => item);
}

/** Items in the order of their versions, each of which is read once. */
export function sortedByVersion<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, version: versionOf(item.id) }))
    .sort((one, other) => compareVersions(one.version, other.version) || byName(one.item.id, other.item.id))
    .map(({ item }) => item);
}

/** The longer number is the greater one, and any is greater than none. */
function compareVersions(first: readonly string[], second: readonly string[]): number {
  for (let part = 0; part < Math.max(first.length, second.length); part++) {
    const left = first[part] ?? '';
    const right = second[part] ?? '';
    if (left !== right) return left.length - right.length || byName(left, right);
  }
  return 0;
}

/** The name without its version: `add_currencies` for `20261120103000_add_currencies` or `V12__add_currencies`. */
export function nameWithoutVersion(id: string): string {
  const name = id.replace(/^[VvUu]?\d+(?:[._-]\d+)*[._-]+/, '');
  return name === '' ? id : name;
}

/** The moment that a version stands for, as 14 digits: `20260527120000` for `2026-05-27-120000-0000_add_guests` and `20260527120000_add_guests`. A date alone is its midnight. */
export function stampIn(id: string): string | undefined {
  const digits = /^[VvUu]?\d[\d._-]*/.exec(id)?.[0].replace(/\D/g, '') ?? '';
  const [, month, day] = /^(?:19|20|21)\d\d(\d\d)(\d\d)(?:\d{6}|$)/.exec(digits)?.map(Number) ?? [];
  return month && month <= 12 && day && day <= 31 ? digits.slice(0, 14).padEnd(14, '0') : undefined;
}
