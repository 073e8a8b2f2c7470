import { describe, expect, it } from 'vitest';
import { readForTest, shop, tableIn } from '../../read-for-test.js';

describe('ALTER TABLE', () => {
  it('makes a column with REFERENCES two operations: the column and its foreign key', async () => {
    const { operations, snapshot } = await readForTest(
      'ALTER TABLE orders ADD COLUMN gift_for bigint DEFAULT 1 REFERENCES customers (id) ON DELETE SET NULL',
      shop,
    );
    expect(operations.map(({ type }) => type)).toEqual(['addColumn', 'addConstraint']);
    expect(tableIn(snapshot, 'orders').constraints?.at(-1)).toEqual({
      type: 'foreignKey',
      name: 'orders_gift_for_fkey',
      columns: ['gift_for'],
      references: { table: 'customers', columns: ['id'] },
      onDelete: 'set null',
    });
  });

  it('knows the type before a change of type', async () => {
    const { operations } = await readForTest('ALTER TABLE orders ALTER total_cents TYPE bigint USING total_cents::bigint, ALTER status DROP DEFAULT', shop);
    expect(operations).toEqual([
      { type: 'dropDefault', table: 'orders', column: 'status' },
      { type: 'alterColumnType', table: 'orders', column: 'total_cents', from: 'integer', to: 'bigint', using: 'total_cents::bigint' },
    ]);
  });

  it('drops with a column its indexes, checks and keys, and the keys of other tables that rest on it', async () => {
    const { snapshot } = await readForTest('ALTER TABLE orders DROP COLUMN legacy_ref, DROP COLUMN total_cents, DROP COLUMN id CASCADE', shop);
    expect(tableIn(snapshot, 'orders').indexes).toEqual([]);
    expect(tableIn(snapshot, 'orders').constraints?.map(({ name }) => name)).toEqual(['orders_placed_by_fkey']);
    expect(tableIn(snapshot, 'order_items').constraints?.map(({ name }) => name)).toEqual(['order_items_quantity_check', 'order_items_pkey']);
  });

  it('renames a column wherever it is named; constraints keep their names', async () => {
    const { snapshot } = await readForTest(
      'ALTER TABLE orders RENAME legacy_ref TO old_ref; ALTER TABLE orders RENAME total_cents TO "Total"; ALTER TABLE customers RENAME id TO customer_id',
      shop,
    );
    const orders = tableIn(snapshot, 'orders');
    expect(orders.indexes).toEqual([{ name: 'ix_orders_legacy', keys: [{ column: 'old_ref' }], where: 'old_ref IS NOT NULL' }]);
    expect(orders.constraints?.[0]).toEqual({ type: 'check', name: 'orders_total_cents_check', expression: '"Total" >= 0', columns: ['Total'] });
    expect(orders.constraints?.[2]).toMatchObject({ references: { table: 'customers', columns: ['customer_id'] } });
  });

  it('renames a table: foreign keys to it follow, the names of its own objects stay', async () => {
    const { snapshot } = await readForTest('ALTER TABLE customers RENAME TO buyers', shop);
    expect(tableIn(snapshot, 'orders').constraints?.[2]).toMatchObject({ references: { table: 'buyers' } });
    expect(tableIn(snapshot, 'buyers').constraints?.[0]?.name).toBe('customers_pkey');
    expect(snapshot.sequences?.[0]).toEqual({ name: 'customers_id_seq', ownedBy: 'buyers.id' });
  });

  it('makes a constraint of an index', async () => {
    const { snapshot } = await readForTest('CREATE UNIQUE INDEX once ON customers (nickname); ALTER TABLE customers ADD UNIQUE USING INDEX once', shop);
    expect(tableIn(snapshot, 'customers').indexes).toEqual([]);
    expect(tableIn(snapshot, 'customers').constraints?.at(-1)).toEqual({ type: 'unique', name: 'once', columns: ['nickname'] });
  });

  it('says what is missing instead of throwing', async () => {
    const { codes } = await readForTest(
      'ALTER TABLE invoices ADD x int; ALTER TABLE orders DROP nothing; ALTER TABLE orders DROP IF EXISTS nothing; ALTER TABLE IF EXISTS orders DROP CONSTRAINT nothing',
      shop,
    );
    expect(codes).toEqual(['unknown-table', 'unknown-column']);
  });
});
