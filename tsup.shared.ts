import { defineConfig } from 'tsup';

/**
 * How every published package is built: ESM, CJS and types, for Node 20 and for bundlers.
 * The build sees other rooms as a user does, through their package.json, so that none is inlined into another.
 */
export function library(entry: Readonly<Record<string, string>> = { index: 'src/index.ts' }) {
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
  });
}
