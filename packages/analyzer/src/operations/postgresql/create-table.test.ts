import { describe, expect, it } from 'vitest';
import { readForTest, shop, tableIn } from '../../read-for-test.js';

describe('CREATE TABLE', () => {
  it('keeps columns as written: types in short spelling, defaults with their source', async () => {
    const { operations } = await readForTest(`CREATE TABLE invoices (
      number character varying(20) NOT NULL,
      net decimal(10, 2) DEFAULT 0.00 NOT NULL,
      paid_at timestamp(3) with time zone DEFAULT now(), -- UTC
      tags text[] NOT NULL DEFAULT '{}'::text[],
      flag char, gross numeric GENERATED ALWAYS AS (net * 1.19) STORED
    )`);
    expect(operations).toEqual([
      {
        type: 'createTable',
        table: {
          name: 'invoices',
          columns: [
            { name: 'number', type: 'varchar(20)', notNull: true },
            { name: 'net', type: 'numeric(10,2)', notNull: true, default: '0.00' },
            { name: 'paid_at', type: 'timestamptz(3)', default: 'now()' },
            { name: 'tags', type: 'text[]', notNull: true, default: "'{}'::text[]" },
            { name: 'flag', type: 'char(1)' },
            { name: 'gross', type: 'numeric', generated: { expression: 'net * 1.19' } },
          ],
        },
      },
    ]);
  });

  it('names keys, uniques, checks and foreign keys as PostgreSQL does', async () => {
    const { snapshot } = await readForTest(shop);
    expect(tableIn(snapshot, 'customers').constraints?.map(({ name }) => name)).toEqual(['customers_pkey', 'customers_email_key']);
    expect(tableIn(snapshot, 'orders').constraints?.map(({ name }) => name)).toEqual(['orders_total_cents_check', 'orders_pkey', 'orders_placed_by_fkey']);
    expect(tableIn(snapshot, 'order_items').constraints?.map(({ name }) => name)).toEqual([
      'order_items_quantity_check',
      'order_items_pkey',
      'order_items_order_id_fkey',
    ]);
  });

  it('makes a serial column an integer with a sequence of its own', async () => {
    const { snapshot } = await readForTest('CREATE TABLE guests (id serial PRIMARY KEY)');
    expect(tableIn(snapshot, 'guests').columns).toEqual([{ name: 'id', type: 'integer', notNull: true, default: "nextval('guests_id_seq'::regclass)" }]);
    expect(snapshot.sequences).toEqual([{ name: 'guests_id_seq', type: 'integer', ownedBy: 'guests.id' }]);
  });

  it('makes the columns of a primary key NOT NULL and fills in the key that a foreign key references', async () => {
    const { snapshot } = await readForTest(shop);
    expect(tableIn(snapshot, 'order_items').columns.map(({ notNull }) => notNull)).toEqual([true, true, true]);
    expect(tableIn(snapshot, 'orders').constraints?.at(-1)).toMatchObject({ references: { table: 'customers', columns: ['id'] } });
  });

  it('gives a partition the columns, keys and indexes of its parent, under names of its own', async () => {
    const { snapshot } = await readForTest(`
      CREATE TABLE events (id bigint, at date NOT NULL, note text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
      CREATE INDEX ON events (note);
      CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    `);
    const partition = tableIn(snapshot, 'events_2026');
    expect(partition.partitionOf).toEqual({ table: 'events', bounds: "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')" });
    expect(partition.columns.map(({ name }) => name)).toEqual(['id', 'at', 'note']);
    expect(partition.constraints).toEqual([{ type: 'primaryKey', name: 'events_2026_pkey', columns: ['id', 'at'] }]);
    expect(partition.indexes?.map(({ name }) => name)).toEqual(['events_2026_note_idx']);
  });

  it('copies what LIKE asks for', async () => {
    const { snapshot } = await readForTest('CREATE TABLE orders_archive (LIKE orders INCLUDING ALL, archived_at date)', shop);
    const archive = tableIn(snapshot, 'orders_archive');
    expect(archive.columns.map(({ name }) => name)).toEqual(['id', 'placed_by', 'total_cents', 'legacy_ref', 'status', 'archived_at']);
    expect(archive.constraints?.map(({ name }) => name)).toEqual(['orders_total_cents_check', 'orders_archive_pkey']);
    expect(archive.indexes?.map(({ name }) => name)).toEqual(['orders_archive_legacy_ref_idx']);
  });

  it('says that a name is taken, and leaves the first table as it is', async () => {
    const { snapshot, codes } = await readForTest('CREATE TABLE customers (x int); CREATE TABLE IF NOT EXISTS orders (x int)', shop);
    expect(codes).toEqual(['duplicate-table']);
    expect(tableIn(snapshot, 'customers').columns).toHaveLength(3);
  });
});
