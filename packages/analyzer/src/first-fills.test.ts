import type { Operation } from '@planwright/spec';
import { expect, test } from 'vitest';
import { FirstFills } from './first-fills.js';

const orders: Operation = { type: 'createTable', table: { name: 'orders', columns: [] } };
const insert: Operation = { type: 'insertRows', table: 'orders', from: ['carts'] };
const again: Operation = { ...insert };

test('a table that an earlier migration has made is filled first by the first insert of the next one', () => {
  const fills = new FirstFills();
  fills.begin();
  expect(fills.of([orders]).size).toBe(0);
  fills.begin();
  expect([...fills.of([insert, again])]).toEqual([
    [insert, true],
    [again, false],
  ]);
  fills.begin();
  expect(fills.of([insert]).size).toBe(0);
});

test('its own migration, or a statement that nobody could analyse, leaves no table empty', () => {
  const own = new FirstFills();
  own.begin();
  own.of([orders, insert]);
  own.begin();
  expect(own.of([again]).size).toBe(0);

  const unknown = new FirstFills();
  unknown.begin();
  unknown.of([orders]);
  unknown.begin();
  unknown.of([{ type: 'unknown', reason: 'A DO block.' }]);
  expect(unknown.of([insert]).size).toBe(0);
});
