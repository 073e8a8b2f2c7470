import type { SourceFile } from '../project.js';

const made = new WeakMap<readonly SourceFile[], ReadonlyMap<string, SourceFile>>();

/** Files by their paths: each framework looks for its own among the same ones. */
export function filesByPath(files: readonly SourceFile[]): ReadonlyMap<string, SourceFile> {
  const known = made.get(files);
  if (known) return known;
  const byPath = new Map(files.map((file) => [file.path, file]));
  made.set(files, byPath);
  return byPath;
}
