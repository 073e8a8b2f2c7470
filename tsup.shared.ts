import { defineConfig, type Options } from 'tsup';

/**
 * How every published package is built: ESM, CJS and types, for Node 20 and for bundlers.
 * The build sees other rooms as a user does, through their package.json, so that none is inlined into another.
 *
 * @param entry output name to source, where a package has more doors than one
 * @param more what only this package needs, such as `noExternal` for a dependency that has to be inlined
 */
export function library(entry: Readonly<Record<string, string>> = { index: 'src/index.ts' }, more: Options = {}) {
  return defineConfig({
    entry: { ...entry },
    format: ['esm', 'cjs'],
    target: 'node20',
    tsconfig: '../../tsconfig.build.json',
    dts: true,
    clean: true,
    // tsup would turn `node:fs` into `fs`, which bundlers for the browser mistake for a package.
    removeNodeProtocol: false,
    silent: true,
    ...more,
  });
}
