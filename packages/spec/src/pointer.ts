/** The segments of a JSON pointer (RFC 6901): `/a~1b/0` is `a/b`, `0`. */
export function segmentsOf(pointer: string): readonly string[] {
  return pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The JSON pointer (RFC 6901) of a path: `pointerTo('sequence', 'migrations', 0)` is `/sequence/migrations/0`. */
export function pointerTo(...segments: readonly (string | number)[]): string {
  return segments.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The value at a JSON pointer, or undefined where there is none. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const segment of segmentsOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    // An object or array that has this key: the test above has seen it.
    value = (value as Readonly<Record<string, unknown>>)[segment];
  }
  return value;
}
