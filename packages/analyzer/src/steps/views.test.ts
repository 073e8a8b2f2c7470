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
    expect(kept).toContain(
      'Stays as written: the view `totals` reads it, and PostgreSQL refuses to change the type under it (0A000). Drop it before and make it again after, in the same migration.',
    );
  });
});

describe('a type change under views that step aside stays as written', () => {
  const change = (made: string, after = '') => `DROP VIEW totals; ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint; ${made}; ${after}`;
  const totals = 'CREATE VIEW totals AS SELECT total_cents FROM orders';

  it('where one of them is materialized, and says how to go about that by hand', async () => {
    const materialized = totals.replace('VIEW', 'MATERIALIZED VIEW');
    const kept = await keptOf(`${materialized};`, change(materialized).replace('VIEW', 'MATERIALIZED VIEW'));
    expect(kept[0]).toMatch(/the materialized view `totals` reads the column, .* By hand: a second one on the new column/);
  });

  it('where a later statement needs one of them before the switch', async () => {
    const kept = await keptOf(`${totals};`, change(totals, 'INSERT INTO orders (id, total_cents) SELECT 1, total_cents FROM totals'));
    expect(kept).toContain('Stays as written: a later statement needs the view `totals`, which waits for the release.');
  });

  it('not where it is only dropped: it goes in the switch, once nobody names it', async () => {
    const { sequence } = await safeWayOf(`${orders} ${totals};`, change('SELECT 1'));
    const texts = sequence.migrations.map(({ statements }) => statements.map(({ sql }) => sql));
    const at = texts.findIndex((each) => each.includes('DROP VIEW totals'));
    expect(texts[at]).toContain('ALTER TABLE orders RENAME COLUMN total_cents_new TO total_cents');
    expect(sequence.gates?.[0]?.demand).toContain('does without `totals`');
  });
});

describe('a view that is made again', () => {
  const open = 'CREATE VIEW open_orders AS SELECT id FROM orders WHERE NOT closed;';
  const again = "CREATE VIEW open_orders AS SELECT id FROM orders WHERE state <> 'closed'";
  const textsOf = async (before: string, change: string) => {
    const { sequence } = await safeWayOf(`CREATE TABLE orders (id bigint PRIMARY KEY, closed boolean NOT NULL DEFAULT false, state text); ${before}`, change);
    return sequence.migrations.map(({ statements }) => statements.flatMap(({ sql }) => (sql?.startsWith('SET LOCAL') ? [] : (sql ?? []))));
  };

  it('steps aside before the column goes that would take it, with the views on it and what is granted', async () => {
    const texts = await textsOf(
      `${open} CREATE VIEW all_open AS SELECT id FROM open_orders;`,
      `ALTER TABLE orders DROP COLUMN closed CASCADE; ${again}; CREATE VIEW all_open AS SELECT id FROM open_orders; GRANT SELECT ON all_open TO PUBLIC`,
    );
    expect(texts).toEqual([
      ['DROP VIEW all_open', 'DROP VIEW open_orders', again, 'CREATE VIEW all_open AS SELECT id FROM open_orders', 'GRANT SELECT ON all_open TO PUBLIC'],
      ['ALTER TABLE orders DROP COLUMN closed'],
    ]);
  });

  it('is missed by releases where it does not come again, and the gate says so', async () => {
    const { sequence } = await safeWayOf(
      `CREATE TABLE orders (id bigint PRIMARY KEY, closed boolean NOT NULL DEFAULT false); ${open}`,
      'ALTER TABLE orders DROP COLUMN closed CASCADE',
    );
    expect(sequence.gates?.[0]?.demand).toBe('does without `orders.closed` and what goes with it: `open_orders`');
  });

  it('comes before whoever takes away what it read, and whoever asks what depends on what is told so', async () => {
    const { sequence } = await safeWayOf(
      `CREATE TABLE orders (id bigint PRIMARY KEY, closed boolean NOT NULL DEFAULT false, state text); ${open}`,
      `ALTER TABLE orders DROP COLUMN closed CASCADE; ${again}`,
    );
    expect(sequence.migrations.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['001', []],
      ['002', ['001']],
    ]);
  });

  it('goes and comes behind the batches that fill what it reads then', async () => {
    const texts = await textsOf(
      open,
      `DROP VIEW open_orders; UPDATE orders SET state = 'closed' WHERE closed; ALTER TABLE orders DROP COLUMN closed; ${again}; GRANT SELECT ON open_orders TO PUBLIC`,
    );
    const batches = texts.findIndex((each) => each.some((sql) => sql.startsWith('CALL ')));
    const views = texts.findIndex((each) => each.includes('DROP VIEW open_orders'));
    expect(batches).toBeGreaterThanOrEqual(0);
    expect(views).toBeGreaterThan(batches);
    expect(texts[views]).toEqual(['DROP VIEW open_orders', again, 'GRANT SELECT ON open_orders TO PUBLIC']);
  });

  it('goes and comes behind the gate where what it shows is filled there, with the views on it and what is granted', async () => {
    const texts = await textsOf(
      'CREATE VIEW seen AS SELECT id FROM orders; CREATE VIEW all_seen AS SELECT id FROM seen;',
      `ALTER TABLE orders ADD COLUMN phone text; UPDATE orders SET phone = '' WHERE phone IS NULL; ALTER TABLE orders ALTER COLUMN phone SET NOT NULL;
       DROP VIEW all_seen; DROP VIEW seen; CREATE VIEW seen AS SELECT id, phone FROM orders; CREATE VIEW all_seen AS SELECT id FROM seen; GRANT SELECT ON seen TO PUBLIC`,
    );
    const at = texts.findIndex((each) => each.includes('DROP VIEW seen'));
    expect(texts[at]).toEqual([
      'DROP VIEW all_seen',
      'DROP VIEW seen',
      'CREATE VIEW seen AS SELECT id, phone FROM orders',
      'CREATE VIEW all_seen AS SELECT id FROM seen',
      'GRANT SELECT ON seen TO PUBLIC',
    ]);
    expect(texts.findIndex(([first]) => first?.startsWith('CALL backfill_orders'))).toBeLessThan(at);
  });
});
