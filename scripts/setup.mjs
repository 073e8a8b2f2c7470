// Brings a fresh clone to the point where the built product or the tests can run. A machine needs Node and npm, nothing else.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const stamp = join(root, 'node_modules', '.planwright-lockfile');
const windows = process.platform === 'win32';

/**
 * Runs a program at the root.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, show?: boolean }} [options] `show` passes its output on; without it, the output is collected.
 * @returns {Promise<{ code: number, output: string }>} `code` is 1 where a signal ended the program or it could not be started
 */
export function run(command, args, { cwd = root, env = {}, show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      // npm and npx are .cmd files on Windows, which only a shell can start.
      shell: windows && command !== process.execPath,
    });
    let output = '';
    child.stdout?.on('data', (data) => {
      output += data;
    });
    child.stderr?.on('data', (data) => {
      output += data;
    });
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** The pnpm that package.json names, through npx: a fresh machine has only npm. */
export function pnpm(args, { env, ...options } = {}) {
  // `npm test --silent` tells every npm below to be silent; pnpm would then not even say why it failed.
  return run('npx', ['--yes', manifest.packageManager, ...args], { ...options, env: { npm_config_loglevel: undefined, ...env } });
}

/** A program of node_modules. */
export function tool(name, args, options) {
  return run(join(root, 'node_modules', '.bin', windows ? `${name}.cmd` : name), args, options);
}

let beside = false;

/** Runs chains of phases beside each other. */
export async function sideBySide(...chains) {
  beside = true;
  await Promise.all(chains.map((chain) => chain()));
  beside = false;
}

/** One line on stderr: what is being done, then how long it took. Beside others the whole line comes when it is done. */
export async function phase(name, work) {
  const started = performance.now();
  const [before, after] = beside ? ['', `${name} … `] : [`${name} … `, ''];
  process.stderr.write(before);
  const result = await work();
  process.stderr.write(`${after}${result.code === 0 ? '' : 'failed after '}${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  if (result.code !== 0 && result.output) process.stderr.write(`${result.output.trimEnd()}\n`);
  return result;
}

/** Installs what the lockfile names, unless that was already done for this lockfile. */
export async function install() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20)
    return { code: 1, output: `Node ${process.versions.node} found, 20 or newer expected. Install it from https://nodejs.org and run this again.` };
  const lockfile = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile) return { code: 0, output: '' };
  // pnpm asks before it replaces a node_modules of another making; nobody is there to answer, and CI tells it so.
  const result = await phase('installing dependencies', () => pnpm(['install', '--frozen-lockfile', '--prefer-offline'], { env: { CI: '1' } }));
  if (result.code === 0) writeFileSync(stamp, lockfile);
  return result.code === 0 ? result : { ...result, output: '' };
}

/** Generates and builds what changed, with types unless only the built command is to run. `TURBO_FORCE=true` builds everything. */
export function build(filter, { types = true } = {}) {
  const jobs = Math.max(1, Math.min(4, availableParallelism()));
  return pnpm(
    ['exec', 'turbo', 'run', 'build', ...(filter ? [`--filter=${filter}`] : []), `--concurrency=${jobs}`, '--output-logs=errors-only', '--no-color'],
    {
      env: types ? {} : { PLANWRIGHT_WITHOUT_TYPES: '1' },
    },
  );
}

/** Set-up for a script that runs built packages and can do nothing without them: ends the process where it fails. */
export async function setUp(filter) {
  const installed = await install();
  if (installed.code !== 0) {
    if (installed.output) process.stderr.write(`${installed.output}\n`);
    process.exit(1);
  }
  const built = await phase('building', () => build(filter, { types: false }));
  if (built.code !== 0) process.exit(1);
}
