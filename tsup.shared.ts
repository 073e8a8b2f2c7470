import { readFileSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';

/**
 * How every published package is built: ESM, CJS and types, for Node 20 and for bundlers.
 * The build sees other rooms as a user does, through their package.json, so that none is inlined into another.
 *
 * @param entry output name to source, where a package has more doors than one
 * @param more what only this package needs, such as `noExternal` for a dependency that has to be inlined
 */
export function library(entry: Readonly<Record<string, string>> = { index: 'src/index.ts' }, more: Options = {}) {
  // tsup runs in the package's folder. The cast: npm requires the name of what is published.
  const { name } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly name: string };
  // A package may load a door of its own by name, lazily: one copy for it and for its users. While it is built, that door's types are its source's.
  const doors = Object.entries(entry).map(([door, source]) => [door === 'index' ? name : `${name}/${door}`, [`./${source}`]]);
  return defineConfig({
    entry: { ...entry },
    format: ['esm', 'cjs'],
    target: 'node20',
    tsconfig: '../../tsconfig.build.json',
    // Types are checked once, for all packages together (`npm run typecheck`); checking them again for each took a third of the build.
    dts: { compilerOptions: { noCheck: true, paths: Object.fromEntries(doors) } },
    clean: true,
    // tsup would turn `node:fs` into `fs`, which bundlers for the browser mistake for a package.
    removeNodeProtocol: false,
    silent: true,
    ...more,
    external: [...(more.external ?? []), new RegExp(`^${name}(/|$)`)],
  });
}
