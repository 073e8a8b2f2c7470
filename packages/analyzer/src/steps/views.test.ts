import { describe, expect, it } from 'vitest';
import { safeWayOf } from './safe-way-for-test.js';

const orders = 'CREATE TABLE orders (id bigint PRIMARY KEY, placed_by bigint, total_cents integer);';

async function keptOf(before: string, change: string) {
  const { migrations } = await safeWayOf(`${orders} ${before}`, change);
  return migrations.flatMap(({ statements }) => statements.flatMap(({ statement }) => statement.findings?.flatMap(({ kept }) => kept ?? []) ?? []));
}

describe('a column that views read stays as written', () => {
  it('where a materialized view reads it, and says how to go about that by hand', async () => {
    const [kept] = await keptOf(
      'CREATE MATERIALIZED VIEW sums AS SELECT placed_by, sum(total_cents) AS total FROM orders GROUP BY placed_by;',
      'ALTER TABLE orders RENAME COLUMN placed_by TO customer_id',
    );
    expect(kept).toMatch(/^Stays as written: the materialized view `sums` reads the column, .*By hand: a second materialized view on `customer_id`/);
  });

  it('where the text of a view does not tell what it reads', async () => {
    const [kept] = await keptOf(
      'CREATE TABLE buyers (id bigint); CREATE VIEW pairs AS SELECT o.*, b.id AS buyer FROM orders o JOIN buyers b ON o.placed_by = b.id;',
      'ALTER TABLE orders RENAME COLUMN placed_by TO customer_id',
    );
    expect(kept).toBe('Stays as written: the text of the view `pairs` does not tell which of its names are `orders.placed_by`.');
  });

  it('where its type changes under a view, which PostgreSQL refuses', async () => {
    const [kept] = await keptOf('CREATE VIEW totals AS SELECT total_cents FROM orders;', 'ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint');
    expect(kept).toBe(
      'Stays as written: the view `totals` reads it, and PostgreSQL refuses to change the type under it (0A000). Drop it before and make it again after, in the same migration.',
    );
  });
});
