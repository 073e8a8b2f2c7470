import { describe, expect, it } from 'vitest';
import { completeContext } from '../complete-context.js';
import { clock, contextOf, shopChange, smallChange } from '../fixtures/shop.js';

describe('gates, releases and pattern of a breaking change', () => {
  it('deploy one release beside the other where one fits before and after', async () => {
    const { context } = await completeContext(contextOf({ a: [[{ type: 'dropColumn', table: 'orders', column: 'legacy_ref' }]] }), { now: clock });
    expect(context.sequence?.gates).toEqual([
      {
        id: 'G1',
        title: 'R1, which does without orders.legacy_ref, is deployed everywhere; R0 is gone',
        release: 'R1',
        retires: 'R0',
        demand: 'does without orders.legacy_ref',
        before: '001',
        purpose: 'From Migration 001 on, every statement that names orders.legacy_ref fails with 42703.',
      },
    ]);
    expect(context.sequence?.migrations[0]?.gateBefore).toBe('G1');
    expect(context.pattern).toMatchObject({
      name: 'Expand-Contract',
      phases: [
        {
          phase: 'contract',
          items: [
            { kind: 'deploy', gate: 'G1' },
            { kind: 'migration', migrations: ['001'] },
          ],
        },
      ],
    });
    expect(context.timeline?.windowNeeded).toBeUndefined();
  });

  it('stop one release and start the next where none fits, and call that no zero-downtime pattern', async () => {
    const { context, issues } = await completeContext(shopChange({ classification: { zeroDowntime: true } }), { now: clock });
    expect(context.sequence?.gates?.map(({ id, before, after, retires, release }) => ({ id, before, after, retires, release }))).toEqual([
      { id: 'G1', before: '001', after: undefined, retires: 'R0', release: undefined },
      { id: 'G2', before: undefined, after: '001', retires: undefined, release: 'R1' },
    ]);
    expect(context.pattern?.name).toBeUndefined();
    expect(context.pattern?.reason).toContain(
      'no release fits the schema before and after CHANGE TYPE of orders.total_cents from integer to bigint and RENAME COLUMN orders.placed_by TO customer_id',
    );
    expect(issues).toMatchObject([{ code: 'no-zero-downtime-path', severity: 'warning' }]);
    expect(context.timeline).toMatchObject({ windowNeeded: true });
  });

  it('ask for no pause for what breaks no release', async () => {
    const context = contextOf({ a: [[{ type: 'renameType', name: 'state', to: 'state_old' }]] });
    const [statement] = context.change.migrations[0]?.statements ?? [];
    const planned = async () => (await completeContext(structuredClone(context), { now: clock })).context;
    expect((await planned()).timeline?.windowNeeded).toBe(true);
    if (statement) statement.verdicts = { code: { basis: 'predicted', breaksOld: false, needsNew: false } };
    const { timeline, sequence } = await planned();
    expect([timeline?.windowNeeded, sequence?.gates]).toEqual([undefined, undefined]);
  });

  it('are a maintenance window where one is allowed', async () => {
    const { context, issues } = await completeContext(shopChange({ classification: { zeroDowntime: false } }), { now: clock });
    expect(context.pattern).toMatchObject({ name: 'Maintenance window' });
    expect(context.breaking?.map(({ strategy }) => strategy)).toEqual(['Maintenance window', 'Maintenance window', 'Expand-contract']);
    expect(issues).toEqual([]);
  });

  it('list what could ship alone', async () => {
    const { context } = await completeContext(shopChange(), { now: clock });
    expect(context.pattern?.additiveFirst).toContain('CREATE TABLE currencies');
    expect(context.breaking?.map(({ change, query }) => [change, query])).toEqual([
      ['CHANGE TYPE of orders.total_cents from integer to bigint', undefined],
      ['RENAME COLUMN orders.placed_by TO customer_id', undefined],
      ['DROP COLUMN orders.legacy_ref', 'P4'],
    ]);
  });

  it('are absent where every release survives', async () => {
    const { context } = await completeContext(smallChange(), { now: clock });
    expect(context.sequence?.gates).toBeUndefined();
    expect(context.releases).toBeUndefined();
    expect(context.pattern).toBeUndefined();
    expect(context.breaking).toEqual([]);
  });

  it('take a new column that soon needs a value for a change that no release survives', async () => {
    const { context } = await completeContext(
      contextOf({
        a: [
          [{ type: 'addColumn', table: 'orders', column: { name: 'sku', type: 'text', notNull: true, default: "''" } }],
          [{ type: 'dropDefault', table: 'orders', column: 'sku' }],
        ],
      }),
      { now: clock },
    );
    expect(context.sequence?.gates?.map(({ title }) => title)).toEqual([
      'R0 is stopped, and no release runs',
      'R1, which gives a value to orders.sku, is started',
    ]);
  });

  it('wait before what can only be lost', async () => {
    const { context } = await completeContext(
      contextOf({ a: [[{ type: 'setNotNull', table: 'orders', column: 'note' }]], b: [[{ type: 'dropColumn', table: 'orders', column: 'legacy_ref' }]] }),
      { now: clock },
    );
    expect(context.sequence?.migrations.map(({ phase, gateBefore }) => [phase, gateBefore])).toEqual([
      ['contract', 'G1'],
      ['cleanup', 'G2'],
    ]);
    expect(context.sequence?.gates?.[1]).toMatchObject({
      wait: 7,
      conditions: ['the values of orders.legacy_ref are archived, or somebody has decided that nobody needs them'],
    });
    expect(context.steps?.map(({ id, run }) => [id, run])).toEqual([
      ['s-preflight', undefined],
      ['s-G1', undefined],
      ['s-001', undefined],
      ['s-G2', 2],
      ['s-002', 2],
    ]);
    expect(context.steps?.at(-1)?.optional).toBe(true);
  });
});
