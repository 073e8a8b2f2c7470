import { describe, expect, it } from 'vitest';
import { completeContext } from './complete-context.js';
import { clock, shopChange, smallChange } from './fixtures/shop.js';

describe('completing a context', () => {
  it('reports a given value that contradicts the computed one, and keeps it', async () => {
    const { context, issues } = await completeContext(
      shopChange({
        classification: { changeType: 'additive', kinds: ['schema'], risk: 'low' },
        timeline: { windowNeeded: false },
        rollback: { pointOfNoReturn: '002' },
      }),
      { now: clock },
    );
    expect(issues.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['contradicts-computed', '/classification/changeType'],
      ['contradicts-computed', '/classification/kinds'],
      ['contradicts-computed', '/classification/risk'],
      ['contradicts-computed', '/timeline/windowNeeded'],
      ['contradicts-computed', '/rollback/pointOfNoReturn'],
    ]);
    expect(issues[2]).toMatchObject({
      message: '/classification/risk is given as "low", but the operations say at least "high".',
      hint: 'Risk may be raised, not lowered.',
    });
    expect(context.classification?.risk).toBe('low');
  });

  it('lets risk be raised', async () => {
    const { context, issues } = await completeContext(smallChange({ classification: { risk: 'high' } }), { now: clock });
    expect(issues).toEqual([]);
    expect(context.classification?.risk).toBe('high');
  });

  it('refuses to call a loss reversible', async () => {
    const given = shopChange();
    const statements = given.change.migrations[0]?.statements ?? [];
    const { issues } = await completeContext(
      { ...given, sequence: { migrations: [{ id: '001', name: 'a', statements, reversibility: { kind: 'reversible' } }] } },
      { now: clock },
    );
    expect(issues).toMatchObject([{ pointer: '/sequence/migrations/0/reversibility/kind' }]);
  });

  it('says where every part came from', async () => {
    const { origins } = await completeContext(smallChange({ title: 'Gift notes', classification: { zeroDowntime: true } }), { now: clock });
    expect(origins).toMatchObject({
      '/title': 'given',
      '/slug': 'derived',
      '/change': 'given',
      '/sequence': 'derived',
      '/classification/zeroDowntime': 'given',
      '/classification/risk': 'derived',
    });
  });

  it('invents no owner, date, baseline or duration', async () => {
    const { context } = await completeContext(shopChange(), { now: clock });
    for (const part of ['summary', 'branch', 'source', 'environments', 'approvals', 'delegation', 'evidence', 'codeChanges', 'log'] as const)
      expect(context[part]).toBeUndefined();
    expect(context.timeline?.phases?.every(({ days, hours }) => days === undefined && hours === undefined)).toBe(true);
    expect(context.timeline?.total).toBeUndefined();
    expect(context.sessions).toEqual([{ date: '2026-11-20' }]);
  });

  it('gives the same bytes again, and completes what is complete without a change', async () => {
    const { context } = await completeContext(shopChange(), { now: clock });
    const again = await completeContext(shopChange(), { now: clock });
    expect(JSON.stringify(again.context)).toBe(JSON.stringify(context));
    const twice = await completeContext(context, { now: clock });
    expect(twice.issues).toEqual([]);
    expect(twice.context).toEqual(context);
  });

  it('does not change what it was given', async () => {
    const given = shopChange();
    const before = structuredClone(given);
    await completeContext(given, { now: clock });
    expect(given).toEqual(before);
  });

  it('takes thousands of operations in stride', async () => {
    const given = smallChange();
    const [statement] = given.change.migrations[0]?.statements ?? [];
    const statements = Array.from({ length: 5_000 }, (_, index) => ({
      ...statement,
      id: `s${index}`,
      operations: [{ type: 'addColumn' as const, table: 'orders', column: { name: `c${index}`, type: 'text' } }],
    }));
    const { context } = await completeContext({ ...given, change: { ...given.change, migrations: [{ id: 'a', statements }] } }, { now: clock });
    expect(context.sequence?.migrations[0]?.validation?.[0]?.expected).toBe('5000');
  });

  it('takes thousands of tables in stride', async () => {
    const given = smallChange();
    const statements = Array.from({ length: 3_000 }, (_, index) => ({
      id: `s${index}`,
      operations: [{ type: 'createTable' as const, table: { name: `t${index}`, columns: [{ name: 'id', type: 'bigint' }] } }],
    }));
    const { context } = await completeContext({ ...given, change: { ...given.change, migrations: [{ id: 'a', statements }] } }, { now: clock });
    expect(context.tables?.created).toHaveLength(3_000);
  });
});
