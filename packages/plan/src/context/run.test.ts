import { describe, expect, it } from 'vitest';
import { completeContext } from '../complete-context.js';
import { clock, contextOf, shopChange, smallChange } from '../fixtures/shop.js';

describe('the run', () => {
  it('begins with checks, and each step says how one knows that it worked', async () => {
    const { context } = await completeContext(shopChange(), { now: clock });
    expect(context.steps?.map(({ id, title, kind }) => [id, title, kind])).toEqual([
      ['s-preflight', 'Pre-migration validation', 'check'],
      ['s-G1', 'Stop R0 (gate G1)', 'wait'],
      ['s-001', 'Create currencies and order_refunds, change orders', 'migration'],
      ['s-G2', 'Deploy R1 (gate G2)', 'deploy'],
    ]);
    expect(context.steps?.[0]?.actions).toContain('Row counts of orders recorded');
    expect(context.steps?.[2]?.verification?.map(({ query }) => query)).toEqual(['V1', 'V2', 'V3', 'V4', 'V5', 'V6']);
    expect(context.steps?.every(({ duration }) => duration === undefined)).toBe(true);
  });

  it('counts the rows of a table that it renames by the name that it has then', async () => {
    const { context } = await completeContext(
      contextOf({ a: [[{ type: 'renameTable', table: 'orders', to: 'purchases' }], [{ type: 'dropColumn', table: 'purchases', column: 'note' }]] }),
      { now: clock },
    );
    expect(context.steps?.[0]?.actions).toContain('Row counts of orders recorded');
  });

  it('puts adjacent migrations of one phase into one step, but none that runs outside a transaction', async () => {
    const add = (name: string) => [[{ type: 'addColumn', table: 'orders', column: { name, type: 'text' } } as const]];
    const context = contextOf({
      a: add('a'),
      b: add('b'),
      c: [[{ type: 'createIndex', table: 'orders', concurrently: true, index: { name: 'ix', keys: [{ column: 'a' }] } }]],
      d: add('d'),
    });
    const third = context.change.migrations[2];
    if (third) third.transaction = 'none';
    const { context: completed } = await completeContext(context, { now: clock });
    expect(completed.steps?.map(({ migrations }) => migrations)).toEqual([undefined, ['001', '002'], ['003'], ['004']]);
  });

  it('gives each migration a step of its own where those of one run would share a transaction', async () => {
    const add = (name: string) => [[{ type: 'addColumn', table: 'orders', column: { name, type: 'text' } } as const]];
    const stepsOf = async (runsTogether: boolean) => {
      const { context } = await completeContext(
        { ...contextOf({ a: add('a'), b: add('b') }), framework: { id: 'drizzle', name: 'Drizzle', runsTogether } },
        { now: clock },
      );
      return context.steps?.map(({ migrations }) => migrations);
    };
    expect(await stepsOf(true)).toEqual([undefined, ['001'], ['002']]);
    expect(await stepsOf(false)).toEqual([undefined, ['001', '002']]);
  });

  it('says after each step what going back loses, and where there is no way back', async () => {
    const { context } = await completeContext(shopChange(), { now: clock });
    expect(context.rollback?.points?.map(({ step, verdict, pointOfNoReturn }) => [step, verdict, pointOfNoReturn])).toEqual([
      ['s-preflight', 'safe', undefined],
      ['s-G1', 'safe', undefined],
      ['s-001', 'not possible', true],
      ['s-G2', 'not possible', undefined],
    ]);
    expect(context.rollback?.pointOfNoReturn).toBe('001');
    const { context: small } = await completeContext(smallChange(), { now: clock });
    expect(small.rollback?.points?.[1]).toEqual({
      step: 's-001',
      verdict: 'with data loss',
      loses: ['values written to orders.gift_note since'],
      action: 'Take back Migration 001.',
      basis: 'predicted',
    });
    expect(small.rollback?.procedures?.map(({ name }) => name)).toEqual(['Stop', 'Roll back schema', 'Restore']);
    expect(small.rollback?.pointOfNoReturn).toBeUndefined();
  });

  it('watches the defaults, an alert always milder than a rollback, and leaves baselines to people', async () => {
    const { context } = await completeContext(smallChange(), { now: clock });
    expect(context.monitoring?.map(({ id, alert, rollback, alertOnly, baseline }) => [id, alert?.value, rollback?.value, alertOnly, baseline])).toEqual([
      ['query-performance', 25, 50, undefined, undefined],
      ['error-rate', 2, 5, undefined, undefined],
      ['connection-pool', 90, undefined, true, undefined],
      ['disk-space', 80, undefined, true, undefined],
      ['lock-wait', undefined, undefined, true, undefined],
    ]);
    const { context: replicated } = await completeContext(
      smallChange({ project: { hasReplicas: true }, monitoring: [{ id: 'query-performance', name: 'Query Performance', baseline: 45 }] }),
      { now: clock, lists: 'partial' },
    );
    expect(replicated.monitoring?.[0]).toMatchObject({ baseline: 45, alert: { value: 25 } });
    expect(replicated.monitoring?.map(({ id }) => id)).toContain('replication-lag');
  });

  it('lists every loss and break with its mitigation and steps, and no risk where there is none', async () => {
    const { context } = await completeContext(shopChange(), { now: clock });
    expect(context.risks?.find(({ id }) => id === 'R-loss-orders-legacy-ref')).toEqual({
      id: 'R-loss-orders-legacy-ref',
      text: 'The values of orders.legacy_ref are lost.',
      level: 'high',
      impact: 'critical',
      probability: 'low',
      mitigation: 'P4 counts them beforehand; archive them, or have it decided that nobody needs them',
      steps: ['s-001'],
    });
    expect((await completeContext(smallChange(), { now: clock })).context.risks).toEqual([]);
  });

  it('speaks once of many columns that go', async () => {
    const columns = ['note', 'legacy_ref', 'status'];
    const { context } = await completeContext(contextOf({ a: columns.map((column) => [{ type: 'dropColumn', table: 'orders', column }]) }), { now: clock });
    expect(context.risks?.map(({ text }) => text)).toEqual([
      'The values of note, legacy_ref and status of orders are lost.',
      'Every statement that names note, legacy_ref or status of orders fails with 42703.',
    ]);
    expect(context.classification?.reasons).toEqual([
      'DROP COLUMN note, legacy_ref and status of orders: every statement that names one of them fails with 42703. Their values are lost.',
    ]);
  });

  it('asks what only people know, and nothing of a small change', async () => {
    const { context } = await completeContext(shopChange(), { now: clock });
    expect(context.questions?.map(({ id }) => id)).toEqual(['Q-rows-orders', 'Q-index-order-refunds-order-id', 'Q-archive-orders-legacy-ref']);
    expect((await completeContext(smallChange(), { now: clock })).context.questions).toEqual([]);
  });

  it('links the engine by its version, and assumes in the open', async () => {
    const { context } = await completeContext(smallChange({ target: { database: 'postgresql', version: '15', versionBasis: 'default' } }), { now: clock });
    expect(context.references?.[0]?.url).toBe('https://www.postgresql.org/docs/15/sql-altertable.html');
    expect(context.assumptions?.map(({ id, text }) => `${id}: ${text}`)).toContain('A3: Production runs PostgreSQL 15: no version was given or found');
  });
});
