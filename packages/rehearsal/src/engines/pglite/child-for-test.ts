import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** Builds the script of the process from its source, as the package's build does, and returns its path. Its dependencies are found from the package's own folder. */
export function buildChild(): string {
  const folder = fileURLToPath(new URL('../../../node_modules/.cache/planwright', import.meta.url));
  mkdirSync(folder, { recursive: true });
  // A name for each process: tests run side by side.
  const outfile = join(folder, `pglite-child-${process.pid}.mjs`);
  buildSync({
    entryPoints: [fileURLToPath(new URL('./child.ts', import.meta.url))],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  return outfile;
}
