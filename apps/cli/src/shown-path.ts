import { isAbsolute, join, relative, resolve } from 'node:path';

const far = join('..', '..');

/** A path as a person would write it here: relative to the working folder where that is short, else absolute. */
export function shownPath(path: string): string {
  const near = relative('.', path);
  if (near === '') return '.';
  return near.startsWith(far) || isAbsolute(near) ? resolve(path) : near;
}
