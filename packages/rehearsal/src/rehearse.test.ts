import type { Context } from '@planwright/spec';
import { beforeAll, expect, it } from 'vitest';
import type { OpenEngine } from './engine.js';
import { createPglite } from './engines/pglite/create-pglite.js';
import { type EarlierMigration, rehearse } from './rehearse.js';

// One start for all tests: each engine is a copy of the empty database.
let empty: Blob;
let open: OpenEngine;
beforeAll(async () => {
  const engine = await createPglite();
  empty = await engine.template();
  await engine.close();
  open = async ({ from }) => createPglite({ template: from ? new Blob([from]) : empty });
});

const history: readonly EarlierMigration[] = [
  {
    id: '001_orders',
    transaction: 'transactional',
    statements: ['CREATE TABLE customers (id bigint PRIMARY KEY)', 'CREATE TABLE orders (id bigint PRIMARY KEY, placed_by bigint, total integer)'],
  },
];

const change: Context['change'] = {
  migrations: [
    {
      id: '002_big_totals',
      transaction: 'transactional',
      statements: [
        {
          id: 's1',
          sql: 'ALTER TABLE orders ALTER total TYPE bigint',
          operations: [],
          verdicts: { lock: { basis: 'predicted', locks: [{ relation: 'orders', mode: 'SHARE', held: 'brief' }] } },
        },
        { id: 's2', sql: 'ALTER TABLE orders ADD FOREIGN KEY (placed_by) REFERENCES customers', operations: [] },
      ],
      down: { statements: [{ sql: 'ALTER TABLE orders ALTER total TYPE integer', operations: [] }] },
    },
  ],
};

const sequence: Context['sequence'] = {
  migrations: [
    {
      id: '001',
      name: 'big_totals',
      statements: [
        { sql: 'ALTER TABLE orders ALTER total TYPE bigint', down: 'ALTER TABLE orders ALTER total TYPE integer', from: 's1', operations: [] },
        {
          sql: 'ALTER TABLE orders ADD FOREIGN KEY (placed_by) REFERENCES customers NOT VALID',
          down: 'ALTER TABLE orders DROP CONSTRAINT orders_placed_by_fkey',
          from: 's2',
          operations: [],
        },
      ],
    },
    {
      id: '002',
      name: 'validate',
      transaction: 'none',
      statements: [
        { sql: 'ALTER TABLE orders VALIDATE CONSTRAINT orders_placed_by_fkey', down: '', from: 's2', operations: [] },
        { sql: 'CREATE INDEX CONCURRENTLY orders_total ON orders (total)', down: 'DROP INDEX CONCURRENTLY orders_total', operations: [] },
      ],
    },
  ],
};

it('runs sequence and change from the same start, back and up again, and says where they differ', async () => {
  const validation: Context['validation'] = [{ id: 'P1', when: 'pre-flight', sql: 'SELECT count(*) FROM orders', expected: '0' }];
  const evidence = await rehearse({ context: { target: { database: 'postgresql' }, change, sequence, validation }, history }, open);
  expect(evidence.migrations?.map(({ subject, direction = 'up', migration }) => `${subject} ${direction} ${migration}`)).toEqual([
    'sequence up 001',
    'sequence up 002',
    'sequence down 002',
    'sequence down 001',
    'sequence up again 001',
    'sequence up again 002',
    'change up 002_big_totals',
    "change author's down 002_big_totals",
  ]);
  expect(evidence.queries).toMatchObject([{ query: 'P1', observed: '0' }]);
  expect(evidence.comparisons?.map(({ kind, equal }) => [kind, equal])).toEqual([
    ['down', false],
    ['down', true],
    ['up again', true],
    ['same end', false],
    ["author's down", false],
  ]);
  expect(evidence.comparisons?.[3]?.differences).toEqual(['index orders: `orders_total` is there after the sequence and not after the change as written.']);
});
