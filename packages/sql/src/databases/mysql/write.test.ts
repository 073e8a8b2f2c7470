import type { Operation, Snapshot } from '@planwright/spec';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedOperation } from '../../operations-for-test.js';
import { loadMysql, type MysqlDialect, writeOperation } from './index.js';

let mysql: MysqlDialect;
beforeAll(async () => {
  mysql = await loadMysql();
});

const before: Snapshot = {
  tables: [
    {
      name: 'orders',
      columns: [
        { name: 'id', type: 'bigint', notNull: true, identity: 'by default' },
        { name: 'note', type: 'varchar(40)', default: "'none'", comment: 'Remark' },
      ],
      constraints: [
        { type: 'primaryKey', name: 'PRIMARY', columns: ['id'] },
        { type: 'unique', name: 'uq_note', columns: ['note'] },
      ],
    },
  ],
};

const written = (operation: Operation): readonly string[] => {
  const result = writeOperation(operation, { before });
  return 'statements' in result ? result.statements : [result.issue.message];
};

describe('operations as SQL of MySQL', () => {
  it.each<[Operation, string]>([
    [{ type: 'setNotNull', table: 'orders', column: 'note' }, "ALTER TABLE orders MODIFY COLUMN note varchar(40) NOT NULL DEFAULT 'none' COMMENT 'Remark'"],
    [{ type: 'alterColumnType', table: 'orders', column: 'id', to: 'int' }, 'ALTER TABLE orders MODIFY COLUMN id int NOT NULL AUTO_INCREMENT'],
    [{ type: 'dropConstraint', table: 'orders', name: 'uq_note' }, 'ALTER TABLE orders DROP INDEX uq_note'],
    [{ type: 'dropConstraint', table: 'orders', name: 'PRIMARY' }, 'ALTER TABLE orders DROP PRIMARY KEY'],
    [{ type: 'setDefault', table: 'orders', column: 'note', default: 'uuid()' }, 'ALTER TABLE orders ALTER COLUMN note SET DEFAULT (uuid())'],
    [{ type: 'dropIndex', name: 'ix', table: 'order' }, 'DROP INDEX ix ON `order`'],
  ])('writes %j', (operation, sql) => {
    expect(written(operation)).toEqual([sql]);
    expect(mysql.parse(sql).issues).toEqual([]);
  });

  it.each<Operation>([
    { type: 'setNotNull', table: 'carts', column: 'note' },
    { type: 'createIndex', table: 'orders', index: { name: 'ix', keys: [{ column: 'id' }], where: 'id > 1' } },
    { type: 'addConstraint', table: 'orders', constraint: { type: 'exclusion', definition: 'EXCLUDE (id WITH =)' } },
    { type: 'createExtension', name: 'pgcrypto' },
    { type: 'renameSchema', name: 'a', to: 'b' },
  ])('says what it cannot write: %j', (operation) => {
    expect(writeOperation(operation, { before })).toEqual({ issue: expect.objectContaining({ code: 'operation-not-writable' }) });
  });

  it('writes what the grammar accepts, whatever the names', () => {
    fc.assert(
      fc.property(sharedOperation, (operation) => {
        const result = writeOperation(operation);
        if ('issue' in result) return;
        const { statements, issues } = mysql.parse(`${result.statements.join(';\n')};`);
        expect([issues, statements.length], result.statements.join('\n')).toEqual([[], result.statements.length]);
      }),
      { numRuns: 150 },
    );
  });
});
