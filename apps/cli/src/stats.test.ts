import { afterEach, expect, it } from 'vitest';
import { guesthouse, inOwnFolder, run, write } from './fixtures/run.js';

inOwnFolder();
afterEach(() => {
  delete process.env.GUESTHOUSE_URL;
});

it('says what it looked for where the variable is not there', async () => {
  const { code, err } = await run(['stats', 'GUESTHOUSE_URL']);
  expect(code).toBe(2);
  expect(err).toContain('there is no environment variable GUESTHOUSE_URL');
});

it('takes no other connection string than one of PostgreSQL, and shows none of its password', async () => {
  const { code, err } = await run(['stats', 'mysql://guest:s3cr3t-word@127.0.0.1/house']);
  expect(code).toBe(2);
  expect(err).toContain('mysql://guest:***@127.0.0.1/house is no connection string of PostgreSQL');
});

it.each([
  ['stats', 'GUESTHOUSE_URL'],
  ['plan', '--database-url', 'GUESTHOUSE_URL'],
  ['rehearse', '--schema-from', 'GUESTHOUSE_URL'],
])('%s tells a server that does not answer, without the password', async (...args) => {
  write(guesthouse);
  process.env.GUESTHOUSE_URL = 'postgres://guest:s3cr3t-word@127.0.0.1:1/house';
  const { code, out, err } = await run(args, { rehearse: true });
  expect(code).toBe(2);
  expect(err).toContain('does not let us in');
  expect(out + err).not.toContain('s3cr3t-word');
});

it('plan says where a file of sizes is wrong', async () => {
  write({ ...guesthouse, 'stats.json': '{ "tables": [{ "tabel": "guests", "rows": 3 }] }\n' });
  const { code, err } = await run(['plan', '--no-rehearse', '--stats', 'stats.json']);
  expect(code).toBe(2);
  expect(err).toContain('tabel');
});
