import type { Operation } from '@planwright/spec';
import { describe, expect, it } from 'vitest';
import { completeContext } from '../complete-context.js';
import { clock, contextOf, shopChange, smallChange } from '../fixtures/shop.js';

const add = (name: string): Operation => ({ type: 'addColumn', table: 'orders', column: { name, type: 'text' } });

describe('tasks', () => {
  it('overflow by the hundred and keep their last two digits', async () => {
    const migrations = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${String(index + 1).padStart(4, '0')}_m`, [[add(`c${index}`)]]]));
    const { context } = await completeContext(contextOf(migrations), { now: clock });
    expect(context.tasks?.map(({ id }) => id)).toEqual([
      ...Array.from({ length: 9 }, (_, index) => `T00${index + 1}`),
      ...Array.from({ length: 9 }, (_, index) => `T10${index + 1}`),
      'T201',
      'T202',
    ]);
  });

  it('stand for each migration, model and gate, with what they wait for', async () => {
    const created = [{ table: { name: 'currencies', columns: [] }, model: 'Currency' }];
    const { context } = await completeContext(shopChange({ tables: { created }, delegation: { assignee: 'database team', backend: 'shop team' } }), {
      now: clock,
      lists: 'partial',
    });
    expect(context.tasks?.map(({ id, kind, title, dependsOn, delegatedTo, priority }) => ({ id, kind, title, dependsOn, delegatedTo, priority }))).toEqual([
      {
        id: 'T001',
        kind: 'migration',
        title: 'Create currencies and order_refunds, change orders',
        dependsOn: ['T020'],
        delegatedTo: 'database team',
        priority: 'P0',
      },
      { id: 'T010', kind: 'model', title: 'Create Currency ORM model', dependsOn: ['T001'], delegatedTo: 'shop team', priority: 'P1' },
      { id: 'T020', kind: 'gate', title: 'Stop release R0 (gate G1)', dependsOn: undefined, delegatedTo: undefined, priority: 'P0' },
      { id: 'T021', kind: 'gate', title: 'Deploy release R1 (gate G2)', dependsOn: ['T001'], delegatedTo: 'shop team', priority: 'P0' },
    ]);
  });

  it('name nobody where nobody was named', async () => {
    const { context } = await completeContext(smallChange(), { now: clock });
    expect(context.tasks).toEqual([{ id: 'T001', kind: 'migration', title: 'Add orders.gift_note', migrations: ['001'], table: 'orders', priority: 'P0' }]);
  });
});

describe('subtasks', () => {
  it('are three for an additive change, in a chain', async () => {
    const { context } = await completeContext(smallChange(), { now: clock });
    expect(context.subtasks?.map(({ slug, dependsOn, effort, risk }) => [slug, dependsOn, effort, risk])).toEqual([
      ['migration-plan', undefined, { min: 0.5, max: 0.5 }, ['low']],
      ['schema-migration', ['migration-plan'], { min: 0.5, max: 0.5 }, ['low']],
      ['migration-validation', ['schema-migration'], { min: 0.5, max: 0.5 }, ['low']],
    ]);
  });

  it('gain those of the phases for a breaking change', async () => {
    const { context } = await completeContext(
      contextOf({
        a: [[add('customer_id')]],
        b: [[{ type: 'backfill', table: 'orders', set: { customer_id: 'placed_by' }, key: ['id'], batchSize: 2000, pause: 0.02 }]],
        c: [[{ type: 'setNotNull', table: 'orders', column: 'note' }]],
        d: [[{ type: 'dropColumn', table: 'orders', column: 'legacy_ref' }]],
      }),
      { now: clock },
    );
    expect(context.subtasks?.map(({ slug, dependsOn }) => [slug, dependsOn])).toEqual([
      ['migration-plan', undefined],
      ['schema-migration', ['migration-plan']],
      ['data-migration', ['schema-migration']],
      ['switch-reads', ['data-migration']],
      ['contract', ['switch-reads']],
      ['cleanup', ['contract']],
      ['migration-validation', ['cleanup']],
    ]);
    expect(context.dataMigrations).toEqual([
      {
        id: 'D1',
        migration: '002',
        table: 'orders',
        source: 'orders.placed_by',
        destination: 'orders.customer_id',
        transformation: 'copy',
        copy: true,
        key: ['id'],
        batchSize: 2000,
        pause: 0.02,
      },
    ]);
  });
});
