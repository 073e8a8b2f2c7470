const locationFields: ReadonlySet<string> = new Set(['location', 'name_location', 'list_start', 'list_end', 'rexpr_list_start', 'rexpr_list_end']);

/** Rewrites, in place, every location of a tree that was just made from JSON. Unknown ones (-1) stay. */
export function relocate(tree: object, toOffset: (byte: number) => number): void {
  // The tree is plain JSON: objects, arrays, texts, numbers, booleans.
  const fields = tree as Record<string, unknown>;
  for (const key in fields) {
    const value = fields[key];
    if (typeof value === 'object' && value !== null) relocate(value, toOffset);
    else if (typeof value === 'number' && value >= 0 && locationFields.has(key)) fields[key] = toOffset(value);
  }
}
