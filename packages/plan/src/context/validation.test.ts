import type { Context, Operation } from '@planwright/spec';
import { describe, expect, it } from 'vitest';
import { completeContext } from '../complete-context.js';
import { clock, contextOf, shopChange } from '../fixtures/shop.js';

const queriesOf = async (operations: readonly Operation[], more: Partial<Context> = {}) => {
  const { context } = await completeContext(contextOf({ a: [operations] }, more), { now: clock });
  return { before: context.validation ?? [], after: context.sequence?.migrations.flatMap(({ validation }) => validation ?? []) ?? [] };
};
const sql = (queries: readonly { readonly check?: string; readonly sql: string }[], check: string) =>
  queries.filter((query) => query.check === check).map((query) => query.sql);

describe('validation queries', () => {
  it('are numbered in order, and verify what the migration itself did', async () => {
    const { context } = await completeContext(shopChange(), { now: clock });
    expect(context.validation?.map(({ id, check, expected }) => [id, check, expected])).toEqual([
      ['P1', 'version', '15'],
      ['P2', 'absent', '0'],
      ['P3', 'absent', '0'],
      ['P4', 'count', 'recorded'],
      ['P5', 'activity', '0'],
    ]);
    const after = context.sequence?.migrations[0]?.validation ?? [];
    expect(after.map(({ id, expected }) => [id, expected])).toEqual([
      ['V1', '2'],
      ['V2', '2'],
      ['V3', '0'],
      ['V4', '1'],
      ['V5', 'bigint'],
      ['V6', '1'],
    ]);
    expect(after[5]?.sql).toBe("SELECT count(*) FROM pg_index WHERE indexrelid = 'public.ix_orders_customer_id'::regclass AND indisvalid");
  });

  it('ask whether defaults are as the migration leaves them', async () => {
    const { after } = await queriesOf([
      { type: 'dropDefault', table: 'orders', column: 'note' },
      { type: 'setDefault', table: 'orders', column: 'status', default: "'open'" },
      { type: 'dropDefault', table: 'orders', column: 'status' },
    ]);
    expect(after.map(({ sql, expected }) => [sql, expected])).toEqual([
      [
        "SELECT count(*) FROM pg_attribute WHERE attrelid = 'public.orders'::regclass AND attname IN ('note', 'status') AND atthasdef AND NOT attisdropped",
        '0',
      ],
    ]);
  });

  it('look for orphans by an anti-join that leaves NULL keys out', async () => {
    const { before } = await queriesOf([
      {
        type: 'addConstraint',
        table: 'orders',
        constraint: { type: 'foreignKey', name: 'orders_note_fkey', columns: ['note'], references: { table: 'customers', columns: ['email'] } },
      },
    ]);
    expect(sql(before, 'orphans')).toEqual([
      'SELECT count(*) FROM orders AS c WHERE c.note IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers AS p WHERE p.email = c.note)',
    ]);
  });

  it('find the referenced key where it is not written', async () => {
    const { before } = await queriesOf([
      { type: 'addConstraint', table: 'orders', constraint: { type: 'foreignKey', columns: ['placed_by'], references: { table: 'customers' } } },
    ]);
    expect(sql(before, 'orphans')[0]).toContain('p.id = c.placed_by');
  });

  it('leave NULLs out of duplicates, unless they count as equal', async () => {
    const unique = (nullsNotDistinct: boolean): Operation => ({
      type: 'createIndex',
      table: 'orders',
      index: { name: 'ux', keys: [{ column: 'legacy_ref' }], unique: true, ...(nullsNotDistinct && { nullsNotDistinct }) },
    });
    expect(sql((await queriesOf([unique(false)])).before, 'duplicates')).toEqual([
      'SELECT legacy_ref, count(*) FROM orders WHERE legacy_ref IS NOT NULL GROUP BY legacy_ref HAVING count(*) > 1',
    ]);
    expect(sql((await queriesOf([unique(true)])).before, 'duplicates')).toEqual([
      'SELECT legacy_ref, count(*) FROM orders GROUP BY legacy_ref HAVING count(*) > 1',
    ]);
  });

  it('ask for existing rows by the names from before the change', async () => {
    const { before } = await queriesOf([
      { type: 'renameColumn', table: 'orders', column: 'note', to: 'remark' },
      { type: 'setNotNull', table: 'orders', column: 'remark' },
    ]);
    expect(sql(before, 'nulls')).toEqual(['SELECT count(*) FROM orders WHERE note IS NULL']);
  });

  it('ask nothing of a column that does not exist yet', async () => {
    const { before } = await queriesOf([
      { type: 'addColumn', table: 'orders', column: { name: 'sku', type: 'text' } },
      { type: 'addConstraint', table: 'orders', constraint: { type: 'unique', columns: ['sku'] } },
    ]);
    expect(sql(before, 'duplicates')).toEqual([]);
  });

  it('compare filled columns with their source after a backfill, NULL-safe', async () => {
    const backfill: Operation = { type: 'backfill', table: 'orders', set: { customer_id: 'placed_by' }, key: ['id'], batchSize: 2000 };
    const add: Operation = { type: 'addColumn', table: 'orders', column: { name: 'customer_id', type: 'bigint' } };
    const { before } = await queriesOf([add, backfill]);
    expect(before.find(({ id }) => id === 'B1')).toMatchObject({
      when: 'after backfill',
      migration: '001',
      expected: '0',
      sql: 'SELECT count(*) FROM orders WHERE customer_id IS DISTINCT FROM placed_by',
    });
    const { before: mysql } = await queriesOf([add, backfill], { target: { database: 'mysql' } });
    expect(mysql.find(({ id }) => id === 'B1')?.sql).toBe('SELECT count(*) FROM orders WHERE NOT (customer_id <=> placed_by)');
  });

  it('do not compare with an expression that has another value each time', async () => {
    const { before } = await queriesOf([{ type: 'updateRows', table: 'orders', columns: ['note'], set: { note: 'gen_random_uuid()::text' } }]);
    expect(before.filter(({ when }) => when === 'after backfill')).toEqual([]);
  });

  it('speak the catalogue of the database, bound to its schema', async () => {
    const operation: Operation = { type: 'addColumn', table: 'orders', column: { name: 'Gift Note', type: 'text' } };
    expect((await queriesOf([operation], { target: { database: 'mysql' } })).after[0]?.sql).toBe(
      "SELECT count(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'orders' AND column_name = 'Gift Note'",
    );
    expect((await queriesOf([operation], { target: { database: 'sqlite' } })).after[0]?.sql).toBe(
      "SELECT count(*) FROM pragma_table_info('orders') WHERE name = 'Gift Note'",
    );
    const table: Operation = { type: 'createTable', table: { schema: 'billing', name: 'Invoice', columns: [] } };
    expect((await queriesOf([table])).after[0]?.sql).toBe(
      "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relname = 'Invoice' AND relnamespace = 'billing'::regnamespace",
    );
  });

  it('leave the ids of given queries to them', async () => {
    const given = { id: 'P1', when: 'pre-flight', sql: 'SELECT 1', expected: '1' } as const;
    const { context } = await completeContext(shopChange({ validation: [given] }), { now: clock, lists: 'partial' });
    expect(new Set(context.validation?.map(({ id }) => id)).size).toBe(context.validation?.length);
    expect(context.validation?.find(({ id }) => id === 'P1')).toEqual(given);
  });
});
