import type { Operation } from '@planwright/spec';
import { describe, expect, it } from 'vitest';
import { say } from './say.js';

it('says a duration as one number or a range, in the unit of its upper bound', () => {
  const durations: readonly (readonly [number, number])[] = [
    [30, 30],
    [1, 5],
    [0, 0.2],
    [0, 2],
    [90, 240],
    [7200, 14_400],
    [172_800, 259_200],
  ];
  expect(durations.map(([min, max]) => say.duration({ min, max }))).toEqual([
    '30 sec',
    '1-5 sec',
    'up to 0.2 sec',
    'up to 2 sec',
    '1.5-4 min',
    '2-4 hours',
    '2-3 days',
  ]);
  expect(say.duration(undefined)).toBe('not known');
});

it('says the bucket of a duration by its upper bound', () => {
  expect([30, 60, 300, 301].map((max) => say.bucket({ min: 0, max }))).toEqual(['< 1 min', '1-5 min', '1-5 min', '5+ min']);
});

it('says effort in days', () => {
  expect([say.effort({ min: 0.5, max: 0.5 }), say.effort({ min: 0.5, max: 1 })]).toEqual(['0.5d', '0.5-1d']);
});

it('counts with thousands and the right plural', () => {
  expect([say.count(2_000_000, 'row'), say.count(1, 'row'), say.count(2, 'index', 'indexes'), say.count(3, 'query'), say.count(undefined, 'row')]).toEqual([
    '2,000,000 rows',
    '1 row',
    '2 indexes',
    '3 queries',
    'not known',
  ]);
});

it('says sizes as PostgreSQL does', () => {
  expect([say.bytes(512), say.bytes(210_763_776)]).toEqual(['512 B', '201.0 MB']);
});

describe('verdicts', () => {
  it('name lock, relation and how long, with what they rest on', () => {
    expect(say.lock({ basis: 'predicted', locks: [{ relation: 'orders', mode: 'ACCESS EXCLUSIVE', held: 'brief' }] }).markdown).toBe(
      'ACCESS EXCLUSIVE on `orders`, brief; no scan, no rewrite (predicted)',
    );
    expect(say.lock({ basis: 'observed', locks: [{ relation: 'orders', mode: 'ACCESS EXCLUSIVE', held: 'rewrite' }], rewrites: ['orders'] }).markdown).toBe(
      'ACCESS EXCLUSIVE on `orders`, for a rewrite; rewrites `orders` (observed)',
    );
  });

  it('never say that nothing is locked', () => {
    expect(say.lock({ basis: 'predicted', locks: [], newOnly: true }).markdown).toBe('only relations that it creates are locked (predicted)');
    expect(say.lock({ basis: 'predicted', locks: [] }).markdown).not.toContain('no lock');
  });

  it('say data and code apart', () => {
    expect(say.data({ basis: 'predicted', outcome: 'may fail', reason: 'Fails when a row has no customer.', query: 'P3' }).markdown).toBe(
      'may fail on existing rows: fails when a row has no customer; ask P3 first (predicted)',
    );
    expect(say.code({ basis: 'assumed', breaksOld: true, needsNew: false, reason: 'Statements that name placed_by fail with 42703.' }).markdown).toBe(
      'breaks a running release: statements that name placed_by fail with 42703 (assumed)',
    );
  });

  it('claim nothing of statements that were not analysed', () => {
    const known = { basis: 'predicted', locks: [{ relation: 'orders', mode: 'ACCESS EXCLUSIVE', held: 'brief' }] } as const;
    expect(String(say.lock({ ...known, locks: [...known.locks], unknown: 2 }))).toBe(
      'ACCESS EXCLUSIVE on `orders`, brief; 2 statements not analysed (predicted)',
    );
    expect(String(say.lock({ basis: 'predicted', locks: [], unknown: 1 }))).toBe('1 statement not analysed (predicted)');
  });

  it('are not analysed when nobody has reached them', () => {
    expect([say.lock(undefined), say.data(undefined), say.code(undefined)].map(String)).toEqual(['not analysed', 'not analysed', 'not analysed']);
  });
});

it('says whether a migration can be taken back', () => {
  expect(say.reversibility({ kind: 'reversible' })).toBe('Yes');
  expect(say.reversibility({ kind: 'lossy', loses: ['refunds recorded since'] })).toBe('Yes, with loss: refunds recorded since');
  expect(say.reversibility({ kind: 'irreversible', reason: 'the values of legacy_ref are gone' })).toBe('No: the values of legacy_ref are gone');
});

it('says operations in the words of the database', () => {
  const operations: readonly Operation[] = [
    { type: 'createTable', table: { name: 'refunds', columns: [] } },
    { type: 'addColumn', table: 'orders', column: { name: 'currency_code', type: 'char(3)' } },
    { type: 'setNotNull', table: 'orders', column: 'customer_id' },
    { type: 'dropIndex', name: 'ix_orders' },
    { type: 'renameSequence', name: 'a_seq', to: 'b_seq' },
    { type: 'backfill', table: 'orders', set: { customer_id: 'placed_by' } },
    { type: 'createPolicy', table: 'orders', policy: { name: 'members_read' } },
  ];
  expect(operations.map(say.operation)).toEqual([
    'CREATE TABLE',
    'ADD COLUMN currency_code',
    'ALTER COLUMN customer_id',
    'DROP INDEX ix_orders',
    'RENAME SEQUENCE a_seq TO b_seq',
    'BACKFILL customer_id',
    'ADD RLS POLICY members_read',
  ]);
  expect(say.sqlType([])).toBe('no statement');
  expect(say.sqlType(operations)).toBe(
    'DDL (CREATE TABLE, ALTER TABLE ADD COLUMN, ALTER TABLE ALTER COLUMN, DROP INDEX, RENAME SEQUENCE, CREATE POLICY) and DML (BACKFILL)',
  );
  const attached = { type: 'attachPartition', table: 'events', partition: { table: 'events_2026' } } as const;
  expect(say.sqlType([{ ...attached, bounds: 'DEFAULT' }])).toBe('DDL (ALTER TABLE ATTACH PARTITION)');
  expect(say.sqlType([attached])).toBe('DDL (ALTER INDEX ATTACH PARTITION)');
});

it('writes types and constraints as SQL has them', () => {
  expect(say.columnType({ name: 'currency_code', type: 'char(3)', notNull: true, default: "'EUR'" })).toBe("char(3) NOT NULL DEFAULT 'EUR'");
  expect(
    say.constraint({ type: 'foreignKey', columns: ['order_id'], references: { table: 'orders', columns: ['id'] }, onDelete: 'restrict', notValid: true }),
  ).toBe('FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT NOT VALID');
});

it('writes a level in the form that a document uses', () => {
  expect([say.level('high'), say.level('high', 'Capitalised'), say.level('high', 'UPPER'), say.level(undefined)]).toEqual([
    'high',
    'High',
    'HIGH',
    'not known',
  ]);
});
