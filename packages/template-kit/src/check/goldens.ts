import type { RenderedFile } from '@planwright/renderer';

/** The names under which an example keeps what it renders to: `document.md`, `companion.json`, and further outputs by their own. */
export function goldensOf(files: readonly RenderedFile[]): readonly RenderedFile[] {
  return files.map(({ path, text }, index) => ({ path: index === 0 ? 'document.md' : index === 1 ? 'companion.json' : path, text }));
}
