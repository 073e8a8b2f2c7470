import type { Context, Operation } from '@planwright/spec';
import { expect, it } from 'vitest';
import { helperTables } from './helper-tables.js';

const table = (name: string): Operation => ({ type: 'createTable', table: { name, columns: [{ name: 'id', type: 'bigint' }] } });
const migration = (id: string, operations: Operation[]) => ({ id, name: `m${id}`, statements: [{ operations }] });

it('are those that the sequence makes and the change does not, with what they are for and how long they stay', () => {
  const context: Pick<Context, 'change' | 'sequence'> = {
    change: { migrations: [{ id: 'a', statements: [{ operations: [table('invoices')] }] }] },
    sequence: {
      migrations: [
        migration('001', [table('invoices'), table('orders_backfill_progress')]),
        migration('002', [{ type: 'backfill', table: 'orders', set: { note: "''" }, progress: 'orders_backfill_progress' }]),
        migration('003', [{ type: 'dropTable', table: 'orders_backfill_progress' }]),
      ],
    },
  };
  expect(helperTables(context)).toEqual([
    { name: 'orders_backfill_progress', table: 'orders', purpose: 'how far the backfill of orders has come', from: '001', until: '003' },
  ]);
});
