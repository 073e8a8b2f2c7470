/** A name as a regular expression finds it: nothing in it is a sign of one. */
export function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
