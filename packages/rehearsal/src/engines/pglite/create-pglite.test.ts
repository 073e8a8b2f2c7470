import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPglite, emptyDatabase, type PgliteEngine } from './create-pglite.js';
import { pgliteExtensions } from './extensions.js';

let engine: PgliteEngine;
beforeAll(async () => {
  engine = await createPglite({ extensions: ['uuid-ossp', 'vector', 'not_an_extension'] });
});
afterAll(async () => {
  await engine.close();
});

it('says what it is', () => {
  expect(engine.name).toBe('PGlite');
  expect(engine.version).toMatch(/^18\.\d+$/);
});

it('reduces a refusal to code, message and position', async () => {
  expect((await engine.run('SELECT nothing')).error).toEqual({ code: '42703', message: 'column "nothing" does not exist', position: 8 });
  await expect(engine.query('SELECT nothing')).rejects.toThrow(/^42703: column "nothing" does not exist$/);
});

it('keeps a transaction whose work resolves and takes back one whose work throws', async () => {
  await engine.transaction(async () => {
    expect((await engine.run('CREATE TABLE invoices (id integer)')).error).toBeUndefined();
  });
  const failing = engine.transaction(async () => {
    await engine.run('DROP TABLE invoices');
    expect((await engine.run('SELECT * FROM invoices')).error).toMatchObject({ code: '42P01' });
    throw new RangeError('stop');
  });
  await expect(failing).rejects.toThrow(new RangeError('stop'));
  expect(await engine.query('SELECT count(*)::int AS n FROM invoices')).toEqual([{ n: 0 }]);
});

it('survives a migration that ends the transaction itself', async () => {
  await engine.transaction(async () => {
    await engine.run('COMMIT');
  });
  expect((await engine.run('VACUUM')).error).toBeUndefined();
});

it('lives in a time zone where timestamp and timestamptz differ, RESET ALL or not', async () => {
  await engine.run('RESET ALL');
  expect(await engine.query('SHOW timezone')).toEqual([{ TimeZone: 'America/New_York' }]);
});

it('creates the extensions that it was given and refuses others', async () => {
  expect((await engine.run('CREATE EXTENSION "uuid-ossp"')).error).toBeUndefined();
  expect((await engine.run('CREATE EXTENSION vector')).error).toBeUndefined();
  expect((await engine.run('CREATE EXTENSION not_an_extension')).error).toMatchObject({ code: '0A000' });
  expect(pgliteExtensions).toContain('pg_trgm');
});

it('starts with the one database that is used, and with none to copy', async () => {
  const empty = await createPglite({ from: await emptyDatabase() });
  try {
    expect(await empty.query('SELECT datname FROM pg_database')).toEqual([{ datname: 'postgres' }]);
    expect((await empty.run('CREATE TABLE invoices (id integer)')).error).toBeUndefined();
  } finally {
    await empty.close();
  }
});

it('closes twice without complaint', async () => {
  const copy = await createPglite({ extensions: ['uuid-ossp', 'vector'], from: await engine.save() });
  expect(await copy.query('SELECT count(*)::int AS n FROM invoices')).toEqual([{ n: 0 }]);
  await copy.close();
  await expect(copy.close()).resolves.toBeUndefined();
});
