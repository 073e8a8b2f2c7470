import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildChild } from './child-for-test.js';
import { build } from './kept-databases.js';
import { pgliteProcesses } from './open-pglite.js';

let script = '';
const cache = join(mkdtempSync(join(tmpdir(), 'planwright-kept-')), 'kept');
beforeAll(() => {
  script = buildChild();
});
afterAll(() => {
  rmSync(script, { force: true });
  rmSync(join(cache, '..'), { recursive: true, force: true });
});

it('keeps databases under the name of the PGlite that reads them', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  expect(build).toBe(dependencies['@electric-sql/pglite']);
});

const alive = (pid: number) => existsSync(`/proc/${pid}`);

it('answers as an engine in this process does, and keeps what it made for the next', async () => {
  const open = pgliteProcesses({ script, cache });
  const first = await open({ extensions: [], kept: 'shop' });
  expect(first.kept).toBe(false);
  expect(first.version).toMatch(/^18\.\d+$/);
  expect(await first.run('CREATE TABLE orders (id integer)', 'SELECT 1 AS one')).toMatchObject({ answer: [{ one: 1 }] });
  expect((await first.run('SELECT nothing')).error).toEqual({ code: '42703', message: 'column "nothing" does not exist', position: 8 });
  await expect(first.query('SELECT nothing')).rejects.toThrow(/^42703: column "nothing" does not exist$/);
  await first.keep?.('shop');
  await first.close();
  expect(readdirSync(cache).sort()).toEqual([`pglite-${build}-empty.tar.gz`, `pglite-${build}-shop.tar.gz`]);
  const second = await open({ extensions: [], kept: 'shop' });
  expect(second.kept).toBe(true);
  expect(await second.query('SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 0 }]);
  const pid = second.pid ?? 0;
  await second.close();
  expect(alive(pid)).toBe(false);
});

it('ends a statement that does not end', async () => {
  const engine = await pgliteProcesses({ script, cache, limits: { statement: 1500 } })({ extensions: [] });
  const pid = engine.pid ?? 0;
  const { error } = await engine.run('DO $$ BEGIN LOOP END LOOP; END $$');
  expect(error).toEqual({ code: '57014', message: 'ended after 1.5 s, the limit of a statement' });
  expect(engine.ended).toEqual(error);
  expect((await engine.run('SELECT 1')).error).toEqual(error);
  await expect(engine.query('SELECT 1')).rejects.toThrow(/^57014/);
  await engine.close();
  expect(alive(pid)).toBe(false);
});

it('ends a statement that takes all memory', async () => {
  const engine = await pgliteProcesses({ script, cache, limits: { memory: 900 * 1024 ** 2 } })({ extensions: [] });
  const { error } = await engine.run('CREATE TABLE big AS SELECT g, repeat(md5(g::text), 20) AS text FROM generate_series(1, 100000000000) g');
  expect(error?.code).toBe('53200');
  await engine.close();
});

it('tells of a breakdown', async () => {
  const engine = await pgliteProcesses({ script, cache })({ extensions: [] });
  process.kill(engine.pid ?? 0, 'SIGKILL');
  expect((await engine.run('SELECT 1')).error).toEqual({ code: '57P02', message: 'the database broke down (signal SIGKILL)' });
  await engine.close();
});
