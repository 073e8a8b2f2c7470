import { expect, it } from 'vitest';
import { comparePrediction } from './predicted-schema.js';

const orders = { name: 'orders', columns: [{ name: 'id', type: 'bigint' }] };

it('does not look for temporary tables, which end with the session that made them', () => {
  const predicted = { tables: [orders, { name: 'prices', columns: [], persistence: 'temporary' as const }, { name: 'tags', columns: [] }] };
  expect(comparePrediction(undefined, predicted, { tables: [orders] }).differences).toEqual(['table `tags` was predicted and is not there.']);
});
