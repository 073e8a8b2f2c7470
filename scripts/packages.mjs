// Packs every package that is published, and judges the tarballs: what counts is what a user downloads.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { pnpm, root } from './setup.mjs';

/** @typedef {{ name: string, file: string, manifest: Record<string, any> }} Tarball */
/** @typedef {{ name: string, state: 'passed' | 'failed' | 'skipped', detail?: string }} Check */

/** The published packages, by their manifests. */
export function published() {
  return ['packages', 'apps']
    .flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)))
    .flatMap((folder) => {
      const text = read(join(folder, 'package.json'));
      return text === undefined ? [] : [JSON.parse(text)];
    })
    .filter((manifest) => manifest.private !== true);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Packs them all into a folder.
 * @returns {Promise<{ tarballs: Tarball[], problem?: string }>}
 */
export async function pack(folder) {
  const manifests = published();
  const filters = manifests.map(({ name }) => `--filter=${name}`);
  const { code, output } = await pnpm(['--recursive', ...filters, 'pack', '--pack-destination', folder]);
  if (code !== 0) return { tarballs: [], problem: output };
  const tarballs = manifests.map((manifest) => ({
    name: manifest.name,
    manifest,
    file: join(folder, `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`),
  }));
  return { tarballs };
}

/**
 * @param {Tarball} tarball
 * @returns {Promise<Check>}
 */
export async function lintPackage({ name, file }) {
  const bytes = readFileSync(file);
  const { messages, pkg } = await publint({
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) },
    level: 'warning',
    strict: true,
  });
  return check(
    `${name}: publint`,
    messages.map((message) => formatMessage(message, pkg) ?? message.code),
  );
}

/**
 * @param {Tarball} tarball
 * @returns {Promise<Check>}
 */
export async function checkTypes({ name, file, manifest }) {
  const entrypoints = Object.keys(manifest.exports ?? {}).filter((subpath) => !subpath.endsWith('.json'));
  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(file))), { entrypoints });
  if (analysis.types === false) return check(`${name}: types`, ['the tarball has no types; expected dist/index.d.ts and dist/index.d.cts']);
  return check(
    `${name}: types`,
    analysis.problems
      // The resolution of Node 10 knows no `exports`; packages here ask for Node 20.
      .filter((problem) => problem.resolutionKind !== 'node10')
      .map(({ kind, entrypoint, resolutionKind, typesFileName, fileName }) =>
        [kind, entrypoint, resolutionKind, typesFileName ?? fileName].filter(Boolean).join(' '),
      ),
  );
}

/** @returns {Check} */
function check(name, problems) {
  return problems.length === 0 ? { name, state: 'passed' } : { name, state: 'failed', detail: problems.join('\n') };
}
