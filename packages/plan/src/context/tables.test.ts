import type { Operation } from '@planwright/spec';
import { describe, expect, it } from 'vitest';
import { completeContext } from '../complete-context.js';
import { clock, contextOf, shopChange } from '../fixtures/shop.js';

const tablesOf = async (operations: readonly Operation[], more = {}) =>
  (await completeContext(contextOf({ a: [operations] }, more), { now: clock })).context.tables;

describe('the tables of a plan', () => {
  it('names new tables with their relationships, rows and the index that a foreign key lacks', async () => {
    const { context } = await completeContext(shopChange(), { now: clock });
    const [currencies, refunds] = context.tables?.created ?? [];
    expect(currencies).toMatchObject({ table: { name: 'currencies' }, firstRows: '2 rows', migration: '001' });
    expect(currencies?.relationships).toBeUndefined();
    expect(refunds?.relationships).toEqual([
      { columns: ['order_id'], references: { table: 'orders', columns: ['id'] }, onDelete: 'restrict', name: 'order_refunds_order_id_fkey', indexed: false },
    ]);
    expect(refunds?.table.indexes).toEqual([
      { name: 'ix_order_refunds_order_id', keys: [{ column: 'order_id' }], rationale: 'foreign key lookup', proposed: true },
    ]);
    expect(context.questions?.find(({ id }) => id === 'Q-index-order-refunds-order-id')?.question).toBe(
      'Should order_refunds.order_id get an index? The change makes none, so deleting a row of orders, or finding the rows that refer to it, scans order_refunds; while the table is empty an index costs nothing.',
    );
  });

  it('names a proposed index by the pattern of the project', async () => {
    const { context } = await completeContext(shopChange({ project: { conventions: { indexName: 'idx_{table}_{column}' } } }), { now: clock });
    expect(context.tables?.created?.[1]?.table.indexes?.[0]?.name).toBe('idx_order_refunds_order_id');
  });

  it('shows a modified table with from, to, breaking and what its rows look like afterwards', async () => {
    const { context } = await completeContext(shopChange(), { now: clock });
    const [orders] = context.tables?.modified ?? [];
    expect(orders?.risk).toBe('high');
    expect(orders?.columns?.map(({ change, column, from, to, breaking }) => [change, column, from, to, breaking])).toEqual([
      ['ADD', 'currency_code', undefined, "char(3) NOT NULL DEFAULT 'EUR' REFERENCES currencies (code)", false],
      ['MODIFY', 'total_cents', 'integer NOT NULL', 'bigint NOT NULL', true],
      ['RENAME', 'placed_by', 'placed_by', 'customer_id', true],
      ['DROP', 'legacy_ref', 'varchar(40)', undefined, true],
    ]);
    expect(orders?.indexes).toEqual([
      { change: 'ADD', name: 'ix_orders_customer_id', index: { name: 'ix_orders_customer_id', keys: [{ column: 'customer_id' }] } },
    ]);
    expect(orders?.impact).toEqual([
      "Existing rows read 'EUR' in orders.currency_code.",
      'Adding orders_currency_code_fkey fails when a row of orders has a (currency_code) that currencies lacks.',
      'Values of orders.total_cents stay as they are; bigint holds them all.',
      'orders.customer_id holds what placed_by held.',
      'All values of orders.legacy_ref are lost.',
    ]);
  });

  it('makes one row of several alterations of a column', async () => {
    const tables = await tablesOf([
      { type: 'setDefault', table: 'orders', column: 'note', default: "''" },
      { type: 'setNotNull', table: 'orders', column: 'note' },
    ]);
    expect(tables?.modified?.[0]?.columns).toMatchObject([{ change: 'MODIFY', column: 'note', from: 'text', to: "text NOT NULL DEFAULT ''", breaking: true }]);
  });

  it('asks whether a drop and an addition of the same type are a rename', async () => {
    const operations: Operation[] = [
      { type: 'dropColumn', table: 'orders', column: 'legacy_ref' },
      { type: 'addColumn', table: 'orders', column: { name: 'external_ref', type: 'varchar(40)' } },
    ];
    const { context } = await completeContext(contextOf({ a: [operations] }), { now: clock });
    expect(context.tables?.modified?.[0]?.columns?.find(({ change }) => change === 'ADD')?.possibleRenameOf).toBe('legacy_ref');
    expect(context.questions?.map(({ id }) => id)).toContain('Q-rename-orders-external-ref');
  });

  it('says that all rows of a dropped table are lost, and lists it only as dropped', async () => {
    const tables = await tablesOf([{ type: 'dropTable', table: 'customers', cascade: true }]);
    expect(tables?.modified).toEqual([]);
    expect(tables?.dropped).toMatchObject([
      { table: { name: 'customers' }, reason: 'Every statement that names customers fails with 42P01. All rows of customers are lost.' },
    ]);
  });

  it('keeps what a person says of a new table', async () => {
    const given = { created: [{ table: { name: 'currencies', purpose: 'The currencies an order may use.', columns: [] }, model: 'Currency' }] };
    const { context } = await completeContext(shopChange({ tables: given }), { now: clock, lists: 'partial' });
    expect(context.tables?.created?.[0]).toMatchObject({ table: { purpose: 'The currencies an order may use.' }, model: 'Currency', firstRows: '2 rows' });
    expect(context.tables?.created?.[1]?.table.name).toBe('order_refunds');
  });
});
