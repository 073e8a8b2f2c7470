import { expect, it } from 'vitest';
import { joinName } from './choose-name.js';

it('joins the parts while they fit into 63 bytes', () => {
  expect(joinName('orders', 'customer_id', 'fkey')).toBe('orders_customer_id_fkey');
  expect(joinName('orders', undefined, 'pkey')).toBe('orders_pkey');
});

it('cuts the longer part first, and both alike once they are equal', () => {
  expect(joinName('a'.repeat(60), 'id', 'fkey')).toBe(`${'a'.repeat(55)}_id_fkey`);
  const name = joinName('t'.repeat(50), 'c'.repeat(50), 'idx');
  expect(name).toHaveLength(63);
  expect(name).toBe(`${'t'.repeat(29)}_${'c'.repeat(29)}_idx`);
});

it('never splits a character', () => {
  const name = joinName('ü'.repeat(40), undefined, 'pkey');
  expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(63);
  expect(name).toBe(`${'ü'.repeat(29)}_pkey`);
});
