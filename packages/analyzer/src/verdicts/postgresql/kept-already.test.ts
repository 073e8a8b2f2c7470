import { describe, expect, it } from 'vitest';
import { judge } from '../../judged-statement.js';
import { readForTest } from '../../read-for-test.js';

const before = `CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint CONSTRAINT orders_customer_id_fkey REFERENCES customers (id) ON DELETE SET NULL,
  status text CONSTRAINT orders_status_check CHECK (status IN ('new', 'paid'))
);`;

/** Verdicts on the last statement. */
async function last(sql: string, mode: 'transactional' | 'none' = 'transactional') {
  const { statements } = await readForTest(sql, before);
  return judge(statements, { mode }).statements.at(-1)?.statement.verdicts;
}

const dropCheck = 'ALTER TABLE orders DROP CONSTRAINT orders_status_check';
const dropKey = 'ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey';
const wider = "ADD CONSTRAINT orders_status_check CHECK (status IN ('new', 'paid', 'sent'))";
const key = 'ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id)';

describe('a check that takes the place of another', () => {
  it.each([
    ['in a statement of its own', `${dropCheck}; ALTER TABLE orders ${wider};`],
    ['in the same statement', `${dropCheck}, ${wider};`],
    ['with the table before the column', `${dropCheck}; ALTER TABLE orders ADD CONSTRAINT more CHECK (orders.status  IN ('paid', 'new', 'sent'));`],
  ])('%s cannot fail where it lets more through, and new code waits for it', async (_, sql) => {
    const { data, code } = (await last(sql)) ?? {};
    expect(data?.outcome).toBe('safe');
    expect(code).toMatchObject({
      breaksOld: false,
      needsNew: true,
      reason: 'New code that writes to `orders` what `orders_status_check` refuses must wait for it.',
    });
  });

  it.each([
    ['total > 0', 'total >= 0'],
    ['total > 0', 'total <> 0'],
    ['total >= 5', 'total > 4'],
    ['total < 10 AND total > 0', 'total <= 10'],
    ['total = 3', 'total > 2'],
  ])('%s lets nothing through that %s refuses', async (rule, wider) => {
    const { statements } = await readForTest(
      `ALTER TABLE orders DROP CONSTRAINT rule; ALTER TABLE orders ADD CHECK (${wider});`,
      `CREATE TABLE orders (total integer CONSTRAINT rule CHECK (${rule}));`,
    );
    expect(judge(statements).statements.at(-1)?.statement.verdicts).toMatchObject({ data: { outcome: 'safe' }, code: { breaksOld: false, needsNew: true } });
  });

  it.each([
    ['total >= 0', 'total > 0'],
    ['total >= 0', 'total <> 0'],
    ['total < 10', 'total > 0'],
    ['total > 0', 'other > 0'],
    ['total > 0 OR other > 0', 'total > 0'],
  ])('%s may let through what %s refuses', async (rule, wanted) => {
    const { statements } = await readForTest(
      `ALTER TABLE orders DROP CONSTRAINT rule; ALTER TABLE orders ADD CONSTRAINT rule CHECK (${wanted});`,
      `CREATE TABLE orders (total integer, other integer, CONSTRAINT rule CHECK (${rule}));`,
    );
    expect(judge(statements).statements.at(-1)?.statement.verdicts?.code?.breaksOld).toBe(true);
  });

  it.each([
    ['lets less through', `${dropCheck}; ALTER TABLE orders ADD CHECK (status IN ('new', 'sent'));`],
    ['refuses NULL besides', `${dropCheck}; ALTER TABLE orders ADD CHECK (status IN ('new', 'paid') AND status IS NOT NULL);`],
    ['is about a column that the change made anew', `ALTER TABLE orders DROP COLUMN status; ALTER TABLE orders ADD status text; ALTER TABLE orders ${wider};`],
  ])('may fail where it %s', async (_, sql) => {
    expect((await last(sql))?.data?.outcome).toBe('may fail');
  });

  it.each([
    ['each statement commits by itself', `${dropCheck}; ALTER TABLE orders ${wider};`, 'none'],
    ['the migration writes rows in between', `${dropCheck}; UPDATE orders SET status = 'sent'; ALTER TABLE orders ${wider};`, 'transactional'],
  ] as const)('may fail where %s, and breaks no running code', async (_, sql, mode) => {
    const { data, code } = (await last(sql, mode)) ?? {};
    expect(data?.outcome).toBe('may fail');
    expect(code?.breaksOld).toBe(false);
  });
});

describe('a foreign key that takes the place of another', () => {
  it('with another action cannot fail, and only code that counts on that waits', async () => {
    const { data, code } = (await last(`${dropKey}; ALTER TABLE orders ${key} ON DELETE CASCADE;`)) ?? {};
    expect(data?.outcome).toBe('safe');
    expect(code).toMatchObject({
      breaksOld: false,
      needsNew: true,
      reason:
        'New code that counts on ON DELETE CASCADE of `orders_customer_id_fkey` must wait for it; a delete from `customers` then takes rows of `orders` along.',
    });
  });

  it('without its action breaks deletes that went through', async () => {
    expect((await last(`${dropKey}; ALTER TABLE orders ${key};`))?.code).toMatchObject({
      breaksOld: true,
      reason: 'Deletes from `customers` that leave a row of `orders` behind fail with 23503.',
    });
  });

  it('may fail where the one before was to be checked at COMMIT only, or pointed elsewhere', async () => {
    const later = `${dropKey}; ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED;
      ALTER TABLE orders DROP CONSTRAINT k; ALTER TABLE orders ${key};`;
    expect((await last(later))?.code?.reason).toContain('fail with 23503, as do deletes there');
    const elsewhere = `${dropKey}; ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES orders (id);`;
    expect((await last(elsewhere))?.data?.outcome).toBe('may fail');
  });
});

describe('a key that takes the place of another', () => {
  const unique = 'CREATE UNIQUE INDEX orders_status_key ON orders (status, customer_id);';
  const of = async (sql: string) => {
    const { statements } = await readForTest(sql, `${before} ${unique}`);
    return judge(statements).statements.at(-1)?.statement.verdicts;
  };

  it.each([
    ['of the columns of a primary key and more', 'ALTER TABLE orders ADD CONSTRAINT pair UNIQUE (id, status);'],
    ['of the columns of a unique index, over some of the rows', 'CREATE UNIQUE INDEX few ON orders (customer_id, status) WHERE id > 7;'],
    ['in the transaction that drops an index', 'DROP INDEX orders_status_key; CREATE UNIQUE INDEX again ON orders (customer_id, status);'],
    [
      'in the transaction that drops a constraint',
      'ALTER TABLE orders DROP CONSTRAINT orders_pkey; ALTER TABLE orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);',
    ],
  ])('%s fails on no row, and no write of today meets it', async (_, sql) => {
    const { data, code } = (await of(sql)) ?? {};
    expect(data?.outcome).toBe('safe');
    expect(code?.breaksOld).toBe(false);
  });

  it.each([
    ['over fewer columns', 'CREATE UNIQUE INDEX fewer ON orders (status);'],
    ['that counts NULL as a value', 'ALTER TABLE orders ADD CONSTRAINT nulls UNIQUE NULLS NOT DISTINCT (status, customer_id);'],
    ['over an expression', 'CREATE UNIQUE INDEX lowered ON orders (lower(status), customer_id);'],
  ])('%s may fail on rows', async (_, sql) => {
    expect((await of(sql))?.data?.outcome).toBe('may fail');
  });

  it('may fail on rows that were written since', async () => {
    const sql = "DROP INDEX orders_status_key; INSERT INTO orders (id, status) VALUES (1, 'new'); CREATE UNIQUE INDEX again ON orders (customer_id, status);";
    expect((await of(sql))?.data?.outcome).toBe('may fail');
    expect((await of(sql))?.code?.breaksOld).toBe(false);
  });
});
