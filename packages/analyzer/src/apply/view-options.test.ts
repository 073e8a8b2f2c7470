import { expect, it } from 'vitest';
import { readForTest } from '../read-for-test.js';

const before = 'CREATE TABLE orders (id bigint PRIMARY KEY, total integer);';

async function optionsAfter(sql: string) {
  return (await readForTest(sql, before)).snapshot.views?.[0]?.options;
}

it('keeps the options of a view as PostgreSQL does, a check option among them', async () => {
  expect(
    await optionsAfter('CREATE VIEW large WITH (security_invoker, security_barrier = on) AS SELECT id FROM orders WHERE total > 9 WITH CHECK OPTION'),
  ).toEqual({
    security_invoker: 'true',
    security_barrier: 'on',
    check_option: 'cascaded',
  });
});

it('follows ALTER VIEW', async () => {
  const view = 'CREATE VIEW large WITH (security_invoker = true) AS SELECT id FROM orders;';
  expect(await optionsAfter(`${view} ALTER VIEW large SET (security_barrier = true)`)).toEqual({ security_invoker: 'true', security_barrier: 'true' });
  expect(await optionsAfter(`${view} ALTER VIEW large RESET (security_invoker)`)).toBeUndefined();
});
