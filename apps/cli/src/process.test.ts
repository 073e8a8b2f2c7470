import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { guesthouse, inOwnFolder, write } from './fixtures/run.js';

inOwnFolder();

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent' };
const start = (...args: string[]) => spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', env });

// The process itself: what only a built package shows.
describe.skipIf(!existsSync(bin))('the process (needs apps/cli/dist: run the build)', () => {
  it('says its version', () => {
    expect(start('--version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
  });

  it('ends with 2 and one message when its input is wrong', () => {
    const { status, stdout, stderr } = start('plan', 'nowhere');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(
      'error nowhere: no such file or folder (missing-path)\n  → Give the folder of a project that has migrations, or one of its migration files.\n',
    );
  });

  it('ends quietly when nobody reads on', async () => {
    write(guesthouse);
    const child = spawn(process.execPath, [bin, 'plan', '--format', 'json', '--no-rehearse'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    const [code] = await once(child, 'close');
    expect({ code, said }).toEqual({ code: 0, said: '' });
  });

  it('plans without a terminal, a home or leftovers', () => {
    write(guesthouse);
    expect(start('plan', '--template', 'all', '--out', 'docs')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('docs/tracker/migration-plan.md\n'),
    });
    expect(readdirSync('.').sort()).toEqual(['docs', 'migrations', 'package.json']);
    expect(readdirSync('docs', { recursive: true }).filter((name) => String(name).endsWith('.tmp'))).toEqual([]);
  });
});
