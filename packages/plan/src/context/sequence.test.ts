import type { Operation } from '@planwright/spec';
import { describe, expect, it } from 'vitest';
import { completeContext } from '../complete-context.js';
import { clock, contextOf, shopChange } from '../fixtures/shop.js';
import { headline } from './headline.js';

const migrationsOf = async (migrations: Parameters<typeof contextOf>[0]) =>
  (await completeContext(contextOf(migrations), { now: clock })).context.sequence?.migrations ?? [];
const reversibilityOf = async (...operations: Operation[]) => (await migrationsOf({ a: [operations] }))[0]?.reversibility;

describe('the sequence', () => {
  it('is the change where nothing else is given, named and titled from its operations', async () => {
    const { context } = await completeContext(shopChange(), { now: clock });
    expect(context.sequence?.migrations).toMatchObject([
      {
        id: '001',
        name: 'multi_currency_orders',
        title: 'Create currencies and order_refunds, change orders',
        transaction: 'transactional',
        phase: 'contract',
        status: { state: 'pending' },
        risk: 'high',
      },
    ]);
    expect(context.title).toBe('Multi currency orders');
    expect(context.slug).toBe('multi-currency-orders');
    expect(context.sequence?.migrations[0]?.statements[6]).toMatchObject({
      from: 's7',
      verdicts: { data: { outcome: 'loses' }, code: { breaksOld: true, basis: 'predicted' } },
    });
    expect(context.sequence?.migrations[0]?.verdicts?.lock).toBeUndefined();
  });

  it('finds dependencies in the objects that migrations share, the nearest only', async () => {
    const migrations = await migrationsOf({
      '0001_currencies': [[{ type: 'createTable', table: { name: 'currencies', columns: [{ name: 'code', type: 'char(3)' }] } }]],
      '0002_currency_code': [[{ type: 'addColumn', table: 'orders', column: { name: 'currency_code', type: 'char(3)' } }]],
      '0003_fk': [
        [
          {
            type: 'addConstraint',
            table: 'orders',
            constraint: { type: 'foreignKey', name: 'fk', columns: ['currency_code'], references: { table: 'currencies' } },
          },
        ],
      ],
      '0004_validate': [[{ type: 'validateConstraint', table: 'orders', name: 'fk' }]],
      '0005_other': [[{ type: 'addColumn', table: 'customers', column: { name: 'phone', type: 'text' } }]],
    });
    expect(migrations.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['001', undefined],
      ['002', undefined],
      ['003', ['001', '002']],
      ['004', ['003']],
      ['005', undefined],
    ]);
  });

  it('is put into topological order, and a circle is an issue', async () => {
    const statements = [{ operations: [{ type: 'addColumn', table: 'orders', column: { name: 'a', type: 'text' } }] }] satisfies { operations: Operation[] }[];
    const context = shopChange({
      sequence: {
        migrations: [
          { id: '002', name: 'b', dependsOn: ['001'], statements },
          { id: '001', name: 'a', statements },
        ],
      },
    });
    const sorted = await completeContext(context, { now: clock });
    expect(sorted.context.sequence?.migrations.map(({ id }) => id)).toEqual(['001', '002']);
    const circle = await completeContext(
      {
        ...context,
        sequence: {
          migrations: [
            { id: '001', name: 'a', dependsOn: ['002'], statements },
            { id: '002', name: 'b', dependsOn: ['001'], statements },
          ],
        },
      },
      { now: clock },
    );
    expect(circle.issues).toMatchObject([{ code: 'cyclic-dependency', pointer: '/sequence/migrations' }]);
  });

  it('takes what nobody has described as there, and does not promise to bring it back', async () => {
    const wayBack = async (operation: Operation) => {
      const { change, ...rest } = contextOf({ a: [[operation]] });
      const { before: _shop, ...undescribed } = change;
      return (await completeContext({ ...rest, change: undescribed }, { now: clock })).context.sequence?.migrations[0]?.reversibility;
    };
    expect(await wayBack({ type: 'dropTable', table: 'parcels' })).toMatchObject({ kind: 'irreversible', reason: 'the rows of parcels are gone' });
    expect(await wayBack({ type: 'addColumn', table: 'parcels', column: { name: 'weight', type: 'integer' } })).toMatchObject({ kind: 'lossy' });
    expect(await wayBack({ type: 'alterColumnType', table: 'parcels', column: 'weight', to: 'bigint' })).toMatchObject({
      kind: 'irreversible',
      reason: 'the type of parcels.weight before is not known',
    });
    expect(await wayBack({ type: 'dropConstraint', table: 'parcels', name: 'parcels_weight_check' })).toMatchObject({ kind: 'irreversible' });
    expect(await wayBack({ type: 'dropNotNull', table: 'parcels', column: 'weight' })).toMatchObject({
      kind: 'reversible',
      condition: 'while no row holds NULL in parcels.weight',
    });
  });

  it('knows what its own ways back lose', async () => {
    expect(await reversibilityOf({ type: 'addColumn', table: 'orders', column: { name: 'gift_note', type: 'text' } })).toEqual({
      kind: 'lossy',
      loses: ['values written to orders.gift_note since'],
      transaction: 'transactional',
      basis: 'predicted',
    });
    expect(await reversibilityOf({ type: 'dropColumn', table: 'orders', column: 'note' })).toMatchObject({
      kind: 'irreversible',
      reason: 'the values of orders.note are gone',
    });
    expect(await reversibilityOf({ type: 'createIndex', table: 'orders', index: { name: 'ix', keys: [{ column: 'note' }] } })).toEqual({
      kind: 'reversible',
      transaction: 'transactional',
      basis: 'predicted',
    });
    expect(await reversibilityOf({ type: 'alterColumnType', table: 'orders', column: 'total_cents', to: 'bigint' })).toEqual({
      kind: 'reversible',
      condition: 'while every value of orders.total_cents fits integer',
      query: 'SELECT count(*) FROM orders WHERE total_cents NOT BETWEEN -2147483648 AND 2147483647',
      transaction: 'transactional',
      basis: 'predicted',
    });
    expect(await reversibilityOf({ type: 'addEnumValue', name: 'order_status', label: 'refunded' })).toMatchObject({ kind: 'irreversible' });
    expect(await reversibilityOf({ type: 'updateRows', table: 'orders', columns: ['note'], where: 'note IS NULL' })).toEqual({
      kind: 'lossy',
      loses: ['which rows of orders held NULL in note'],
      transaction: 'transactional',
      basis: 'predicted',
    });
  });

  it.each([
    ['Enable row level security on orders', { type: 'setRowSecurity', table: 'orders', state: 'enabled' } as const],
    ['Drop a policy of orders', { type: 'dropPolicy', table: 'orders', name: 'own' } as const],
    ['Drop view orders_open', { type: 'dropView', name: 'orders_open' } as const],
  ])('says %s', async (title, operation) => {
    const { context } = await completeContext(contextOf({ a: [[operation]] }), { now: clock });
    expect(context.sequence?.migrations[0]?.title).toBe(title);
  });

  it('names what a failed concurrent build leaves', async () => {
    const context = contextOf({
      a: [[{ type: 'createIndex', table: 'orders', concurrently: true, index: { name: 'ix_orders_note', keys: [{ column: 'note' }] } }]],
    });
    for (const migration of context.change.migrations) delete migration.transaction;
    const [migration] = (await completeContext(context, { now: clock })).context.sequence?.migrations ?? [];
    expect(migration).toMatchObject({
      transaction: 'none',
      transactionReason: 'CREATE INDEX CONCURRENTLY cannot run inside one.',
      leftover: { what: 'an INVALID index ix_orders_note', remove: 'DROP INDEX CONCURRENTLY IF EXISTS ix_orders_note' },
    });
  });

  it('says the locks that are known, and of how many statements none is', async () => {
    const lock = { basis: 'predicted', locks: [{ relation: 'orders', mode: 'ACCESS EXCLUSIVE', held: 'brief' }] } as const;
    const context = contextOf({
      a: [
        [{ type: 'addColumn', table: 'orders', column: { name: 'a', type: 'text' } }],
        [{ type: 'addColumn', table: 'orders', column: { name: 'b', type: 'text' } }],
      ],
    });
    const statements = context.change.migrations[0]?.statements ?? [];
    if (statements[0]) statements[0].verdicts = { lock: { ...lock, locks: [...lock.locks] } };
    const { context: half } = await completeContext(context, { now: clock });
    expect(half.sequence?.migrations[0]?.verdicts?.lock).toEqual({ ...lock, unknown: 1 });
    expect(half.steps?.find(({ migrations }) => migrations?.length === 1)?.verdicts?.lock).toEqual({ ...lock, unknown: 1 });
    expect(half.timeline?.windowNeeded).toBeUndefined();
    expect(headline(half).find(({ measure }) => measure === 'tables written anew')?.planned).toBe('none known; 1 statement not analysed');
    const { context: none } = await completeContext(contextOf({ a: [[{ type: 'addColumn', table: 'orders', column: { name: 'a', type: 'text' } }]] }), {
      now: clock,
    });
    expect(none.sequence?.migrations[0]?.verdicts?.lock).toBeUndefined();
    if (statements[1]) statements[1].verdicts = { lock: { ...lock, locks: [...lock.locks] } };
    const { context: known } = await completeContext(context, { now: clock });
    expect(known.sequence?.migrations[0]?.verdicts?.lock).toEqual({
      basis: 'predicted',
      locks: [{ relation: 'orders', mode: 'ACCESS EXCLUSIVE', held: 'brief' }],
    });
    expect(known.timeline).toMatchObject({ windowNeeded: false, windowReason: 'the worst lock is a brief ACCESS EXCLUSIVE on orders' });
  });
});
