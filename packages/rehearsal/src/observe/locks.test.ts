import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPglite, emptyDatabase, type PgliteEngine } from '../engines/pglite/create-pglite.js';
import { readLocks, readRelations } from './locks.js';

let engine: PgliteEngine;
beforeAll(async () => {
  engine = await createPglite({ from: await emptyDatabase() });
  for (const statement of [
    'CREATE SCHEMA billing',
    'CREATE TABLE customers (id integer PRIMARY KEY)',
    'CREATE TABLE orders (id integer, customer_id integer)',
    'CREATE TABLE billing.invoices (id integer)',
  ])
    expect((await engine.run(statement)).error).toBeUndefined();
});
afterAll(async () => {
  await engine.close();
});

async function locksOf(statement: string) {
  const relations = await readRelations(engine);
  await engine.query('BEGIN');
  try {
    expect((await engine.run(statement)).error, statement).toBeUndefined();
    return await readLocks(engine, relations);
  } finally {
    await engine.query('ROLLBACK');
  }
}

it('sees the mode on each relation that was there before', async () => {
  expect(await locksOf('ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers')).toEqual([
    { relation: 'customers', mode: 'SHARE ROW EXCLUSIVE' },
    { relation: 'orders', mode: 'SHARE ROW EXCLUSIVE' },
  ]);
  expect(await locksOf('CREATE INDEX ON orders (id)')).toEqual([{ relation: 'orders', mode: 'SHARE' }]);
  expect(await locksOf('ALTER TABLE orders ALTER customer_id SET STATISTICS 10')).toEqual([{ relation: 'orders', mode: 'SHARE UPDATE EXCLUSIVE' }]);
  expect(await locksOf('UPDATE orders SET id = 1')).toEqual([{ relation: 'orders', mode: 'ROW EXCLUSIVE' }]);
  expect(await locksOf('SELECT FROM orders')).toEqual([{ relation: 'orders', mode: 'ACCESS SHARE' }]);
});

it('names what a statement renames or drops as it was called before', async () => {
  expect(await locksOf('ALTER TABLE billing.invoices RENAME TO bills')).toEqual([{ relation: 'billing.invoices', mode: 'ACCESS EXCLUSIVE' }]);
  expect(await locksOf('DROP TABLE orders')).toEqual([{ relation: 'orders', mode: 'ACCESS EXCLUSIVE' }]);
});

it('leaves out what the statement makes', async () => {
  expect(await locksOf('CREATE TABLE refunds (id integer)')).toEqual([]);
});
