import { expect, it } from 'vitest';
import { typeOf } from '../type.js';
import { valuesOf } from '../values-of.js';

const snapshot = { tables: [] };

it.each([
  ['below 8', { sql: '8', number: 8, included: false }, 3],
  ['up to 8', { sql: '8', number: 8, included: true }, 4],
  ['below 7.5', { sql: '7.5', number: 7.5, included: false }, 3],
  ['up to 7.5', { sql: '7.5', number: 7.5, included: true }, 3],
])('there are so many whole numbers from 5 %s', (_, high, count) => {
  const low = { sql: '5', number: 5, included: true };
  expect(valuesOf(typeOf('integer', snapshot), { low, high }, { column: 'number', snapshot, mark: '' }).count).toBe(count);
});
