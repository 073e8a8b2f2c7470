import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPglite, emptyDatabase, type PgliteEngine } from '../engines/pglite/create-pglite.js';
import { fingerprintDifference, readFingerprint } from './fingerprint.js';

let engine: PgliteEngine;
beforeAll(async () => {
  engine = await createPglite({ from: await emptyDatabase() });
  for (const statement of [
    'CREATE ROLE clerk',
    'CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL, total integer)',
    'CREATE VIEW open_orders AS SELECT id FROM orders',
    "CREATE FUNCTION net() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "CREATE TYPE status AS ENUM ('open')",
    'CREATE SEQUENCE invoice_no',
  ])
    expect((await engine.run(statement)).error, statement).toBeUndefined();
});
afterAll(async () => engine.close());

/** What a statement changes in the fingerprint. */
async function seen(statement: string) {
  const before = await readFingerprint(engine);
  await engine.query('BEGIN');
  try {
    expect((await engine.run(statement)).error, statement).toBeUndefined();
    return fingerprintDifference(before, await readFingerprint(engine));
  } finally {
    await engine.query('ROLLBACK');
  }
}

describe('the fingerprint of a catalogue', () => {
  it.each([
    ['ALTER TABLE orders ALTER COLUMN note SET STORAGE EXTERNAL'],
    ['ALTER TABLE orders ALTER COLUMN note SET STATISTICS 500'],
    ['ALTER TABLE orders ALTER COLUMN total SET (n_distinct = 5)'],
    ['ALTER TABLE orders REPLICA IDENTITY FULL'],
    ['ALTER TABLE orders CLUSTER ON orders_pkey'],
    ['ALTER TABLE orders OWNER TO clerk'],
    ['GRANT SELECT ON orders TO clerk'],
    ['GRANT SELECT (note) ON orders TO clerk'],
    ['REVOKE EXECUTE ON FUNCTION net() FROM PUBLIC'],
    ['ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO clerk'],
    ["COMMENT ON CONSTRAINT orders_pkey ON orders IS 'key'"],
    ["COMMENT ON FUNCTION net() IS 'net'"],
    ['ALTER VIEW open_orders SET (security_barrier)'],
    ['CREATE RULE none AS ON DELETE TO orders DO INSTEAD NOTHING'],
    ['CREATE STATISTICS st ON id, total FROM orders'],
    ['CREATE PUBLICATION pub FOR TABLE orders'],
    ['ALTER SEQUENCE invoice_no CACHE 5'],
    ["ALTER TYPE status RENAME VALUE 'open' TO 'opened'"],
    ['ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO pk'],
  ])('shows %s', async (statement) => {
    const { missing, extra, exactButForOrderAndNames } = await seen(statement);
    expect(missing.length + extra.length).toBeGreaterThan(0);
    expect(exactButForOrderAndNames).toBe(false);
  });

  it('shows nothing of rows, and of privileges that are the default ones written out', async () => {
    const nothing = { missing: [], extra: [], exactButForOrderAndNames: true };
    expect(await seen("INSERT INTO orders VALUES (1, 'x', 2)")).toEqual(nothing);
    expect(await seen('GRANT EXECUTE ON FUNCTION net() TO PUBLIC')).toEqual(nothing);
  });

  it('tells order and names of NOT NULL constraints apart from all else', async () => {
    const renamed = await seen('ALTER TABLE orders RENAME CONSTRAINT orders_note_not_null TO needed');
    expect([renamed.missing.length, renamed.exactButForOrderAndNames]).toEqual([1, true]);
  });
});
