// Installs the packed renderer and one template with npm in an empty folder, and uses them in the four ways that people do.

import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { root, run } from './setup.mjs';

const consumer = join(root, 'scripts', 'consumer');
const examples = join(root, 'packages', 'template-dba-review', 'examples');
const wanted = ['@planwright/renderer', '@planwright/template-dba-review'];
const ways = ['ESM', 'CJS', 'TypeScript', 'browser bundle'];
const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT)\b/;

/**
 * @param {readonly import('./packages.mjs').Tarball[]} tarballs
 * @param {string} folder made here; must not exist
 * @returns {Promise<import('./packages.mjs').Check[]>} one a way; skipped where the registry, which has the other dependencies, is out of reach
 */
export async function usePacked(tarballs, folder) {
  const all = (result) => ways.map((way) => ({ name: `packed renderer and template, used from ${way}`, ...result }));
  const example = firstExample();
  if (example === undefined) return all({ state: 'skipped', detail: 'template-dba-review has no example with a context and a document' });

  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  for (const file of readdirSync(consumer)) copyFileSync(join(consumer, file), join(folder, file));
  // What is YAML in an example is plain data to a consumer.
  const { parse } = createRequire(join(root, 'packages', 'spec', 'package.json'))('yaml');
  writeFileSync(join(folder, 'context.json'), JSON.stringify(parse(readFileSync(join(example, 'context.yaml'), 'utf8'))));

  const files = closure(wanted, tarballs).map(({ file }) => file);
  const installed = await run(
    'npm',
    [
      'install',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
      '--ignore-scripts',
      '--prefer-offline',
      '--fetch-retries=1',
      '--fetch-retry-mintimeout=1000',
      ...files,
    ],
    {
      cwd: folder,
    },
  );
  if (installed.code !== 0) {
    const code = unreachable.exec(installed.output)?.[1];
    return all(
      code === undefined ? { state: 'failed', detail: installed.output } : { state: 'skipped', detail: `the npm registry cannot be reached (${code})` },
    );
  }

  const node = (...args) => run(process.execPath, args, { cwd: folder });
  const results = [
    rendered(await node('--disallow-code-generation-from-strings', 'esm.mjs'), example),
    rendered(await node('cjs.cjs'), example),
    await node(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json'),
    rendered(await bundled(folder, node), example),
  ];
  return all({}).map((check, index) => ({ ...check, state: results[index].code === 0 ? 'passed' : 'failed', detail: results[index].output }));
}

/** The folder of the first example, in the order of their names, that shows a context and what is rendered from it. */
function firstExample() {
  const names = existsSync(examples) ? readdirSync(examples).sort() : [];
  return names.map((name) => join(examples, name)).find((folder) => existsSync(join(folder, 'context.yaml')) && documents(folder).length > 0);
}

/** The Markdown that is committed with an example, wherever in its folder. */
function documents(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
}

/** A consumer prints the files that it rendered; each document has to be the committed one, byte for byte. */
function rendered(result, example) {
  if (result.code !== 0) return result;
  const expected = new Set(documents(example).map((file) => readFileSync(join(example, file), 'utf8')));
  const markdown = JSON.parse(result.output).filter(({ path }) => path.endsWith('.md'));
  if (markdown.length === 0) return { code: 1, output: 'no document was rendered' };
  const other = markdown.filter(({ text }) => !expected.has(text)).map(({ path }) => path);
  return other.length === 0 ? result : { code: 1, output: `${other.join(', ')} is rendered otherwise than in ${relative(root, example)}` };
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
