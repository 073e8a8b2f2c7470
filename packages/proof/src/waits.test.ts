import { measureWaits, openServer, type Server } from '@planwright/rehearsal';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { hazards, planOf } from './bench-waits.js';
import { type ServerForTest, startServer } from './server-for-test.js';

let started: ServerForTest | undefined;
let scratch: Server | undefined;
let noServer = '';
beforeAll(async () => {
  const found = await startServer();
  if ('reason' in found) {
    noServer = found.reason;
    return;
  }
  started = found.server;
  scratch = await openServer({ url: started.url });
});
afterAll(async () => {
  await scratch?.close();
  await started?.stop();
});
beforeEach((context) => {
  if (!scratch) context.skip(noServer);
});

it('measures a reader and a writer on the touched table, for the change as written and for the sequence', async () => {
  const hazard = hazards.find(({ name }) => name === 'bigint');
  if (!hazard) throw new Error('there is no such hazard');
  const { waits, notes } = await measureWaits({ ...(await planOf(hazard)), rows: 500, baseline: 200 }, (scratch as Server).open);
  expect(notes).toEqual([]);
  expect(waits.map(({ subject, table, who }) => `${subject} ${table} ${who}`)).toEqual([
    'change orders reader',
    'change orders writer',
    'sequence orders reader',
    'sequence orders writer',
  ]);
  for (const wait of waits) {
    expect(wait.usual).toBeGreaterThan(0);
    expect(wait.longest).toBeGreaterThanOrEqual(0);
    expect(wait.errors).toBeUndefined();
  }
});

it('sees that a writer waits for the lock of a plain CREATE INDEX', async () => {
  const server = scratch as Server;
  const engine = await server.open({ extensions: [] });
  const writer = await engine.openSession();
  try {
    await engine.run('CREATE TABLE orders (id bigint)');
    await engine.run('BEGIN');
    await engine.run('CREATE INDEX ON orders (id)');
    await writer.run(`SET lock_timeout = '50ms'`);
    expect(await writer.run('INSERT INTO orders VALUES (1)')).toMatchObject({ error: { code: '55P03' } });
    expect(await writer.run('SELECT * FROM orders')).not.toHaveProperty('error');
    await engine.run('COMMIT');
    expect(await writer.run('INSERT INTO orders VALUES (1)')).toMatchObject({ rows: 1 });
  } finally {
    await writer.close();
    await engine.close();
  }
});

it('counts the statements of running code that fail from the commit on', async () => {
  const what = await planOf({ name: 'rename', shown: 'rename', change: 'ALTER TABLE orders RENAME COLUMN status TO state;\nSELECT pg_sleep(0.3);\n' });
  const context = {
    ...what.context,
    change: { ...what.context.change, migrations: what.context.change.migrations.map((migration) => ({ ...migration, transaction: 'none' as const })) },
  };
  const { sequence: _, ...written } = context;
  const { waits } = await measureWaits({ ...what, context: written, rows: 200, baseline: 200 }, (scratch as Server).open);
  expect(waits.find(({ subject, who }) => subject === 'change' && who === 'reader')?.errors?.['42703']).toBeGreaterThan(0);
});

it('runs a migration again that meets its own lock_timeout', async () => {
  const what = await planOf({ name: 'comment', shown: 'comment', change: `ALTER TABLE orders ADD COLUMN note text;\n` });
  const { change } = what.context;
  const statements = [{ operations: [], sql: `SET LOCAL lock_timeout = '100ms'` }, ...change.migrations.flatMap((migration) => migration.statements)];
  const context = {
    ...what.context,
    sequence: undefined,
    change: { ...change, migrations: change.migrations.map((migration) => ({ ...migration, statements })) },
  };
  const { url } = started as ServerForTest;
  let blocker: Promise<void> | undefined;
  const { notes } = await measureWaits(
    {
      ...what,
      context,
      rows: 50,
      baseline: 300,
      onProgress: (doing) => {
        if (doing.startsWith('as written')) blocker = holdOrders(url);
      },
    },
    async (wanted) => {
      const engine = await (scratch as Server).open(wanted);
      // The migration begins when the table is held.
      const run = engine.run.bind(engine);
      engine.run = async (statement) => {
        if (statement === 'BEGIN' && blocker) await blocker;
        return run(statement);
      };
      return engine;
    },
  );
  expect(notes.join('\n')).toMatch(/met its lock_timeout .* and was run again/);
});

/** Somebody reads `orders` in the newest scratch database, and leaves the transaction open for a second and a half. */
async function holdOrders(url: string): Promise<void> {
  const admin = new pg.Client(url);
  await admin.connect();
  const { rows } = await admin.query<{ readonly datname: string }>(
    `SELECT datname FROM pg_database WHERE datname LIKE 'planwright_scratch%' ORDER BY oid DESC LIMIT 1`,
  );
  await admin.end();
  const reader = new pg.Client(url.replace(/[^/]*$/, rows[0]?.datname ?? ''));
  reader.on('error', () => {});
  await reader.connect();
  await reader.query('BEGIN');
  await reader.query('SELECT FROM orders');
  setTimeout(() => reader.end().catch(() => {}), 1500);
}
