import { readHistory } from '@planwright/analyzer';
import { readSnapshot } from '@planwright/rehearsal';
import type { Snapshot } from '@planwright/spec';
import { type Down, downStatements } from '@planwright/sql';
import { loadPostgresql } from '@planwright/sql/postgresql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differences } from './differences.js';
import { startEngine } from './engine-for-test.js';

const base = `
CREATE TYPE order_status AS ENUM ('open', 'paid', 'closed');
CREATE DOMAIN email AS text CHECK (value LIKE '%@%');
CREATE TYPE money_amount AS (cents bigint, currency char(3));
CREATE SEQUENCE invoice_no START 1000 INCREMENT 10;
CREATE FUNCTION tick() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE FUNCTION net(gross numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT gross / 1.19';
CREATE TABLE customers (id serial PRIMARY KEY, email email NOT NULL UNIQUE, name varchar(80) NOT NULL DEFAULT 'guest', parent integer REFERENCES customers (id));
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  status order_status NOT NULL DEFAULT 'open',
  total integer NOT NULL DEFAULT 0 CONSTRAINT total_positive CHECK (total >= 0),
  doubled integer GENERATED ALWAYS AS (total * 2) STORED,
  legacy_ref varchar(40),
  note text COLLATE "C" DEFAULT 'none' || '!',
  placed_at timestamptz NOT NULL DEFAULT (now() AT TIME ZONE 'utc'),
  CONSTRAINT ref_unique UNIQUE (legacy_ref) DEFERRABLE INITIALLY DEFERRED
) WITH (fillfactor = 80);
COMMENT ON TABLE orders IS 'What was ordered';
COMMENT ON COLUMN orders.note IS 'The customer''s words';
CREATE INDEX ix_open ON orders (customer_id, placed_at DESC) INCLUDE (total) WHERE status = 'open';
CREATE INDEX ix_note ON orders (lower(note), (total + 1));
CREATE UNIQUE INDEX ux_ref ON orders (legacy_ref);
CREATE UNIQUE INDEX ux_name ON customers (id, parent) NULLS NOT DISTINCT;
CREATE TABLE order_items (order_id bigint REFERENCES orders (id), place integer, PRIMARY KEY (order_id, place));
CREATE TRIGGER orders_tick BEFORE UPDATE OF status ON orders FOR EACH ROW WHEN (old.status <> new.status) EXECUTE FUNCTION tick();
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY open_only ON orders AS RESTRICTIVE FOR SELECT USING (status = 'open');
CREATE VIEW open_orders AS SELECT id, total FROM orders WHERE status = 'open';
CREATE VIEW large_orders AS SELECT id FROM open_orders WHERE total > 100;
CREATE MATERIALIZED VIEW order_totals AS SELECT customer_id, sum(total) AS total FROM order_items JOIN orders ON id = order_id GROUP BY customer_id;
CREATE UNIQUE INDEX ux_totals ON order_totals (customer_id);
CREATE TABLE events (at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX ix_events ON events (kind);
`;

const rows = [
  "INSERT INTO customers (email) VALUES ('ada@example.org'), ('bo@example.org')",
  "INSERT INTO orders (customer_id, total, legacy_ref) VALUES (1, 5, 'a'), (2, 7, 'b')",
  'INSERT INTO order_items VALUES (1, 1)',
  "INSERT INTO events VALUES ('2026-05-01', 'visit')",
];

const started = await startEngine();
afterAll(async () => {
  if ('engine' in started) await started.engine.close();
});

const postgresql = await loadPostgresql();

/** The way back of a migration, statement by statement from its last, as the analyzer reads it after the base. */
async function downOf(up: string): Promise<readonly Down[]> {
  const files = [
    { path: 'migrations/0001_base.sql', text: base },
    { path: 'migrations/0002_change.sql', text: up },
  ];
  const history = await readHistory({ files, dialect: postgresql });
  if (!('migrations' in history)) throw new Error(history.issues[0]?.message);
  const [, change] = history.migrations;
  if (change?.statements.length !== 1) throw new Error('One statement is wanted.');
  const { before, after, statements } = change;
  return statements.map(({ operations, sql }) => downStatements({ database: 'postgresql', before, after, operations, sql }));
}

/** Order of columns aside, which no way back restores without writing the table anew. */
function inOrder(snapshot: Snapshot): Snapshot {
  return { ...snapshot, tables: snapshot.tables.map((table) => ({ ...table, columns: [...table.columns].sort((a, b) => (a.name < b.name ? -1 : 1)) })) };
}

if ('reason' in started) {
  console.warn(`No way back is tried: ${started.reason}`);
  it.skip('brings the catalogue back', () => {});
} else {
  const { engine } = started;
  let before: Snapshot;
  beforeAll(async () => {
    for (const statement of [...postgresql.split(base).pieces.map(({ sql }) => sql), ...rows])
      expect((await engine.run(statement)).error, statement).toBeUndefined();
    before = await readSnapshot(engine);
  });

  /** Runs the statements in a transaction that is rolled back, and reads the catalogue at the end. */
  const after = async (statements: readonly string[]): Promise<Snapshot> => {
    await engine.query('BEGIN');
    try {
      for (const statement of statements) expect((await engine.run(statement)).error, statement).toBeUndefined();
      return await readSnapshot(engine);
    } finally {
      await engine.query('ROLLBACK');
    }
  };

  describe('the way back on filled tables', () => {
    it.each([
      ['ALTER TABLE orders DROP COLUMN legacy_ref', 'irreversible'],
      ['ALTER TABLE orders DROP COLUMN note', 'irreversible'],
      ['ALTER TABLE orders DROP COLUMN doubled', 'reversible'],
      ['DROP TABLE order_items CASCADE', 'irreversible'],
      ['DROP TABLE orders, order_items CASCADE', 'irreversible'],
      ['DROP TABLE events', 'irreversible'],
      ["ALTER TABLE orders ADD COLUMN region text UNIQUE CHECK (region <> '')", 'lossy'],
      ['CREATE TABLE refunds (id serial PRIMARY KEY, order_id bigint REFERENCES orders (id), parent integer REFERENCES refunds (id))', 'lossy'],
      ['ALTER TABLE orders RENAME COLUMN customer_id TO buyer_id', 'reversible'],
      ['ALTER TABLE orders RENAME TO purchases', 'reversible'],
      ['ALTER TABLE orders RENAME CONSTRAINT total_positive TO total_not_negative', 'reversible'],
      ['ALTER INDEX ix_note RENAME TO ix_orders_note', 'reversible'],
      ['ALTER TYPE order_status RENAME TO purchase_status', 'reversible'],
      ["ALTER TYPE order_status RENAME VALUE 'paid' TO 'settled'", 'reversible'],
      ["ALTER TYPE order_status ADD VALUE 'refunded' AFTER 'paid'", 'reversible'],
      ['ALTER TABLE customers ALTER COLUMN parent TYPE bigint', 'reversible'],
      ['ALTER TABLE order_items ALTER COLUMN place TYPE text', 'lossy'],
      ['ALTER TABLE customers ALTER COLUMN name TYPE varchar(200)', 'reversible'],
      ['ALTER TABLE customers ALTER COLUMN name DROP NOT NULL, ALTER COLUMN name DROP DEFAULT', 'reversible'],
      ["ALTER TABLE orders ALTER COLUMN legacy_ref SET DEFAULT '-', ALTER COLUMN note SET NOT NULL", 'reversible'],
      ['ALTER TABLE orders DROP CONSTRAINT total_positive', 'reversible'],
      ['ALTER TABLE orders DROP CONSTRAINT ref_unique', 'reversible'],
      ['ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE', 'reversible'],
      ['ALTER TABLE orders ADD CONSTRAINT small CHECK (total < 1000) NOT VALID', 'reversible'],
      ['DROP INDEX ix_open, ix_note', 'reversible'],
      ['DROP INDEX ux_ref', 'reversible'],
      ['DROP TRIGGER orders_tick ON orders', 'reversible'],
      ['ALTER TABLE orders DISABLE TRIGGER orders_tick', 'reversible'],
      ['DROP POLICY open_only ON orders', 'reversible'],
      ['ALTER TABLE orders FORCE ROW LEVEL SECURITY', 'reversible'],
      ['DROP VIEW large_orders', 'reversible'],
      ['DROP VIEW open_orders CASCADE', 'reversible'],
      ["CREATE OR REPLACE VIEW open_orders AS SELECT id, total, note FROM orders WHERE status = 'open'", 'reversible'],
      ['DROP MATERIALIZED VIEW order_totals', 'reversible'],
      ["CREATE OR REPLACE FUNCTION tick() RETURNS trigger LANGUAGE plpgsql AS 'begin return null; end'", 'reversible'],
      ['DROP FUNCTION net(numeric)', 'reversible'],
      ['DROP FUNCTION tick CASCADE', 'reversible'],
      ['DROP SEQUENCE invoice_no', 'lossy'],
      ['DROP TYPE money_amount', 'reversible'],
      ['ALTER TYPE money_amount ADD ATTRIBUTE note text', 'reversible'],
      ['CREATE DOMAIN zip AS text', 'reversible'],
      ["ALTER DOMAIN email SET DEFAULT 'a@b'", 'reversible'],
      ['ALTER TABLE events DETACH PARTITION events_2026', 'reversible'],
      ["CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')", 'lossy'],
      ['CREATE SCHEMA billing', 'reversible'],
      ["COMMENT ON COLUMN orders.note IS 'Remark'", 'reversible'],
      ['COMMENT ON TABLE orders IS NULL', 'reversible'],
      ['ALTER TABLE orders SET (fillfactor = 60, autovacuum_enabled = false)', 'reversible'],
      ['ALTER TABLE orders ALTER COLUMN id SET GENERATED BY DEFAULT', 'reversible'],
      ['ALTER TABLE orders ALTER COLUMN id DROP IDENTITY', 'lossy'],
      ['ALTER TABLE orders ALTER COLUMN doubled DROP EXPRESSION', undefined],
      ["INSERT INTO customers (id, email) VALUES (90, 'cy@example.org'), (91, 'di@example.org')", 'reversible'],
    ])('of %s', async (up, kind) => {
      const [down] = await downOf(up);
      expect(down?.statements, down?.reversibility.reason).toBeDefined();
      const seen = await after([up, ...(down?.statements ?? [])]);
      const { differences: found, names } = differences(inOrder(seen), inOrder(before));
      expect({ found: found.filter((line) => !/, columns: predicted/.test(line)), names }, down?.statements?.join(';\n')).toEqual({ found: [], names: [] });
      if (kind !== undefined) expect(down?.reversibility.kind).toBe(kind);
    });

    it('waits for the archive before a column without default refuses NULL again', async () => {
      const [down] = await downOf('ALTER TABLE orders DROP COLUMN customer_id');
      expect(down).toMatchObject({
        statements: [
          'ALTER TABLE orders ADD COLUMN customer_id integer',
          'ALTER TABLE orders ALTER COLUMN customer_id SET NOT NULL',
          expect.stringMatching(/^CREATE INDEX ix_open/),
          'ALTER TABLE orders ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE',
        ],
        reversibility: {
          kind: 'irreversible',
          reason: 'the values of orders.customer_id are gone',
          backup: 'an archive of orders.customer_id',
          condition: 'once every row of orders has a value in customer_id again',
          query: 'SELECT count(*) FROM orders WHERE customer_id IS NULL',
        },
      });
      const [add = '', ...rest] = down?.statements ?? [];
      const dropped = ['DROP MATERIALIZED VIEW order_totals', 'ALTER TABLE orders DROP COLUMN customer_id'];
      const seen = await after([...dropped, add, 'UPDATE orders SET customer_id = 1', 'SET CONSTRAINTS ALL IMMEDIATE', ...rest]);
      const lines = differences(inOrder(seen), inOrder(before)).differences.filter((line) => !/order_totals|, columns: predicted/.test(line));
      expect(lines).toEqual([]);
    });

    it('brings a foreign key back once the rows that it points at are there again', async () => {
      const [down] = await downOf('DROP TABLE customers CASCADE');
      expect(down?.reversibility).toMatchObject({
        reason: 'the rows of customers are gone',
        condition: 'once customers has the rows again that orders refers to',
      });
      expect(down?.statements?.at(-2)).toMatch(/^ALTER TABLE orders ADD CONSTRAINT orders_customer_id_fkey/);
    });

    it('says which rows stand in its way, with a query that runs', async () => {
      const ups = [
        'ALTER TABLE customers ALTER COLUMN parent TYPE bigint',
        'ALTER TABLE customers ALTER COLUMN name TYPE varchar(200)',
        'ALTER TABLE customers ALTER COLUMN name DROP NOT NULL',
        "ALTER TYPE order_status ADD VALUE 'refunded'",
        'ALTER TABLE orders DROP CONSTRAINT total_positive',
        'ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey',
        'DROP INDEX ux_ref',
      ];
      const answers = await Promise.all(ups.map(downOf));
      const conditions = answers.map(([down]) => down?.reversibility.condition);
      expect(conditions).toEqual([
        'while every value of customers.parent fits integer',
        'while every value of customers.name has at most 80 characters',
        'while no row holds NULL in customers.name',
        "while no row holds 'refunded' in orders.status",
        'while every row of orders keeps total_positive',
        'while every row of orders keeps orders_customer_id_fkey',
        'while no two rows of orders have the same key of ux_ref',
      ]);
      for (const [down] of answers) expect(await engine.query(down?.reversibility.query ?? '')).toEqual([{ count: 0 }]);
    });

    it.each([
      ["UPDATE orders SET note = 'x'", 'what stood in orders.note before is gone'],
      ['DELETE FROM order_items', 'the deleted rows of order_items are gone'],
      ['INSERT INTO orders (customer_id) VALUES (1)', 'the rows inserted into orders have no mark by which they could be taken out'],
      ['GRANT SELECT ON orders TO PUBLIC', 'the privileges on TABLE orders before are not known'],
    ])('owns up to having none: %s', async (up, reason) => {
      const [down] = await downOf(up);
      expect([down?.statements, down?.reversibility.kind]).toEqual([undefined, 'irreversible']);
      expect(down?.reversibility.reason?.toLowerCase()).toBe(reason.toLowerCase());
    });

    it('mirrors CONCURRENTLY and runs outside a transaction then', async () => {
      const [dropped] = await downOf('DROP INDEX CONCURRENTLY ix_note');
      const [made] = await downOf('CREATE INDEX CONCURRENTLY ix_ref ON orders (legacy_ref)');
      expect([dropped?.statements, dropped?.reversibility.transaction]).toEqual([
        ['CREATE INDEX CONCURRENTLY ix_note ON orders (lower(note), (total + 1))'],
        'none',
      ]);
      expect([made?.statements, made?.reversibility.transaction]).toEqual([['DROP INDEX CONCURRENTLY ix_ref'], 'none']);
    });
  });
}
