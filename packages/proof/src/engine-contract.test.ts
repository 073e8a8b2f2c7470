import { createServer, type Engine } from '@planwright/rehearsal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from './engine-for-test.js';
import { type ServerForTest, startServer } from './server-for-test.js';

let server: ServerForTest | undefined;
let noServer = '';
beforeAll(async () => {
  const started = await startServer();
  if ('server' in started) server = started.server;
  else noServer = started.reason;
});
afterAll(async () => {
  await server?.stop();
});

type Opened = { readonly engine: Engine } | { readonly reason: string };
const extensions = ['pg_trgm', 'earthdistance'];

/** What every engine promises, whatever runs behind it. */
describe.each([
  ['PGlite', async (): Promise<Opened> => startEngine({ extensions })],
  ['PostgreSQL', async (): Promise<Opened> => (server ? { engine: await createServer({ url: server.url, extensions }) } : { reason: noServer })],
] as const)('an engine on %s', (name, open) => {
  let engine: Engine | undefined;
  let reason = '';
  beforeAll(async () => {
    const opened = await open();
    if ('engine' in opened) engine = opened.engine;
    else reason = opened.reason;
  });
  afterAll(async () => {
    await engine?.close();
  });

  const on = (told: string, test: (engine: Engine) => Promise<void>) =>
    it(told, async (context) => {
      if (!engine) return context.skip(reason);
      await test(engine);
    });

  on('says what it is', async (engine) => {
    expect(engine.name).toBe(name);
    expect(engine.version).toMatch(/^\d+\.\d+$/);
  });

  on('reduces a refusal to code, message and position', async (engine) => {
    expect((await engine.run('SELECT nothing')).error).toEqual({ code: '42703', message: 'column "nothing" does not exist', position: 8 });
    await expect(engine.query('SELECT nothing')).rejects.toThrow(/^42703: column "nothing" does not exist$/);
  });

  on('counts the rows that a statement changed, and none that it only reads', async (engine) => {
    expect(await engine.run('CREATE TABLE guests (id bigint, born date)')).not.toHaveProperty('rows');
    expect(await engine.run('INSERT INTO guests SELECT i FROM generate_series(1, 5) i')).toMatchObject({ rows: 5 });
    expect(await engine.run('UPDATE guests SET id = id + 10 WHERE id > 3')).toMatchObject({ rows: 2 });
    expect(await engine.run('SELECT * FROM guests')).not.toHaveProperty('rows');
    expect(await engine.run('DROP TABLE guests')).not.toHaveProperty('rows');
  });

  on('answers questions with the same values', async (engine) => {
    expect(
      await engine.query(
        `SELECT 1::int AS small, 2::bigint AS big, 9007199254740993::bigint AS huge, 1.50::numeric AS exact, true AS yes, NULL AS nothing, ARRAY['a', 'b'] AS texts,
        ARRAY['a']::name[] AS names, ARRAY[1, 2]::int8[] AS numbers, '{"a": [1]}'::jsonb AS document, 'r'::"char" AS letter, $1::text AS given, $2::text[] AS list`,
        ['x', ['y', 'z']],
      ),
    ).toEqual([
      {
        small: 1,
        big: 2,
        huge: 9007199254740993n,
        exact: '1.50',
        yes: true,
        nothing: null,
        texts: ['a', 'b'],
        names: ['a'],
        numbers: [1, 2],
        document: { a: [1] },
        letter: 'r',
        given: 'x',
        list: ['y', 'z'],
      },
    ]);
  });

  on('keeps a transaction whose work resolves and takes back one whose work throws', async (engine) => {
    await engine.transaction(async () => {
      expect(await engine.run('CREATE TABLE invoices (id integer)')).not.toHaveProperty('error');
    });
    const failing = engine.transaction(async () => {
      await engine.run('DROP TABLE invoices');
      expect((await engine.run('SELECT * FROM invoices')).error).toMatchObject({ code: '42P01' });
      throw new RangeError('stop');
    });
    await expect(failing).rejects.toThrow(new RangeError('stop'));
    expect(await engine.query('SELECT count(*)::int AS n FROM invoices')).toEqual([{ n: 0 }]);
  });

  on('survives a migration that ends the transaction itself', async (engine) => {
    await engine.transaction(async () => {
      await engine.run('COMMIT');
    });
    expect(await engine.run('VACUUM')).not.toHaveProperty('error');
  });

  on('lives in a time zone where timestamp and timestamptz differ, RESET ALL or not', async (engine) => {
    await engine.run('RESET ALL');
    expect(await engine.query('SHOW timezone')).toEqual([{ TimeZone: 'America/New_York' }]);
  });

  on('creates harmless extensions, whoever may create them', async (engine) => {
    expect(await engine.run('CREATE EXTENSION pg_trgm')).not.toHaveProperty('error');
    expect(await engine.run('CREATE EXTENSION earthdistance CASCADE')).not.toHaveProperty('error');
    expect(await engine.query(`SELECT similarity('house', 'horse') > 0 AS near, earth() > 0 AS round`)).toEqual([{ near: true, round: true }]);
  });

  on('starts from what another engine saved', async (engine) => {
    expect(await engine.run('CREATE TABLE saved (id integer)')).not.toHaveProperty('error');
    const saved = await engine.save?.();
    expect(saved).toBeInstanceOf(Uint8Array);
    expect(await engine.query('SELECT count(*)::int AS n FROM saved')).toEqual([{ n: 0 }]);
  });

  on('lets migrations do with their schema as they like', async (engine) => {
    expect(await engine.run('DROP SCHEMA public CASCADE')).not.toHaveProperty('error');
    expect(await engine.run('CREATE SCHEMA public')).not.toHaveProperty('error');
  });

  on('closes twice without complaint', async (engine) => {
    await engine.close();
    await expect(engine.close()).resolves.toBeUndefined();
  });
});
