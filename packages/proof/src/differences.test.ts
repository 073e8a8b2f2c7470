import type { Snapshot, Table } from '@planwright/spec';
import { describe, expect, it } from 'vitest';
import { differences } from './differences.js';

const orders: Table = {
  name: 'orders',
  columns: [
    { name: 'id', type: 'integer', notNull: true },
    { name: 'customer_id', type: 'integer' },
    { name: 'total', type: 'numeric(12,2)', default: '0' },
  ],
  constraints: [
    { type: 'primaryKey', name: 'orders_pkey', columns: ['id'] },
    { type: 'foreignKey', name: 'orders_customer_id_fkey', columns: ['customer_id'], references: { table: 'customers', columns: ['id'] } },
    { type: 'check', name: 'orders_total_check', expression: 'total >= 0', columns: ['total'] },
  ],
  indexes: [{ name: 'orders_total', keys: [{ column: 'total', order: 'desc' }, { column: 'id' }] }],
};
const customers: Table = {
  name: 'customers',
  columns: [{ name: 'id', type: 'integer' }],
  constraints: [{ type: 'primaryKey', name: 'customers_pkey', columns: ['id'] }],
};
const observed: Snapshot = { tables: [customers, orders] };

const compare = (table: Partial<Table>) => differences({ tables: [{ ...orders, ...table }, customers] }, observed).differences;

describe('the same', () => {
  it('is the order of objects, and what is the default of its field', () => {
    const [pkey, fkey, check] = orders.constraints ?? [];
    expect(
      compare({ constraints: [check!, { ...fkey!, onDelete: 'no action' } as typeof fkey & object, pkey!], persistence: 'permanent', purpose: 'Orders.' }),
    ).toEqual([]);
  });

  it('is a foreign key to a primary key, its columns named or not', () => {
    const constraints = orders.constraints?.map((constraint) =>
      constraint.type === 'foreignKey' ? { ...constraint, references: { table: 'customers' } } : constraint,
    );
    expect(compare({ constraints })).toEqual([]);
  });

  it('is a check whose columns nobody listed', () => {
    const constraints = orders.constraints?.map((constraint) => (constraint.type === 'check' ? { ...constraint, columns: undefined } : constraint));
    expect(compare({ constraints })).toEqual([]);
  });
});

describe('a difference', () => {
  it('is one line for each fact', () => {
    expect(
      compare({
        columns: orders.columns.map((column) => (column.name === 'total' ? { ...column, type: 'numeric', notNull: true, default: undefined } : column)),
      }),
    ).toEqual([
      'table orders, column total, default: predicted nothing, observed `0`',
      'table orders, column total, notNull: predicted `true`, observed nothing',
      'table orders, column total, type: predicted `numeric`, observed `numeric(12,2)`',
    ]);
  });

  it('is the order of columns and of keys', () => {
    expect(compare({ columns: orders.columns.toReversed() })).toEqual([
      'table orders, columns: predicted `total, customer_id, id`, observed `id, customer_id, total`',
    ]);
    expect(compare({ indexes: orders.indexes?.map((index) => ({ ...index, keys: index.keys.toReversed() })) })).toEqual([
      'table orders, index orders_total, key 1, column: predicted `id`, observed `total`',
      'table orders, index orders_total, key 1, order: predicted nothing, observed `desc`',
      'table orders, index orders_total, key 2, column: predicted `total`, observed `id`',
      'table orders, index orders_total, key 2, order: predicted `desc`, observed nothing',
    ]);
  });

  it('is an object that is missing, said once and not for each of its parts', () => {
    expect(differences({ tables: [customers] }, observed).differences).toEqual(['table orders: in the catalogue, not predicted']);
    expect(differences(observed, { tables: [customers] }).differences).toEqual(['table orders: predicted, not in the catalogue']);
    expect(compare({ indexes: [] })).toEqual(['table orders, index orders_total: in the catalogue, not predicted']);
  });
});

it('counts a name that differs alone as a name', () => {
  const renamed = {
    ...orders,
    constraints: orders.constraints?.map((constraint) => (constraint.type === 'check' ? { ...constraint, name: 'orders_check' } : constraint)),
  };
  expect(differences({ tables: [customers, renamed] }, observed)).toEqual({
    differences: [],
    names: ['table orders, constraint: predicted orders_check, observed orders_total_check'],
    spellings: [],
  });
});

it('counts an expression that differs in spelling as a spelling, if told so', () => {
  const spelt: Snapshot = {
    tables: [customers, { ...orders, columns: orders.columns.map((column) => (column.default ? { ...column, default: '0::numeric' } : column)) }],
  };
  expect(differences(spelt, observed, (one, other) => one === '0::numeric' && other === '0')).toEqual({
    differences: [],
    names: [],
    spellings: ['table orders, column total, default: predicted `0::numeric`, observed `0`'],
  });
});
