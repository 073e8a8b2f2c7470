import type { Operation, Snapshot } from '@planwright/spec';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedOperation } from '../../operations-for-test.js';
import { loadSqlite, type SqliteDialect, writeOperation } from './index.js';

let sqlite: SqliteDialect;
beforeAll(async () => {
  sqlite = await loadSqlite();
});

const before: Snapshot = {
  tables: [
    {
      name: 'orders',
      columns: [
        { name: 'id', type: 'INTEGER', notNull: true },
        { name: 'note', type: 'TEXT' },
        { name: 'total', type: 'INTEGER', generated: { expression: 'id * 2' } },
      ],
      constraints: [{ type: 'primaryKey', columns: ['id'] }],
      indexes: [{ name: 'ix_note', keys: [{ column: 'note' }], where: 'note IS NOT NULL' }],
    },
  ],
};

const written = (operation: Operation): readonly string[] => {
  const result = writeOperation(operation, { before });
  return 'statements' in result ? result.statements : [result.issue.message];
};

describe('operations as SQL of SQLite', () => {
  it('builds a table anew where ALTER TABLE has no form', () => {
    const statements = written({ type: 'setNotNull', table: 'orders', column: 'note' });
    expect(statements).toEqual([
      'PRAGMA foreign_keys = OFF',
      'BEGIN',
      `CREATE TABLE orders_new (
  id    INTEGER NOT NULL,
  note  TEXT    NOT NULL,
  total INTEGER GENERATED ALWAYS AS (id * 2) STORED,
  PRIMARY KEY (id)
)`,
      'INSERT INTO orders_new (id, note) SELECT id, note FROM orders',
      'DROP TABLE orders',
      'ALTER TABLE orders_new RENAME TO orders',
      'CREATE INDEX ix_note ON orders (note) WHERE note IS NOT NULL',
      'PRAGMA foreign_key_check',
      'COMMIT',
      'PRAGMA foreign_keys = ON',
    ]);
    expect(sqlite.parse(`${statements.join(';\n')};`).issues).toEqual([]);
  });

  it.each<[Operation, number]>([
    [{ type: 'addColumn', table: 'orders', column: { name: 'currency', type: 'TEXT', notNull: true, default: "'EUR'" } }, 1],
    [{ type: 'addColumn', table: 'orders', column: { name: 'at', type: 'TEXT', default: 'CURRENT_TIMESTAMP' } }, 10],
    [{ type: 'dropColumn', table: 'orders', column: 'total' }, 1],
    [{ type: 'dropColumn', table: 'orders', column: 'note' }, 9],
    [{ type: 'addConstraint', table: 'orders', constraint: { type: 'check', expression: 'id > 0' } }, 10],
  ])('takes the short way where there is one: %j in %i statements', (operation, count) => {
    expect(written(operation)).toHaveLength(count);
  });

  it.each<Operation>([
    { type: 'setNotNull', table: 'carts', column: 'note' },
    { type: 'createSequence', sequence: { name: 's' } },
    { type: 'createRoutine', routine: { name: 'f', kind: 'function', arguments: '', definition: 'CREATE FUNCTION f()' } },
  ])('says what it cannot write: %j', (operation) => {
    expect(writeOperation(operation, { before })).toEqual({ issue: expect.objectContaining({ code: 'operation-not-writable' }) });
  });

  it('writes what the grammar accepts, whatever the names', () => {
    fc.assert(
      fc.property(sharedOperation, (operation) => {
        const result = writeOperation(operation);
        if ('issue' in result) return;
        const { statements, issues } = sqlite.parse(`${result.statements.join(';\n')};`);
        expect([issues, statements.length], result.statements.join('\n')).toEqual([[], result.statements.length]);
      }),
      { numRuns: 300 },
    );
  });
});
