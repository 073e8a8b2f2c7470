import type { Operation, Snapshot } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSnapshot } from '../catalogue.js';
import { createPglite, emptyDatabase, type PgliteEngine } from '../engines/pglite/create-pglite.js';
import { breakRows } from './break-rows.js';
import { breakingRows } from './breaking-rows.js';
import { fillRows } from './fill-rows.js';

let engine: PgliteEngine;
let snapshot: Snapshot;
beforeAll(async () => {
  engine = await createPglite({ extensions: ['btree_gist'], from: await emptyDatabase() });
}, 60_000);
const tables = [
  "CREATE TYPE state AS ENUM ('open', 'paid', 'void')",
  "CREATE TYPE fewer_states AS ENUM ('paid', 'open')",
  'CREATE TABLE customers (id integer PRIMARY KEY, name text)',
  `CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer, reference text, total numeric NOT NULL, quantity bigint, placed_on date, shipped_on date,
    status text NOT NULL, phone text, email text, during tsrange, state state)`,
  'CREATE TABLE events (id integer, happened_on date NOT NULL) PARTITION BY RANGE (happened_on)',
  'CREATE TABLE events_2026 (id integer, happened_on date NOT NULL)',
];

async function build(): Promise<void> {
  for (const statement of tables) await engine.query(statement);
}

async function clear(): Promise<void> {
  for (const name of ['orders', 'customers', 'events', 'events_2026']) await engine.query(`DROP TABLE IF EXISTS ${name} CASCADE`);
  await engine.query('DROP TYPE IF EXISTS state, fewer_states');
}

beforeEach(async () => {
  await build();
  snapshot = await readSnapshot(engine);
});
afterEach(async () => {
  await clear();
});
afterAll(async () => {
  await engine.close();
});

interface Step {
  readonly operation: Operation;
  /** The query that finds them. */
  readonly query: string;
  readonly fails: string;
}

const check = (expression: string): Step => ({
  operation: { type: 'addConstraint', table: 'orders', constraint: { type: 'check', name: 'orders_checked', expression } },
  query: `SELECT count(*)::int AS found FROM orders WHERE NOT (${expression})`,
  fails: '23514',
});

const steps: Readonly<Record<string, Step>> = {
  'SET NOT NULL': {
    operation: { type: 'setNotNull', table: 'orders', column: 'reference' },
    query: 'SELECT count(*)::int AS found FROM orders WHERE reference IS NULL',
    fails: '23502',
  },
  UNIQUE: {
    operation: { type: 'addConstraint', table: 'orders', constraint: { type: 'unique', name: 'orders_reference', columns: ['reference'] } },
    query: 'SELECT count(*)::int AS found FROM (SELECT 1 FROM orders WHERE reference IS NOT NULL GROUP BY reference HAVING count(*) > 1) AS d',
    fails: '23505',
  },
  'CREATE UNIQUE INDEX on an expression of some rows': {
    operation: {
      type: 'createIndex',
      table: 'orders',
      index: { name: 'orders_email', unique: true, keys: [{ expression: 'lower(email)' }], where: 'quantity IS NOT NULL' },
    },
    query:
      'SELECT count(*)::int AS found FROM (SELECT 1 FROM orders WHERE quantity IS NOT NULL AND email IS NOT NULL GROUP BY lower(email) HAVING count(*) > 1) AS d',
    fails: '23505',
  },
  'FOREIGN KEY': {
    operation: {
      type: 'addConstraint',
      table: 'orders',
      constraint: { type: 'foreignKey', name: 'orders_customer', columns: ['customer_id'], references: { table: 'customers', columns: ['id'] } },
    },
    query:
      'SELECT count(*)::int AS found FROM orders AS c WHERE customer_id IS NOT NULL AND NOT EXISTS (SELECT FROM customers AS p WHERE p.id = c.customer_id)',
    fails: '23503',
  },
  'a comparison with a number': check('total >= 0'),
  BETWEEN: check('quantity BETWEEN 1 AND 999'),
  'a list': check(`status IN ('open', 'paid')`),
  'a regular expression': check(`email ~ '^[^@]+@[^@]+$'`),
  'a length': check('length(reference) <= 20'),
  'two columns': check('placed_on <= shipped_on'),
  'one of two': check('num_nonnulls(phone, email) = 1'),
  'a condition on a condition': check(`status <> 'shipped' OR shipped_on IS NOT NULL`),
  'a narrower integer': {
    operation: { type: 'alterColumnType', table: 'orders', column: 'quantity', from: 'bigint', to: 'integer' },
    query: 'SELECT count(*)::int AS found FROM orders WHERE quantity NOT BETWEEN -2147483648 AND 2147483647',
    fails: '22003',
  },
  'a shorter text': {
    operation: { type: 'alterColumnType', table: 'orders', column: 'reference', from: 'text', to: 'varchar(30)' },
    query: 'SELECT count(*)::int AS found FROM orders WHERE char_length(reference) > 30',
    fails: '22001',
  },
  'fewer digits': {
    operation: { type: 'alterColumnType', table: 'orders', column: 'total', from: 'numeric', to: 'numeric(8,2)' },
    query: 'SELECT count(*)::int AS found FROM orders WHERE abs(total) >= 1e6 OR total <> round(total, 2)',
    fails: '22003',
  },
  'a label less': {
    operation: { type: 'alterColumnType', table: 'orders', column: 'state', from: 'state', to: 'fewer_states', using: '(state::text::fewer_states)' },
    query: "SELECT count(*)::int AS found FROM orders WHERE state = 'void'",
    fails: '22P02',
  },
  EXCLUDE: {
    operation: {
      type: 'addConstraint',
      table: 'orders',
      constraint: { type: 'exclusion', name: 'orders_during', definition: 'EXCLUDE USING gist (during WITH &&)', columns: ['during'] },
    },
    query: 'SELECT count(*)::int AS found FROM orders AS a JOIN orders AS b ON a.id < b.id AND a.during && b.during',
    fails: '23P01',
  },
  'ATTACH PARTITION': {
    operation: { type: 'attachPartition', table: 'events', partition: { table: 'events_2026' }, bounds: `FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')` },
    query: `SELECT count(*)::int AS found FROM events_2026 WHERE NOT (happened_on >= '2026-01-01' AND happened_on < '2027-01-01')`,
    fails: '23514',
  },
};

/** The schema as it should be afterwards, so that the rows are clean. */
function wanted(operation: Operation): Snapshot {
  const tables = snapshot.tables.map((table) => {
    if (operation.type === 'attachPartition' && table.name === operation.partition.table)
      return { ...table, constraints: [{ type: 'check' as const, expression: `happened_on >= '2026-01-01'::date AND happened_on < '2027-01-01'::date` }] };
    if (!('table' in operation) || operation.table !== table.name) return table;
    const columns = table.columns.map((column) => {
      if (operation.type === 'setNotNull' && column.name === operation.column) return { ...column, notNull: true };
      return operation.type === 'alterColumnType' && column.name === operation.column ? { ...column, type: operation.to } : column;
    });
    return {
      ...table,
      columns,
      ...(operation.type === 'addConstraint' && { constraints: [...(table.constraints ?? []), operation.constraint] }),
      ...(operation.type === 'createIndex' && { indexes: [operation.index] }),
    };
  });
  return { ...snapshot, tables };
}

describe('rows that break a step', () => {
  it.each(Object.entries(steps))('are found by its query, as many as were made, and make it fail: %s', async (_, { operation, query, fails }) => {
    const written = writerOf('postgresql').writeOperation(operation);
    const [step = ''] = 'statements' in written ? written.statements : [];
    const found = async () => (await engine.query<{ readonly found: number }>(query))[0]?.found;
    await fillRows(engine, snapshot, { rows: 40, seed: 1, satisfying: wanted(operation) });
    expect(await found()).toBe(0);
    const clean = await engine.transaction(async () => (await engine.run(step)).error?.message).catch((error: Error) => error.message);
    expect(clean).toBeUndefined();
    await clear();
    await build();
    await fillRows(engine, snapshot, { rows: 40, seed: 1, satisfying: wanted(operation) });
    const broken = await breakRows(engine, snapshot, operation, { count: 3, seed: 1 });
    expect(broken).toMatchObject({ made: 3, fails });
    expect(await found()).toBe(3);
    expect((await engine.run(step)).error?.code).toBe(fails);
  });

  it('are made for a constraint that is there and NOT VALID', async () => {
    await engine.query('ALTER TABLE orders ADD CONSTRAINT orders_total CHECK (total < 5000) NOT VALID');
    snapshot = await readSnapshot(engine);
    await fillRows(engine, snapshot, { rows: 40, seed: 1 });
    const broken = await breakRows(engine, snapshot, { type: 'validateConstraint', table: 'orders', name: 'orders_total' }, { count: 2, seed: 1 });
    expect(broken?.what).toBe('2 rows of `orders` for which `total < 5000::numeric` is false');
    expect(await engine.query('SELECT count(*)::int AS found FROM orders WHERE total >= 5000')).toEqual([{ found: 2 }]);
    expect((await engine.run('ALTER TABLE orders VALIDATE CONSTRAINT orders_total')).error?.code).toBe('23514');
  });

  it('are not made for a step that no row can break', () => {
    expect(breakingRows(snapshot, { type: 'dropNotNull', table: 'orders', column: 'total' }, { count: 1, seed: 1 })).toBeUndefined();
    expect(breakingRows(snapshot, { type: 'alterColumnType', table: 'orders', column: 'customer_id', to: 'bigint' }, { count: 1, seed: 1 })).toBeUndefined();
  });
});
