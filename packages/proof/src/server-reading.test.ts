import { createServer, openServer, readSchemaStatements, readSnapshot, readTableFacts } from '@planwright/rehearsal';
import { readStats } from '@planwright/spec/validate';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type ServerForTest, startServer } from './server-for-test.js';

let server: ServerForTest | undefined;
let noServer = '';
const shop = [
  `CREATE TYPE order_status AS ENUM ('open', 'paid')`,
  'CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE)',
  `CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, status order_status NOT NULL DEFAULT 'open', total numeric(12, 2) CHECK (total >= 0))`,
  'CREATE INDEX orders_open ON orders (customer_id) WHERE status = $$open$$',
  'CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at)',
  `CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`,
  'CREATE VIEW open_orders AS SELECT id, total FROM orders WHERE status = $$open$$',
  `CREATE FUNCTION spent(customer bigint) RETURNS numeric LANGUAGE sql STABLE AS $$ SELECT sum(total) FROM orders WHERE customer_id = customer $$`,
];

beforeAll(async () => {
  const started = await startServer();
  if ('reason' in started) {
    noServer = started.reason;
    return;
  }
  server = started.server;
  const client = new pg.Client(server.url);
  await client.connect();
  for (const statement of shop) await client.query(statement);
  await client.query(`INSERT INTO customers (email) SELECT 'guest' || i FROM generate_series(1, 500) i`);
  await client.query(`INSERT INTO events SELECT i, '2026-05-01' FROM generate_series(1, 300) i`);
  await client.query('ANALYZE');
  await client.end();
});
afterAll(async () => {
  await server?.stop();
});
beforeEach((context) => {
  if (!server) context.skip(noServer);
});

it('reads sizes from the statistics, partitions counted in, in the form that --stats reads', async () => {
  const { version, tables } = await readTableFacts((server as ServerForTest).url);
  const by = new Map(tables.map((facts) => [facts.table, facts]));
  expect(by.get('customers')).toMatchObject({ rows: 500, basis: 'observed', source: expect.stringContaining(`PostgreSQL ${version}`) });
  expect(by.get('customers')?.bytes).toBeGreaterThan(0);
  expect(by.get('orders')?.rows).toBe(0);
  expect(by.get('events')).toMatchObject({ rows: 300 });
  expect(tables.map(({ bytes = 0 }) => bytes)).toEqual(tables.map(({ bytes = 0 }) => bytes).sort((one, other) => other - one));
  expect(readStats(JSON.stringify({ version, tables }))).toMatchObject({ value: { tables }, issues: [] });
});

it('copies the structure of a database, and none of its rows', async () => {
  const { url } = server as ServerForTest;
  const statements = await readSchemaStatements(url);
  expect(statements.join('\n')).not.toMatch(/INSERT|guest1/);
  const copy = await createServer({ url });
  try {
    await copy.transaction(async () => {
      for (const statement of statements) expect((await copy.run(statement)).error, statement).toBeUndefined();
    });
    const { tables } = await readSnapshot(copy);
    expect(tables.map(({ name }) => name)).toEqual(['customers', 'events', 'events_2026', 'orders']);
    expect(await copy.query('SELECT count(*)::int AS n FROM customers')).toEqual([{ n: 0 }]);
    const again = await readSnapshot(copy);
    expect(again.views?.map(({ name }) => name)).toEqual(['open_orders']);
    expect(again.enums).toEqual([{ name: 'order_status', labels: ['open', 'paid'] }]);
  } finally {
    await copy.close();
  }
});

it('starts a second engine from what the first saved, and drops both with the server', async () => {
  const scratch = await openServer({ url: (server as ServerForTest).url });
  try {
    const first = await scratch.open({ extensions: [] });
    await first.run('CREATE TABLE saved (id integer)');
    const saved = await first.save();
    await first.run('DROP TABLE saved');
    await first.close();
    const second = await scratch.open({ extensions: [], from: saved });
    expect(await second.query('SELECT count(*)::int AS n FROM saved')).toEqual([{ n: 0 }]);
    expect(await second.run('ALTER TABLE saved ADD COLUMN more text')).not.toHaveProperty('error');
  } finally {
    await scratch.close();
  }
});
