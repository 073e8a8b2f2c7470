import { expect, it } from 'vitest';
import { readForTest, shop } from '../../read-for-test.js';

const guarded = "DO $$ BEGIN CREATE TYPE state AS ENUM ('open', 'paid'); EXCEPTION WHEN duplicate_object THEN null; END $$";

it('reads a guarded CREATE TYPE as if it stood alone, once', async () => {
  expect((await readForTest(guarded)).operations).toEqual([{ type: 'createEnum', enum: { name: 'state', labels: ['open', 'paid'] } }]);
  expect((await readForTest(guarded, guarded)).operations).toEqual([]);
});

it('decides a question about the catalogue by the schema', async () => {
  const ask = (column: string): string =>
    `DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'orders' AND column_name = '${column}') THEN ALTER TABLE orders ADD COLUMN ${column} text; END IF; END $$`;
  expect((await readForTest(ask('status'), shop)).operations).toEqual([]);
  expect((await readForTest(ask('channel'), shop)).operations).toEqual([{ type: 'addColumn', table: 'orders', column: { name: 'channel', type: 'text' } }]);
});

it('leaves what computes its SQL, loops or asks for rows unknown', async () => {
  const reasons = async (body: string): Promise<unknown> => (await readForTest(`DO $$ BEGIN ${body} END $$`, shop)).operations;
  expect(await reasons("EXECUTE format('DROP TABLE %I', 'orders');")).toEqual([{ type: 'unknown', reason: 'A DO block computes the SQL that it runs.' }]);
  expect(await reasons('FOR i IN 1..3 LOOP DELETE FROM orders WHERE id = i; END LOOP;')).toEqual([{ type: 'unknown', reason: 'A DO block loops over rows.' }]);
  expect(await reasons('IF (SELECT count(*) FROM orders) > 0 THEN DROP TABLE orders; END IF;')).toEqual([
    { type: 'unknown', reason: 'A DO block asks something that the schema alone does not answer.' },
  ]);
});
