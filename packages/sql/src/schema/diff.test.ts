import type { Snapshot } from '@planwright/spec';
import { describe, expect, it } from 'vitest';
import { diff } from '../index.js';

const orders = { name: 'orders', columns: [{ name: 'id', type: 'bigint', notNull: true }] };
const customers = { name: 'customers', columns: [{ name: 'id', type: 'bigint', notNull: true }] };

const typesOf = (from: Snapshot, to: Snapshot): readonly string[] => diff(from, to).map(({ type }) => type);

describe('the difference of two schemas', () => {
  it('is nothing where both are the same', () => {
    expect(diff({ tables: [orders] }, { tables: [{ ...orders, purpose: 'Orders.' }], views: [] })).toEqual([]);
  });

  it('makes what is needed first, and drops it last', () => {
    const key = { type: 'foreignKey' as const, name: 'fk', columns: ['id'], references: { table: 'customers', columns: ['id'] } };
    const both: Snapshot = {
      tables: [{ ...orders, constraints: [key] }, customers],
      views: [
        { name: 'late', query: 'SELECT id FROM open' },
        { name: 'open', query: 'SELECT id FROM orders' },
      ],
    };
    const made = diff({ tables: [] }, both).map((operation) =>
      operation.type === 'createTable' ? operation.table.name : operation.type === 'createView' ? operation.view.name : operation.type,
    );
    expect(made).toEqual(['customers', 'orders', 'open', 'late']);
    const dropped = diff(both, { tables: [] }).map((operation) =>
      'table' in operation ? operation.table : 'name' in operation ? operation.name : operation.type,
    );
    expect(dropped).toEqual(['late', 'open', 'orders', 'customers']);
  });

  it('adds the foreign keys of a circle when both tables are there', () => {
    const to = (table: string) => [{ type: 'foreignKey' as const, name: `fk_${table}`, columns: ['id'], references: { table, columns: ['id'] } }];
    const circle: Snapshot = {
      tables: [
        { ...orders, constraints: to('customers') },
        { ...customers, constraints: to('orders') },
      ],
    };
    expect(typesOf({ tables: [] }, circle)).toEqual(['createTable', 'createTable', 'addConstraint']);
    expect(typesOf(circle, { tables: [] })).toEqual(['dropConstraint', 'dropTable', 'dropTable']);
  });

  it('follows renames that it is told of, and then finds nothing more', () => {
    const from: Snapshot = { tables: [{ ...orders, indexes: [{ name: 'ix', keys: [{ expression: 'abs(id)' }] }] }] };
    const to: Snapshot = {
      tables: [
        { name: 'orders', columns: [{ name: 'number', type: 'bigint', notNull: true }], indexes: [{ name: 'ix', keys: [{ expression: 'abs(number)' }] }] },
      ],
    };
    const renames = [{ type: 'renameColumn' as const, table: 'orders', column: 'id', to: 'number' }];
    expect(diff(from, to, { renames })).toEqual(renames);
  });

  it('sets NOT NULL after the column is there, where nothing fills it', () => {
    const to: Snapshot = { tables: [{ ...orders, columns: [...orders.columns, { name: 'ref', type: 'text', notNull: true }] }] };
    expect(diff({ tables: [orders] }, to)).toEqual([
      { type: 'addColumn', table: 'orders', column: { name: 'ref', type: 'text' } },
      { type: 'setNotNull', table: 'orders', column: 'ref' },
    ]);
  });

  it('puts new labels where they belong', () => {
    const labels = (...names: string[]): Snapshot => ({ tables: [], enums: [{ name: 'status', labels: names }] });
    expect(diff(labels('b', 'd'), labels('a', 'b', 'c', 'd', 'e'))).toEqual([
      { type: 'addEnumValue', name: 'status', label: 'a', before: 'b' },
      { type: 'addEnumValue', name: 'status', label: 'c', after: 'b' },
      { type: 'addEnumValue', name: 'status', label: 'e' },
    ]);
    expect(typesOf(labels('a', 'b'), labels('a'))).toEqual(['renameType', 'createEnum', 'dropType']);
  });
});
