import { expect, it } from 'vitest';
import { readForTest, shop, tableIn } from '../../read-for-test.js';

it('reads keys, order, operator classes, included columns and conditions', async () => {
  const { operations } = await readForTest(
    "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ix ON customers USING btree (lower(email) text_pattern_ops DESC, (nickname || 'x') NULLS FIRST, id DESC NULLS LAST) INCLUDE (nickname) WHERE email <> ''",
    shop,
  );
  expect(operations).toEqual([
    {
      type: 'createIndex',
      table: 'customers',
      concurrently: true,
      ifNotExists: true,
      index: {
        name: 'ix',
        unique: true,
        keys: [
          { expression: 'lower(email)', order: 'desc', operatorClass: 'text_pattern_ops' },
          { expression: "(nickname || 'x')", nulls: 'first' },
          { column: 'id', order: 'desc', nulls: 'last' },
        ],
        include: ['nickname'],
        where: "email <> ''",
      },
    },
  ]);
});

it('names an index that nobody named, and a second one of the same columns', async () => {
  const { snapshot } = await readForTest(
    'CREATE INDEX ON orders (status, id); CREATE INDEX ON orders (status, id); CREATE INDEX ON orders (lower(status)); CREATE INDEX ON orders ((total_cents + 1))',
    shop,
  );
  expect(tableIn(snapshot, 'orders').indexes?.map(({ name }) => name)).toEqual([
    'ix_orders_legacy',
    'orders_status_id_idx',
    'orders_status_id_idx1',
    'orders_lower_idx',
    'orders_expr_idx',
  ]);
});

it('renames the index of a constraint with its constraint', async () => {
  const { snapshot } = await readForTest('ALTER INDEX customers_pkey RENAME TO customers_key', shop);
  expect(tableIn(snapshot, 'customers').constraints?.[0]?.name).toBe('customers_key');
});

it('refuses to drop the index of a constraint', async () => {
  expect((await readForTest('DROP INDEX customers_pkey', shop)).codes).toEqual(['index-of-constraint']);
});
