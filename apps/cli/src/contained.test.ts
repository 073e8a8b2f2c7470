import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { guesthouse, inOwnFolder, run, write } from './fixtures/run.js';

inOwnFolder();

const child = fileURLToPath(new URL('../../../packages/rehearsal/dist/pglite-child.js', import.meta.url));

/** Processes that this one started and that still run. */
function children(): readonly string[] {
  if (!existsSync('/proc/self/stat')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        // Behind the name in parentheses, which may hold anything: state, parent.
        const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return Number(parent) === process.pid && state !== 'Z' && command.includes('pglite-child') ? [pid] : [];
      } catch {
        return [];
      }
    });
}

async function rehearsed(sql: string, ...limits: string[]) {
  write({ ...guesthouse, 'migrations/002_guest_email.sql': sql });
  const before = readdirSync('.', { recursive: true }).sort();
  const { code, out } = await run(['rehearse', '--rows', '0', ...limits]);
  expect(readdirSync('.', { recursive: true }).sort()).toEqual(before);
  expect(children()).toEqual([]);
  return { code, out };
}

// Somebody's SQL against the process that a user has.
describe.skipIf(!existsSync(child))('what a migration may not do (needs packages/rehearsal/dist: run the build)', () => {
  it('runs for ever', { timeout: 180_000 }, async () => {
    const { code, out } = await rehearsed('DO $$ BEGIN LOOP END LOOP; END $$;\n', '--time-limit', '5');
    expect(out).toContain('57014: ended after 5 s, the limit of a statement');
    expect(code).toBe(1);
  });

  it('takes all memory', { timeout: 180_000 }, async () => {
    const { code, out } = await rehearsed(
      'CREATE TABLE big AS SELECT g, repeat(md5(g::text), 20) AS text FROM generate_series(1, 100000000000) g;\n',
      '--memory-limit',
      '900',
    );
    expect(out).toMatch(/53200: /);
    expect(code).toBe(1);
  });

  it('starts a program, by a statement that is put together as it runs', { timeout: 180_000 }, async () => {
    const { code, out } = await rehearsed(
      "DO $$ BEGIN EXECUTE 'CO' || chr(80) || 'Y guests TO PRO' || 'GRAM ' || quote_literal('touch ' || chr(47) || 'tmp/planwright-was-here'); END $$;\n",
    );
    // PGlite has no programs to start: the attempt breaks it.
    expect(out).toContain('57P02: the database broke down');
    expect(existsSync('/tmp/planwright-was-here')).toBe(false);
    expect(code).toBe(1);
  });
});

it('takes only limits that can be kept', async () => {
  const { code, err } = await run(['rehearse', '--time-limit', '0']);
  expect(err).toContain('Expected a number above 0');
  expect(code).toBe(2);
});
