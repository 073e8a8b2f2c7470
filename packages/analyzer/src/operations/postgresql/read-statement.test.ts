import { describe, expect, it } from 'vitest';
import { readForTest, shop } from '../../read-for-test.js';

/** One statement of each kind, and the operations that it must become. */
const statements: readonly (readonly [sql: string, ...types: string[]])[] = [
  ['CREATE SCHEMA billing CREATE TABLE invoices (id int)', 'createSchema', 'createTable'],
  ["CREATE TYPE color AS ENUM ('red')", 'createEnum'],
  ['CREATE TYPE pair AS (a int, b text)', 'createCompositeType'],
  ['CREATE TYPE span AS RANGE (subtype = float8)', 'createObject'],
  ["CREATE DOMAIN email AS text NOT NULL CHECK (VALUE LIKE '%@%')", 'createDomain'],
  ['CREATE SEQUENCE numbers START 100 OWNED BY orders.id', 'createSequence'],
  ['ALTER SEQUENCE customers_id_seq RESTART', 'alterSequence'],
  ['CREATE VIEW open_orders AS SELECT id FROM orders', 'createView'],
  ['CREATE MATERIALIZED VIEW totals AS SELECT sum(total_cents) FROM orders WITH NO DATA', 'createView'],
  ['CREATE TABLE copies AS SELECT * FROM orders', 'createTable'],
  ['SELECT id INTO few FROM orders', 'createTable'],
  ["CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'", 'createRoutine'],
  ['CREATE TRIGGER audit AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION note()', 'createTrigger'],
  ['CREATE POLICY own ON orders FOR SELECT USING (placed_by = 1)', 'createPolicy'],
  ['ALTER TABLE orders ENABLE ROW LEVEL SECURITY', 'setRowSecurity'],
  ['ALTER TABLE orders SET (fillfactor = 70), SET UNLOGGED', 'setTableOption', 'setTableOption'],
  ['ALTER TABLE orders SET SCHEMA billing', 'setTableSchema'],
  ['ALTER TABLE orders OWNER TO clerk', 'changePrivileges'],
  ['DROP TABLE orders, customers CASCADE', 'dropTable', 'dropTable'],
  ['DROP FUNCTION one(int)', 'dropRoutine'],
  ['DROP TRIGGER audit ON orders', 'dropTrigger'],
  ['DROP POLICY own ON orders', 'dropPolicy'],
  ['CREATE EXTENSION pgcrypto', 'createExtension'],
  ["COMMENT ON COLUMN orders.status IS 'how far it is'", 'setComment'],
  ['GRANT SELECT ON orders TO clerk', 'changePrivileges'],
  ['ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO clerk', 'changePrivileges'],
  ['INSERT INTO customers (email) VALUES (1), (2)', 'insertRows'],
  ["UPDATE orders SET status = 'x' WHERE id = 1", 'updateRows'],
  ['WITH gone AS (DELETE FROM orders RETURNING *) INSERT INTO copies SELECT * FROM gone', 'deleteRows', 'insertRows'],
  ['TRUNCATE orders, customers', 'truncateTable', 'truncateTable'],
  ['MERGE INTO orders USING customers ON false WHEN MATCHED THEN DELETE', 'mergeRows'],
  ["SELECT setval('customers_id_seq', 10)", 'runQuery'],
  ["SET lock_timeout = '2s'", 'setSetting'],
  ['BEGIN', 'controlTransaction'],
  ['LOCK TABLE orders IN SHARE MODE', 'lockTable'],
  ['VACUUM orders', 'maintain'],
  ['REINDEX TABLE CONCURRENTLY orders', 'reindex'],
  ['CREATE RULE keep AS ON DELETE TO orders DO INSTEAD NOTHING', 'createObject'],
  ['CREATE PUBLICATION feed FOR TABLE orders', 'createObject'],
  ['CREATE STATISTICS s ON id, status FROM orders', 'createObject'],
  ["CREATE COLLATION german (locale = 'de_DE')", 'createObject'],
  ['DROP OWNED BY clerk', 'unknown'],
  ['CALL tidy()', 'unknown'],
];

describe('readStatement', () => {
  it.each(statements)('%s', async (sql, ...types) => {
    const { operations } = await readForTest(sql, shop);
    expect(operations.map(({ type }) => type)).toEqual(types);
  });

  it('reads each setting of SET TRANSACTION by its own name', async () => {
    const { operations } = await readForTest('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY', shop);
    expect(operations).toEqual([
      { type: 'setSetting', name: 'transaction_isolation', value: 'repeatable read', local: true },
      { type: 'setSetting', name: 'transaction_read_only', value: 'on', local: true },
    ]);
  });

  it('keeps the values of SET apart from the clauses behind them', async () => {
    const { operations } = await readForTest(
      'UPDATE orders o SET status = upper(c.email), total_cents = 1 FROM customers c WHERE o.status IS DISTINCT FROM c.email',
      shop,
    );
    expect(operations).toEqual([
      {
        type: 'updateRows',
        table: 'orders',
        columns: ['status', 'total_cents'],
        alias: 'o',
        set: { status: 'upper(c.email)', total_cents: '1' },
        where: 'o.status IS DISTINCT FROM c.email',
        from: ['customers'],
        fromClause: 'customers c',
      },
    ]);
  });

  it('looks names up along the search path', async () => {
    const { operations } = await readForTest(
      'CREATE SCHEMA billing; SET search_path = billing, public; CREATE TABLE invoices (id int); ALTER TABLE orders ADD x int',
      shop,
    );
    expect(operations[2]).toMatchObject({ table: { schema: 'billing', name: 'invoices' } });
    expect(operations[3]).toEqual({ type: 'addColumn', table: 'orders', column: { name: 'x', type: 'integer' } });
  });

  it('follows an enum type that is made anew under the old name', async () => {
    const { snapshot } = await readForTest(
      `BEGIN; CREATE TYPE "State_new" AS ENUM ('open'); ALTER TABLE bills ALTER COLUMN s TYPE "State_new" USING (s::text::"State_new");
       ALTER TYPE "State" RENAME TO "State_old"; ALTER TYPE "State_new" RENAME TO "State"; DROP TYPE "State_old"; COMMIT;`,
      `CREATE TYPE "State" AS ENUM ('open', 'paid'); CREATE TABLE bills (s "State"[] DEFAULT '{}', t "State" DEFAULT 'open');`,
    );
    expect(snapshot.enums).toEqual([{ name: 'State', labels: ['open'] }]);
    expect(snapshot.tables[0]?.columns[0]?.type).toBe('"State"');
  });
});
