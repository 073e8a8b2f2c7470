import type { Operation } from '@planwright/spec';
import { expect, test } from 'vitest';
import { lasting } from './lasting.js';

test('what is done to a temporary table is left out, and what is done to others stays', () => {
  const index: Operation = { type: 'createIndex', table: 'orders', index: { keys: [{ column: 'id' }] } };
  const made: Operation = { type: 'createTable', table: { name: 'closed', columns: [], persistence: 'temporary' } };
  expect(lasting([made, index, { ...index, table: 'closed' }])).toEqual([index]);
  expect(lasting([{ ...index, table: 'closed' }])).toHaveLength(1);
});
