import { expect, it } from 'vitest';
import { readForTest, shop } from '../../read-for-test.js';

it.each([
  ['INSERT INTO customers (email) VALUES (1), (2)', undefined],
  ['INSERT INTO customers DEFAULT VALUES', undefined],
  ['INSERT INTO copies SELECT o.* FROM orders o JOIN customers c ON c.id = o.customer_id', ['orders', 'customers']],
  ['WITH late AS (SELECT * FROM orders) INSERT INTO copies SELECT * FROM late WHERE id IN (SELECT id FROM customers)', ['orders', 'customers']],
  ['INSERT INTO copies SELECT generate_series(1, 9)', []],
])('tells which tables the rows of an insert come from: %s', async (sql, from) => {
  const { operations } = await readForTest(sql, `${shop}; CREATE TABLE copies (LIKE orders)`);
  expect(operations.map((one) => (one.type === 'insertRows' ? one.from : one.type))).toEqual([from]);
});
