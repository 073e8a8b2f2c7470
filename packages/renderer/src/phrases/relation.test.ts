import { expect, test } from 'vitest';
import { anchor } from './anchor.js';
import { commandLine, shell } from './command-lines.js';
import { migrationFile } from './migration-file.js';
import { migrationTitle } from './migration-title.js';
import { relation } from './relation.js';

test('an operation is about its table, a view or type about itself, a setting about none', () => {
  expect(relation({ type: 'addColumn', schema: 'billing', table: 'invoices', column: { name: 'due_on', type: 'date' } })).toBe('billing.invoices');
  expect(relation({ type: 'dropIndex', name: 'ix_orders_status' })).toBe('ix_orders_status');
  expect(relation({ type: 'createView', view: { name: 'open_orders', query: 'SELECT 1' } })).toBe('open_orders');
  expect(relation({ type: 'setSetting', name: 'lock_timeout', value: '2s' })).toBeUndefined();
});

test('a migration is called by its folder where all files are called alike', () => {
  expect(migrationFile({ name: 'add_note', file: 'prisma/migrations/20261120103003_add_note/migration.sql' })).toBe('20261120103003_add_note');
  expect(migrationFile({ name: 'add_note', file: 'db/V7__add_note.sql' })).toBe('V7__add_note.sql');
  expect(migrationFile({ name: 'add_note' })).toBe('add_note');
});

test('a migration without a title is titled by its name, without the number in front', () => {
  expect(migrationTitle({ name: '20261120103003_add_order_columns' })).toBe('Add order columns');
  expect(migrationTitle({ name: 'V7__add_note' })).toBe('Add note');
  expect(migrationTitle({ name: '0042' })).toBe('0042');
  expect(migrationTitle({ name: 'add_note', title: 'Add the note' })).toBe('Add the note');
});

test('a command follows the runner, a client of the database does not', () => {
  const project = { runner: 'uv run', workingDirectory: 'api' };
  expect(commandLine({ command: 'alembic current' }, project)).toBe('uv run alembic current');
  expect(commandLine({ command: 'psql', bare: true }, project)).toBe('psql');
  expect(shell(project, 'uv run alembic current')).toBe('cd api\nuv run alembic current');
  expect(shell(undefined, 'flyway info')).toBe('flyway info');
});

test('an anchor keeps letters, digits and hyphens', () => {
  expect(anchor('Migration 002: Create messages ["wall" posts]')).toBe('#migration-002-create-messages-wall-posts');
});
