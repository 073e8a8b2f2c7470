import type { Operation } from '@planwright/spec';
import { describe, expect, it } from 'vitest';
import { completeContext } from '../complete-context.js';
import { clock, contextOf, shopChange, smallChange } from '../fixtures/shop.js';

const classificationOf = async (operations: readonly Operation[], more = {}) =>
  (await completeContext(contextOf({ '0002_change': [operations] }, more), { now: clock })).context.classification;

describe('the classification of a change', () => {
  it('is mixed when a part breaks running code and a part only adds', async () => {
    const { classification } = (await completeContext(shopChange(), { now: clock })).context;
    expect(classification).toMatchObject({ changeType: 'mixed', kinds: ['schema', 'data', 'index'], risk: 'high', largeData: false });
    expect(classification?.reasons).toContain('DROP COLUMN orders.legacy_ref: every statement that names orders.legacy_ref fails with 42703.');
    expect(classification?.durationUnknown).toEqual(['a check of every row of orders', 'a rewrite of orders', 'an index build on orders']);
    expect(classification?.duration).toBeUndefined();
  });

  it('is additive and short for one nullable column', async () => {
    const { classification } = (await completeContext(smallChange(), { now: clock })).context;
    expect(classification).toEqual({
      changeType: 'additive',
      kinds: ['schema'],
      risk: 'low',
      duration: { min: 0, max: 1, basis: 'predicted' },
      reasons: ['Nothing that running code uses is changed or removed: ADD COLUMN orders.gift_note.'],
      largeData: false,
    });
  });

  it('counts what was not analysed as breaking, and says so', async () => {
    const classification = await classificationOf([{ type: 'unknown', reason: 'A DO block computes the SQL that it runs.' }]);
    expect(classification).toMatchObject({ changeType: 'breaking', risk: 'medium', durationUnknown: ['a statement that was not analysed'] });
    expect(classification?.reasons).toEqual(['1 operation was not analysed, so the change counts as breaking until somebody has read it.']);
  });

  it('takes a longer varchar for no break, and integer to bigint for one', async () => {
    expect(await classificationOf([{ type: 'alterColumnType', table: 'orders', column: 'legacy_ref', to: 'varchar(80)' }])).toMatchObject({
      changeType: 'additive',
      risk: 'low',
    });
    expect(await classificationOf([{ type: 'alterColumnType', table: 'orders', column: 'total_cents', to: 'bigint' }])).toMatchObject({
      changeType: 'breaking',
      risk: 'medium',
    });
  });

  it('takes a narrower type for a risk to the data', async () => {
    const classification = await classificationOf([{ type: 'alterColumnType', table: 'orders', column: 'legacy_ref', to: 'varchar(20)' }]);
    expect(classification).toMatchObject({ changeType: 'breaking', risk: 'high' });
    expect(classification?.reasons).toContain('The change of type fails when a value of orders.legacy_ref does not fit varchar(20).');
  });

  it('lets a rule speak of a statement instead of the operation', async () => {
    const context = contextOf({ a: [[{ type: 'dropColumn', table: 'orders', column: 'note' }]] });
    const [migration] = context.change.migrations;
    const [statement] = migration?.statements ?? [];
    if (statement)
      statement.verdicts = { code: { basis: 'observed', breaksOld: false, needsNew: false, reason: 'No release has named orders.note since R7.' } };
    const { classification } = (await completeContext(context, { now: clock })).context;
    expect(classification?.changeType).toBe('additive');
  });

  it('raises the risk for a table that is locked for a rewrite', async () => {
    const context = contextOf({ a: [[{ type: 'setTableOption', table: 'orders', option: 'fillfactor', value: '70' }]] });
    const statement = context.change.migrations[0]?.statements[0];
    if (statement) statement.verdicts = { lock: { basis: 'observed', locks: [{ relation: 'orders', mode: 'ACCESS EXCLUSIVE', held: 'rewrite' }] } };
    expect((await completeContext(context, { now: clock })).context.classification?.risk).toBe('high');
  });

  it('sums run times where each is known', async () => {
    const context = shopChange();
    const completed = await completeContext(
      {
        ...context,
        sequence: { migrations: [{ id: '001', name: 'a', duration: { min: 10, max: 20 }, statements: context.change.migrations[0]?.statements ?? [] }] },
      },
      { now: clock },
    );
    expect(completed.context.classification).toMatchObject({ duration: { min: 10, max: 20 } });
  });

  it('does not wait for a table that is known to be small', async () => {
    const operations: Operation[] = [{ type: 'createIndex', table: 'orders', index: { name: 'ix_orders_status', keys: [{ column: 'status' }] } }];
    expect(await classificationOf(operations)).toMatchObject({ durationUnknown: ['an index build on orders'] });
    expect(await classificationOf(operations, { tables: { facts: [{ table: 'orders', rows: 200 }] } })).toMatchObject({ duration: { min: 0, max: 1 } });
  });
});
