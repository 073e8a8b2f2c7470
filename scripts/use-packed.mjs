// Installs the packed renderer and one template with npm in an empty folder, and uses them in the four ways that people do.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root, run } from './setup.mjs';

const consumer = join(root, 'scripts', 'consumer');
const wanted = ['@planwright/renderer', '@planwright/template-dba-review'];
const ways = ['ESM', 'CJS', 'TypeScript', 'browser bundle'];
const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT)\b/;

/**
 * @param {readonly import('./packages.mjs').Tarball[]} tarballs
 * @param {string} folder made here; must not exist
 * @returns {Promise<import('./packages.mjs').Check[]>} one a way; skipped where the registry, which has the other dependencies, is out of reach
 */
export async function usePacked(tarballs, folder) {
  const name = (way) => `packed renderer and template, used from ${way}`;
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  for (const file of ['esm.mjs', 'cjs.cjs', 'typed.ts', 'browser.mjs', 'tsconfig.json']) copyFileSync(join(consumer, file), join(folder, file));

  const files = closure(wanted, tarballs).map(({ file }) => file);
  const installed = await run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--prefer-offline', ...files], {
    cwd: folder,
  });
  if (installed.code !== 0) {
    const code = unreachable.exec(installed.output)?.[1];
    const result =
      code === undefined ? { state: 'failed', detail: installed.output } : { state: 'skipped', detail: `the npm registry cannot be reached (${code})` };
    return ways.map((way) => ({ name: name(way), ...result }));
  }

  const node = (...args) => run(process.execPath, args, { cwd: folder });
  const results = [
    await node('--disallow-code-generation-from-strings', 'esm.mjs'),
    await node('cjs.cjs'),
    await node(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json'),
    await bundled(folder, node),
  ];
  return results.map(({ code, output }, index) => ({ name: name(ways[index]), state: code === 0 ? 'passed' : 'failed', detail: output }));
}

/** The tarballs of these packages and of all that they depend on, so that npm asks the registry for none of ours. */
function closure(names, tarballs) {
  const found = new Map();
  const add = (name) => {
    const tarball = tarballs.find((candidate) => candidate.name === name);
    if (tarball === undefined || found.has(name)) return;
    found.set(name, tarball);
    Object.keys(tarball.manifest.dependencies ?? {}).forEach(add);
  };
  names.forEach(add);
  return [...found.values()];
}

/** Bundles for the browser, where a `node:` import does not resolve, and runs the bundle without the right to generate code. */
async function bundled(folder, node) {
  try {
    const { metafile } = await build({
      absWorkingDir: folder,
      entryPoints: ['browser.mjs'],
      outfile: 'bundle.cjs',
      bundle: true,
      minify: true,
      platform: 'browser',
      format: 'iife',
      metafile: true,
      logLevel: 'silent',
    });
    const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports.filter(({ external }) => external).map(({ path }) => path));
    if (outside.length > 0) return { code: 1, output: `the bundle still imports ${outside.join(', ')}` };
  } catch (error) {
    return { code: 1, output: error instanceof Error ? error.message : String(error) };
  }
  if (/\beval\(|new Function\(/.test(readFileSync(join(folder, 'bundle.cjs'), 'utf8'))) return { code: 1, output: 'the bundle contains eval or new Function' };
  return node('--disallow-code-generation-from-strings', 'bundle.cjs');
}
