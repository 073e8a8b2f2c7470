import { describe, expect, it } from 'vitest';
import { findForTest } from './find-for-test.js';

const shop = `
CREATE TYPE order_status AS ENUM ('open', 'paid');
CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint REFERENCES customers,
  status order_status NOT NULL DEFAULT 'open',
  note text
);
CREATE TABLE events (id bigint NOT NULL, created_at date NOT NULL) PARTITION BY RANGE (created_at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 (id bigint NOT NULL, created_at date NOT NULL,
  CONSTRAINT bounds CHECK (created_at IS NOT NULL AND created_at >= DATE '2026-01-01' AND created_at < DATE '2027-01-01'));
CREATE VIEW open_orders AS SELECT id, status FROM orders WHERE status = 'open';
CREATE MATERIALIZED VIEW order_counts AS SELECT customer_id, count(*) AS orders FROM orders GROUP BY 1;
CREATE UNIQUE INDEX order_counts_customer ON order_counts (customer_id);
CREATE FUNCTION orders_touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := 'touched'; RETURN NEW; END $$;
CREATE FUNCTION order_total(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE DOMAIN email_address AS text;
CREATE TABLE accounts (id bigint PRIMARY KEY, owner text);
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
CREATE POLICY accounts_owner ON accounts USING (owner = current_user);
CREATE SEQUENCE invoice_numbers;
`;

/** Each is harmless as it stands, run by itself in a transaction of its own. */
const harmless = [
  // Tables
  'CREATE TABLE refunds (id bigint PRIMARY KEY, amount bigint)',
  'CREATE TABLE refunds (id bigint PRIMARY KEY, order_id bigint REFERENCES orders)',
  'CREATE TABLE IF NOT EXISTS orders (id bigint)',
  'CREATE UNLOGGED TABLE import_rows (line text)',
  'CREATE TEMPORARY TABLE chosen (id bigint)',
  'DROP TABLE IF EXISTS never_there',
  'CREATE TABLE copies AS SELECT * FROM orders WITH NO DATA',
  'CREATE TABLE refunds (LIKE orders INCLUDING ALL)',
  'CREATE SCHEMA billing',
  'DROP SCHEMA IF EXISTS never_there CASCADE',
  'ALTER TABLE IF EXISTS never_there RENAME TO elsewhere',
  // Options that are facts, not dangers
  'ALTER TABLE orders SET (fillfactor = 80)',
  'ALTER TABLE orders SET (autovacuum_vacuum_scale_factor = 0.02)',
  'ALTER TABLE orders RESET (fillfactor)',
  'ALTER TABLE orders ALTER COLUMN note SET STATISTICS 500',
  'ALTER TABLE orders ALTER COLUMN note SET STORAGE EXTERNAL',
  'ALTER TABLE orders REPLICA IDENTITY FULL',
  'ALTER TABLE orders CLUSTER ON orders_pkey',
  'ALTER TABLE orders SET LOGGED',
  'CREATE STATISTICS orders_stats ON customer_id, status FROM orders',
  "COMMENT ON TABLE orders IS 'Orders of the shop.'",
  "COMMENT ON COLUMN orders.note IS 'DROP TABLE orders'",
  'ALTER TABLE orders OWNER TO CURRENT_USER',
  // Columns and constraints that the rules of this folder must leave alone
  'ALTER TABLE orders ADD COLUMN currency text',
  "ALTER TABLE orders ADD COLUMN currency text NOT NULL DEFAULT 'EUR'",
  'ALTER TABLE orders ADD COLUMN placed_at timestamptz DEFAULT now()',
  "ALTER TABLE orders ALTER COLUMN note SET DEFAULT ''",
  'ALTER TABLE orders ADD CONSTRAINT note_short CHECK (length(note) < 80) NOT VALID',
  // Partitions
  "CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')",
  "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
  'ALTER TABLE events_2025 SET (fillfactor = 90)',
  // Views
  'CREATE VIEW paid_orders AS SELECT id FROM orders',
  "CREATE OR REPLACE VIEW open_orders AS SELECT id, status, note FROM orders WHERE status = 'open'",
  'DROP VIEW IF EXISTS never_there',
  'REFRESH MATERIALIZED VIEW CONCURRENTLY order_counts',
  'CREATE MATERIALIZED VIEW order_ids AS SELECT id FROM orders',
  'DROP MATERIALIZED VIEW IF EXISTS never_there',
  // Triggers and policies
  'CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_touch()',
  'DROP TRIGGER IF EXISTS never_there ON orders',
  'ALTER TABLE orders ENABLE TRIGGER ALL',
  'CREATE POLICY accounts_read ON accounts FOR SELECT USING (true)',
  'CREATE POLICY orders_owner ON orders AS RESTRICTIVE USING (false)',
  'DROP POLICY IF EXISTS never_there ON accounts',
  'ALTER TABLE accounts ENABLE ROW LEVEL SECURITY',
  'ALTER TABLE accounts FORCE ROW LEVEL SECURITY',
  'ALTER POLICY accounts_owner ON accounts RENAME TO owners',
  // Types, domains, functions
  "CREATE TYPE refund_state AS ENUM ('asked', 'paid')",
  "ALTER TYPE order_status ADD VALUE 'refunded'",
  "ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'refunded' AFTER 'paid'",
  'DROP TYPE IF EXISTS never_there',
  "ALTER DOMAIN email_address ADD CONSTRAINT at CHECK (VALUE LIKE '%@%') NOT VALID",
  'ALTER DOMAIN email_address SET DEFAULT $$$$',
  'CREATE DOMAIN positive AS integer CHECK (VALUE > 0)',
  "CREATE OR REPLACE FUNCTION order_total(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 2::bigint'",
  "CREATE FUNCTION order_total(bigint, text) RETURNS bigint LANGUAGE sql AS 'SELECT 3::bigint'",
  'DROP FUNCTION IF EXISTS never_there(integer)',
  'CREATE EXTENSION IF NOT EXISTS pgcrypto',
  'GRANT SELECT ON orders TO PUBLIC',
  'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC',
  'CREATE SEQUENCE refund_numbers',
  'ALTER SEQUENCE invoice_numbers RESTART WITH 1000',
  // Rows
  "INSERT INTO customers VALUES (1, 'ada@example.com')",
  "UPDATE orders SET note = 'x' WHERE id = 7",
  "UPDATE orders SET note = 'x' WHERE id IN (7, 8)",
  "UPDATE orders SET note = 'x' WHERE id > 0 AND id <= 5000",
  "UPDATE orders SET note = 'x' WHERE id BETWEEN 1 AND 5000",
  "UPDATE orders SET note = 'x' WHERE id IN (SELECT id FROM orders WHERE note IS NULL LIMIT 1000)",
  "UPDATE customers SET email = 'b@example.com' WHERE email = 'a@example.com'",
  'DELETE FROM orders WHERE id = 7',
  'SELECT count(*) FROM orders',
  'ANALYZE orders',
  'VACUUM orders',
  "SET lock_timeout = '2s'",
  "SELECT 'ALTER TABLE orders RENAME TO x; MERGE INTO y'",
] as const;

describe('nothing is reported of', () => {
  it.each(harmless)('%s', async (sql) => {
    expect((await findForTest(sql, shop)).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });
});

/** What would be dangerous on a table that is there is nobody's loss on one that the change has made. */
const ofItsOwn = [
  'CREATE TABLE a (id bigint); DROP TABLE a;',
  'CREATE TABLE a (id bigint); ALTER TABLE a RENAME TO b;',
  'CREATE TABLE a (id bigint); INSERT INTO a SELECT id FROM customers; UPDATE a SET id = id + 1; TRUNCATE a;',
  'CREATE TABLE a (id bigint); ALTER TABLE a SET UNLOGGED;',
  'CREATE TABLE a (id bigint); ALTER TABLE a ENABLE ROW LEVEL SECURITY;',
  'CREATE TABLE a (id bigint); REVOKE ALL ON a FROM PUBLIC;',
  'CREATE VIEW a AS SELECT 1 AS id; DROP VIEW a;',
  "CREATE TYPE a AS ENUM ('x'); DROP TYPE a;",
  "CREATE TYPE a AS ENUM ('x'); ALTER TYPE a RENAME VALUE 'x' TO 'y';",
  "CREATE FUNCTION a() RETURNS int LANGUAGE sql AS 'SELECT 1'; DROP FUNCTION a();",
  "CREATE FUNCTION a() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON FUNCTION a() FROM PUBLIC;",
  'CREATE MATERIALIZED VIEW a AS SELECT 1 AS id; REFRESH MATERIALIZED VIEW a;',
];

describe('nothing is reported of what the change has made itself:', () => {
  it.each(ofItsOwn)('%s', async (sql) => {
    expect((await findForTest(sql, shop, { transaction: 'transactional' })).map(({ rule }) => rule)).toEqual([]);
  });
});

/** What goes and comes back in one transaction is never missed. */
const replaced = [
  'DROP VIEW open_orders; CREATE VIEW open_orders AS SELECT status, id FROM orders;',
  'ALTER TABLE customers RENAME TO clients; CREATE VIEW customers AS SELECT * FROM clients;',
  'DROP POLICY accounts_owner ON accounts; CREATE POLICY accounts_owner ON accounts USING (true);',
  "DROP FUNCTION order_total(bigint); CREATE FUNCTION order_total(bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 1::numeric';",
  'ALTER TABLE orders ENABLE ROW LEVEL SECURITY; CREATE POLICY all_rows ON orders USING (true);',
  "ALTER TYPE order_status RENAME TO old_status; CREATE TYPE order_status AS ENUM ('open'); DROP TYPE old_status;",
];

describe('nothing is reported of what the same transaction puts back:', () => {
  it.each(replaced)('%s', async (sql) => {
    expect((await findForTest(sql, shop, { transaction: 'transactional' })).map(({ rule }) => rule)).toEqual([]);
    expect((await findForTest(sql, shop, { transaction: 'none' })).length).toBeGreaterThan(0);
  });
});
