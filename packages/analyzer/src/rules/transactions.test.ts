import { describe, expect, it } from 'vitest';
import { findForTest } from './find-for-test.js';

const before = `
CREATE TYPE order_status AS ENUM ('open', 'paid');
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, status order_status, customer_id bigint REFERENCES customers DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE shipments (id bigint PRIMARY KEY, state text);
`;

const rulesOf = async (sql: string, transaction: 'transactional' | 'none' = 'transactional') =>
  (await findForTest(sql, before, { transaction })).map(({ rule }) => rule);

const add = 'ALTER TABLE orders ADD COLUMN note text;';
const fill = "UPDATE shipments SET state = 'new';";

describe('a lock that is held', () => {
  it('is reported where the same transaction goes on to work through many rows', async () => {
    expect(await rulesOf(`${add} ${fill}`)).toContain('lock-held-through-later-work');
    expect(await rulesOf(`${add} ALTER TABLE shipments ADD CONSTRAINT s CHECK (state <> '') NOT VALID; CREATE TABLE c AS SELECT * FROM shipments;`)).toContain(
      'lock-held-through-later-work',
    );
  });

  it('is not where each statement runs by itself, or the work comes first, or after COMMIT', async () => {
    expect(await rulesOf(`${add} ${fill}`, 'none')).not.toContain('lock-held-through-later-work');
    expect(await rulesOf(`${fill} ${add}`)).not.toContain('lock-held-through-later-work');
    expect(await rulesOf(`BEGIN; ${add} COMMIT; ${fill}`, 'none')).not.toContain('lock-held-through-later-work');
  });

  it('is not where the lock is on a table of the change itself, or few rows are touched', async () => {
    expect(await rulesOf(`CREATE TABLE a (id int); ALTER TABLE a ADD COLUMN b int; ${fill}`)).not.toContain('lock-held-through-later-work');
    expect(await rulesOf(`${add} UPDATE shipments SET state = 'new' WHERE id = 1;`)).toEqual([]);
  });

  it('names table and mode', async () => {
    const [found] = (await findForTest(`${add} ${fill}`, before, { transaction: 'transactional' })).filter(
      ({ rule }) => rule === 'lock-held-through-later-work',
    );
    expect(found?.message).toBe('ACCESS EXCLUSIVE on `orders` is held from an earlier statement of the transaction while rows of `shipments` are written.');
  });
});

describe('lock_timeout', () => {
  it('is too late after the first lock, and in time before it', async () => {
    expect(await rulesOf(`${add} SET LOCAL lock_timeout = '2s'; ${add}`)).toContain('lock-timeout-set-too-late');
    expect(await rulesOf(`SET LOCAL lock_timeout = '2s'; ${add} SET LOCAL lock_timeout = '4s';`)).not.toContain('lock-timeout-set-too-late');
  });

  it('is not missed by default: only house style asks for it', async () => {
    expect(await rulesOf(add)).toEqual([]);
    expect((await findForTest(add, before, { advice: true })).map(({ rule }) => rule)).toContain('lock-timeout-missing');
    expect((await findForTest(`SET lock_timeout = '200ms'; ${add}`, before, { advice: true })).map(({ rule }) => rule)).not.toContain('lock-timeout-missing');
  });

  it('set by SET LOCAL holds in no transaction that is not there', async () => {
    expect(await rulesOf("SET LOCAL lock_timeout = '2s'; VACUUM orders;", 'none')).toEqual(['set-local-outside-transaction']);
    expect(await rulesOf(`BEGIN; SET LOCAL lock_timeout = '2s'; ${add} COMMIT;`, 'none')).toEqual([]);
  });
});

describe('a label', () => {
  const label = "ALTER TYPE order_status ADD VALUE 'refunded';";

  it('cannot be used in the transaction that adds it', async () => {
    expect(await rulesOf(`${label} INSERT INTO orders VALUES (1, 'refunded', NULL);`)).toContain('enum-value-used-before-commit');
    expect(await rulesOf(`BEGIN; ${label} COMMIT; INSERT INTO orders VALUES (1, 'refunded', NULL);`, 'none')).not.toContain('enum-value-used-before-commit');
  });

  it('of a type that the transaction has made can, and the same letters in a text are no label', async () => {
    expect(await rulesOf("CREATE TYPE mood AS ENUM ('glad'); ALTER TYPE mood ADD VALUE 'sad'; CREATE TABLE m (m mood DEFAULT 'sad');")).toEqual([]);
    expect(await rulesOf(`${label} INSERT INTO shipments VALUES (1, 'refunded');`)).not.toContain('enum-value-used-before-commit');
  });
});

describe('deferred checks', () => {
  it('refuse ALTER TABLE after changed rows, until they are made immediate', async () => {
    expect(await rulesOf(`INSERT INTO orders (id, customer_id) VALUES (1, 1); ${add}`)).toContain('pending-trigger-events');
    expect(await rulesOf(`INSERT INTO orders (id, customer_id) VALUES (1, 1); SET CONSTRAINTS ALL IMMEDIATE; ${add}`)).not.toContain('pending-trigger-events');
    expect(await rulesOf(`INSERT INTO shipments VALUES (1); ALTER TABLE shipments ADD COLUMN note text;`)).not.toContain('pending-trigger-events');
    expect(await rulesOf(`INSERT INTO orders (id) VALUES (1); ${add}`, 'none')).not.toContain('pending-trigger-events');
  });
});

describe('a transaction', () => {
  it('that is begun must end in the file', async () => {
    expect(await rulesOf(`BEGIN; ${add}`, 'none')).toContain('transaction-left-open');
    expect(await rulesOf(`BEGIN; ${add} COMMIT;`, 'none')).toEqual([]);
    expect(await rulesOf(`BEGIN; ${add} ROLLBACK;`, 'none')).toEqual([]);
  });

  it('of the framework must not be ended halfway', async () => {
    expect(await rulesOf(`${add} COMMIT; ALTER TABLE shipments ADD COLUMN note text;`)).toContain('commit-ends-framework-transaction');
    expect(await rulesOf(`BEGIN; ${add} COMMIT;`)).toEqual([]);
  });

  it('refuses what commits by itself', async () => {
    expect(await rulesOf('CREATE INDEX CONCURRENTLY s ON shipments (state);')).toContain('refused-in-transaction');
    expect(await rulesOf('CREATE INDEX CONCURRENTLY s ON shipments (state);', 'none')).not.toContain('refused-in-transaction');
    expect(await rulesOf('VACUUM FULL shipments;')).toContain('refused-in-transaction');
  });
});

describe('syntax', () => {
  const newer = async (sql: string, version: number) =>
    (await findForTest(sql, before, { version })).filter(({ rule }) => rule === 'syntax-newer-than-target').map(({ message }) => message);

  it.each([
    ['CREATE UNIQUE INDEX u ON shipments (state) NULLS NOT DISTINCT', 15],
    ['ALTER TABLE shipments ADD COLUMN twice bigint GENERATED ALWAYS AS (id * 2) VIRTUAL', 18],
    ['ALTER TABLE shipments ADD CONSTRAINT n NOT NULL state NOT VALID', 18],
    ["ALTER TABLE shipments ADD CONSTRAINT c CHECK (state <> '') NOT ENFORCED", 18],
    ['MERGE INTO shipments USING orders ON shipments.id = orders.id WHEN MATCHED THEN DELETE', 15],
    ['CREATE TABLE t (a text STORAGE EXTERNAL)', 16],
    ['CREATE OR REPLACE TRIGGER t BEFORE UPDATE ON shipments FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()', 14],
    ['CREATE TABLE t (a int4multirange)', 14],
  ])('%s needs PostgreSQL %i', async (sql, since) => {
    expect(await newer(sql, since)).toEqual([]);
    expect(await newer(sql, since - 1)).toEqual([expect.stringContaining(`since PostgreSQL ${since}`)]);
  });

  it('in a string, a comment, a quoted name or a like word of old syntax is none', async () => {
    expect(await newer("INSERT INTO shipments VALUES (1, 'MERGE INTO x NULLS NOT DISTINCT')", 12)).toEqual([]);
    expect(await newer('CREATE TABLE "merge" (id int /* NOT ENFORCED */, virtual int, storage text)', 12)).toEqual([]);
    expect(await newer('SELECT DISTINCT state FROM shipments ORDER BY state NULLS FIRST', 12)).toEqual([]);
    expect(await newer('ALTER TABLE shipments ALTER COLUMN state SET NOT NULL', 12)).toEqual([]);
    expect(await newer('ALTER TABLE shipments ADD COLUMN note text NOT NULL', 12)).toEqual([]);
  });
});
