import { expect, test } from 'vitest';
import { operationDetail } from './operation-detail.js';

test('an operation named alone says what it makes', () => {
  expect(operationDetail({ type: 'dropTable', table: 'invoices' })).toBe('DROP TABLE invoices');
  expect(operationDetail({ type: 'addColumn', table: 'invoices', column: { name: 'due_on', type: 'date', notNull: true } })).toBe(
    'ADD COLUMN due_on, date NOT NULL',
  );
  expect(operationDetail({ type: 'dropNotNull', table: 'invoices', column: 'due_on' })).toBe('ALTER COLUMN due_on DROP NOT NULL');
  expect(operationDetail({ type: 'dropIndex', name: 'ix_invoices_due_on', concurrently: true })).toBe('DROP INDEX ix_invoices_due_on, CONCURRENTLY');
  expect(operationDetail({ type: 'unknown', reason: 'A DO block computes its SQL.' })).toBe('not analysed: A DO block computes its SQL.');
});
