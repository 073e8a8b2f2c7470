// npm test [-- <vitest filter>…]: everything that has to hold, and one closing line with the count.
// Each test counts as one, and so does each of the other checks: build, types, lint, site, the bundled example, and every check of a packed package.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install, phase, pnpm, root, run, sideBySide, tool } from './setup.mjs';

const filter = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'planwright-test-'));
const total = { passed: 0, failed: 0, skipped: [] };

try {
  await everything();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

for (const { name, reason } of total.skipped) process.stdout.write(`skipped: ${name}: ${reason}\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped\n`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

async function everything() {
  const installed = await install();
  if (installed.code !== 0) {
    if (installed.output) process.stderr.write(`${installed.output}\n`);
    count({ name: 'install', state: 'failed' });
    return;
  }
  const built = await once('build', () => build());
  // Each of these keeps one core busy; the tests keep all of them.
  const whole = filter.length === 0;
  await sideBySide(
    async () => {
      await once('types', () => tool('tsc', ['--noEmit', '--pretty', 'false', '-p', 'tsconfig.json']));
      if (whole) await once('site', () => pnpm(['--filter', '@planwright/docs', 'run', 'site']));
    },
    async () => {
      await once('lint', () => tool('biome', ['check', '--colors=off', '--max-diagnostics=50', '.']));
      if (!whole) return;
      if (built) await example();
      if (built) await packages();
      else count({ name: 'packages', state: 'failed', detail: 'not packed, because the build failed' });
    },
  );
  await vitest();
}

/** A check that is one program. */
async function once(name, work) {
  const { code } = await phase(name, work);
  count({ name, state: code === 0 ? 'passed' : 'failed' });
  return code === 0;
}

async function vitest() {
  const counts = join(scratch, 'counts.json');
  const args = ['run', '--reporter=default', `--reporter=${join(root, 'scripts', 'closing-reporter.mjs')}`, ...filter];
  const { code } = await tool('vitest', args, { show: true, env: { CI: '1', PLANWRIGHT_COUNTS: counts } });
  const found = existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : { passed: 0, failed: 0, skipped: [] };
  total.passed += found.passed;
  // vitest also fails for what is no test: a file without any, or an error outside of all of them.
  total.failed += code !== 0 ? Math.max(1, found.failed) : found.failed;
  total.skipped.push(...found.skipped);
}

/** What npm start does, with the built CLI and without the right to generate code from strings. */
async function example() {
  const shop = join(root, 'examples', 'shop');
  if (!existsSync(shop)) return count({ name: 'example', state: 'skipped', detail: 'examples/shop is not there yet' });
  const out = join(scratch, 'shop');
  await once('example', async () => {
    const bin = join(root, 'apps', 'cli', 'dist', 'bin.js');
    const result = await run(process.execPath, ['--disallow-code-generation-from-strings', bin, 'plan', shop, '--template', 'all', '--out', out]);
    const documents = existsSync(out) ? readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md')) : [];
    if (result.code === 0 && documents.length < 5)
      return { code: 1, output: `${documents.length} documents were written, at least one of each of the five templates was expected\n${result.output}` };
    return result;
  });
}

async function packages() {
  // Loaded here, because a fresh clone has none of what they import until the install is done.
  const { pack, lintPackage, checkTypes } = await import('./packages.mjs');
  const { usePacked } = await import('./use-packed.mjs');
  let tarballs = [];
  const packed = await phase('packing', async () => {
    const result = await pack(scratch);
    tarballs = result.tarballs;
    return { code: result.problem === undefined ? 0 : 1, output: result.problem };
  });
  if (packed.code !== 0) return count({ name: 'pack', state: 'failed' });
  const checks = await quietly('publint, and are the types wrong', async () => {
    const results = [];
    for (const tarball of tarballs) results.push(await lintPackage(tarball), await checkTypes(tarball));
    return results;
  });
  const uses = await quietly('using the packed packages', () => usePacked(tarballs, join(scratch, 'use')));
  for (const check of [...checks, ...uses]) count(check);
}

/** A phase that gives checks instead of an exit code; what failed is printed where it is counted. */
async function quietly(name, work) {
  let checks = [];
  await phase(name, async () => {
    checks = await work();
    return { code: checks.some(({ state }) => state === 'failed') ? 1 : 0, output: '' };
  });
  return checks;
}

function count({ name, state, detail }) {
  if (state === 'skipped') return total.skipped.push({ name, reason: detail });
  total[state] += 1;
  if (state === 'failed') process.stdout.write(`failed: ${name}${detail ? `\n${detail.replace(/^/gm, '  ')}` : ''}\n`);
}
