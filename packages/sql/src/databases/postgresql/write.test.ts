import type { Operation } from '@planwright/spec';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { postgresqlOperation, sharedOperation } from '../../operations-for-test.js';
import { loadPostgresql, type PostgresqlDialect, writeOperation } from './index.js';

let postgresql: PostgresqlDialect;
beforeAll(async () => {
  postgresql = await loadPostgresql();
});

const written = (operation: Operation): readonly string[] => {
  const result = writeOperation(operation);
  return 'statements' in result ? result.statements : [result.issue.message];
};

describe('operations as SQL of PostgreSQL', () => {
  it('writes a table over lines, with what stands beside it', () => {
    const operation: Operation = {
      type: 'createTable',
      table: {
        name: 'order_refunds',
        columns: [
          { name: 'id', type: 'bigint', identity: 'always', notNull: true },
          { name: 'order', type: 'bigint', notNull: true },
          { name: 'amount', type: 'numeric(12,2)', notNull: true, default: '0' },
          { name: 'noted_at', type: 'timestamptz', default: "now() AT TIME ZONE 'utc'" },
        ],
        constraints: [
          { type: 'primaryKey', name: 'order_refunds_pkey', columns: ['id'] },
          { type: 'foreignKey', name: 'order_refunds_order_fkey', columns: ['order'], references: { table: 'orders', columns: ['id'] }, onDelete: 'cascade' },
        ],
        indexes: [{ name: 'late', keys: [{ expression: 'lower(note)' }, { expression: 'amount + 1', order: 'desc' }], where: 'amount > 0' }],
        comment: "A customer's refund",
      },
    };
    expect(written(operation)).toEqual([
      `CREATE TABLE order_refunds (
  id       bigint        GENERATED ALWAYS AS IDENTITY,
  "order"  bigint        NOT NULL,
  amount   numeric(12,2) NOT NULL DEFAULT 0,
  noted_at timestamptz   DEFAULT (now() AT TIME ZONE 'utc'),
  CONSTRAINT order_refunds_pkey PRIMARY KEY (id),
  CONSTRAINT order_refunds_order_fkey FOREIGN KEY ("order") REFERENCES orders (id) ON DELETE CASCADE
)`,
      'CREATE INDEX late ON order_refunds (lower(note), (amount + 1) DESC) WHERE amount > 0',
      "COMMENT ON TABLE order_refunds IS 'A customer''s refund'",
    ]);
  });

  it.each<[Operation, string]>([
    [{ type: 'setSetting', name: 'search_path', value: 'billing, "$user"' }, 'SET search_path = billing, "$user"'],
    [{ type: 'setSetting', name: 'lock_timeout', value: '2s', local: true }, "SET LOCAL lock_timeout = '2s'"],
    [
      { type: 'setTableOption', table: 'orders', option: 'replica identity', value: 'using index orders_key' },
      'ALTER TABLE orders REPLICA IDENTITY USING INDEX orders_key',
    ],
    [{ type: 'setTableOption', table: 'orders', option: 'fillfactor', value: '70' }, 'ALTER TABLE orders SET (fillfactor = 70)'],
    [{ type: 'alterConstraint', table: 'orders', name: 'fk', deferrable: 'deferred' }, 'ALTER TABLE orders ALTER CONSTRAINT fk DEFERRABLE INITIALLY DEFERRED'],
    [
      { type: 'createSequence', sequence: { name: 'invoice_no', options: { start: '1000' }, ownedBy: 'billing.invoices.no' } },
      'CREATE SEQUENCE invoice_no START 1000 OWNED BY billing.invoices.no',
    ],
    [
      {
        type: 'createRoutine',
        orReplace: true,
        routine: { name: 'one', kind: 'function', arguments: '', definition: "create FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'" },
      },
      "CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
    [
      { type: 'detachPartition', table: 'events', partition: { table: 'events_2026' }, concurrently: true },
      'ALTER TABLE events DETACH PARTITION events_2026 CONCURRENTLY',
    ],
    [{ type: 'dropObject', kind: 'foreign data wrapper', name: 'Files' }, 'DROP FOREIGN DATA WRAPPER "Files"'],
  ])('writes %j', (operation, sql) => {
    expect(written(operation)).toEqual([sql]);
  });

  it('sets the kind of an identity that is there, and adds one that is not', () => {
    const operation: Operation = { type: 'setIdentity', table: 'orders', column: 'id', identity: 'always' };
    const before = { tables: [{ name: 'orders', columns: [{ name: 'id', type: 'bigint', identity: 'by default' as const }] }] };
    expect([writeOperation(operation), writeOperation(operation, { before })]).toEqual([
      { statements: ['ALTER TABLE orders ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY'] },
      { statements: ['ALTER TABLE orders ALTER COLUMN id SET GENERATED ALWAYS'] },
    ]);
  });

  it('names the columns of a star whose table has grown since', () => {
    const query = 'WITH late AS (SELECT * FROM carts) SELECT o.*, c.name FROM orders o JOIN customers c ON c.id = o.customer_id';
    const operation: Operation = { type: 'createView', view: { name: 'v', columns: ['id', 'customer_id', 'name'], query } };
    const now = (names: readonly string[]) => ({ before: { tables: [{ name: 'orders', columns: names.map((name) => ({ name, type: 'text' })) }] } });
    const grown = 'WITH late AS (SELECT * FROM carts) SELECT o.id, o.customer_id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id';
    expect(writeOperation(operation, now(['id', 'customer_id', 'note']))).toEqual({ statements: [`CREATE VIEW v (id, customer_id, name) AS\n${grown}`] });
    expect(writeOperation(operation, now(['id', 'customer_id']))).toEqual({ statements: [`CREATE VIEW v (id, customer_id, name) AS\n${query}`] });
  });

  it.each<Operation>([
    { type: 'insertRows', table: 'orders', rows: 2 },
    { type: 'backfill', table: 'orders', set: { a: 'b' } },
    { type: 'changePrivileges', kind: 'grant' },
    { type: 'unknown', reason: 'A DO block.' },
    { type: 'createObject', object: { kind: 'collation', name: 'german' } },
    { type: 'dropObject', kind: 'operator', name: '+' },
  ])('says what it cannot write: %j', (operation) => {
    expect(writeOperation(operation)).toEqual({
      issue: expect.objectContaining({ code: 'operation-not-writable', message: expect.stringContaining(operation.type) }),
    });
  });

  it('does not write a setting whose name has an empty part', () => {
    expect(writeOperation({ type: 'setSetting', name: 'app.', value: 'x' })).toMatchObject({ issue: { code: 'operation-not-writable' } });
  });

  it('writes what the grammar reads as one statement each, whatever the names', () => {
    fc.assert(
      fc.property(fc.oneof(sharedOperation, postgresqlOperation), (operation) => {
        const result = writeOperation(operation);
        if ('issue' in result) throw new Error(result.issue.message);
        const { statements, issues } = postgresql.parse(`${result.statements.join(';\n')};`);
        expect([issues, statements.length]).toEqual([[], result.statements.length]);
      }),
      { numRuns: 500 },
    );
  });
});
