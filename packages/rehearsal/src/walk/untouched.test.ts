import type { Operation } from '@planwright/spec';
import { expect, it } from 'vitest';
import { compareChecksums } from '../rows/checksums.js';
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

it('counts the rows of partitions that come or go with the whole', () => {
  const operations: Operation[] = [
    { type: 'attachPartition', table: 'audit', partition: { table: 'audit_2025' }, bounds: "FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')" },
    { type: 'detachPartition', table: 'events', partition: { table: 'events_2019' } },
    { type: 'attachPartition', table: 'events_idx', partition: { table: 'events_2020_idx' } },
  ];
  const of = (table: string, rows: number, sum: string) => ({ table, rows, columns: { id: sum } });
  const before = [of('audit', 2, '-7'), of('audit_2025', 3, '10'), of('events', 5, '4')];
  const untouched = untouchedBy(operations);
  expect(compareChecksums(before, [of('audit', 5, '3'), of('events', 1, '1'), of('events_2019', 4, '3')], untouched)).toEqual([]);
  expect(compareChecksums(before, [of('audit', 2, '-7'), of('events', 1, '1'), of('events_2019', 4, '2')], untouched)).toEqual([
    '`audit` had 5 rows and has 2.',
    'Values of `events.id` are others than before.',
  ]);
});
