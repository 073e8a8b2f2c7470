import type { Operation } from '@planwright/spec';
import { expect, it } from 'vitest';
import { completeContext } from './complete-context.js';
import { clock, contextOf } from './fixtures/shop.js';

const attach: Operation = { type: 'attachPartition', table: 'orders_status', partition: { table: 'orders_2026_status' } };

/** Of a change that attaches something: its rationale, and what it says of rows. */
async function said(operation: Operation): Promise<string> {
  const { context } = await completeContext(contextOf({ '0001_attach': [[operation]] }), { now: clock });
  return JSON.stringify([context.classification, context.tables, context.risks]);
}

it('looks at no row where an index of a partition joins that of the whole table', async () => {
  expect(await said({ ...attach, bounds: 'DEFAULT' })).toContain('every row of orders_2026_status');
  expect(await said(attach)).not.toMatch(/\brows? of orders_2026_status/);
});
