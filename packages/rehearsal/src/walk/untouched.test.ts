import { expect, it } from 'vitest';
import { untouchedBy } from './untouched.js';

it('follows a table through its names, and what is done to it under the last one', () => {
  expect(
    untouchedBy([
      { type: 'renameTable', table: 'users', to: 'accounts' },
      { type: 'setTableSchema', table: 'accounts', to: 'identity' },
      { type: 'renameColumn', schema: 'identity', table: 'accounts', column: 'email', to: 'login' },
      { type: 'updateRows', schema: 'identity', table: 'accounts', columns: ['login'] },
      { type: 'setTableSchema', schema: 'old', table: 'orders', to: 'public' },
      { type: 'alterColumnType', table: 'orders', column: 'total', to: 'bigint' },
    ]),
  ).toEqual({
    tables: { users: 'identity.accounts', 'old.orders': 'orders' },
    columns: { 'users.email': 'login' },
    touched: ['users', 'old.orders.total'],
  });
});

it('holds nothing to be unchanged where an operation is not known', () => {
  expect(untouchedBy([{ type: 'unknown', reason: 'It computes its SQL.' }])).toBeUndefined();
});
