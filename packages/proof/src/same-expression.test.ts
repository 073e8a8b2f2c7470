import { loadPostgresql } from '@planwright/sql/postgresql';
import { expect, it } from 'vitest';
import { sameButForCasts } from './same-expression.js';

const same = sameButForCasts(await loadPostgresql());

it('sees through casts, parentheses and space', () => {
  expect(same("'open'", "'open'::character varying")).toBe(true);
  expect(same('(price*quantity)', '((price)::numeric * quantity)')).toBe(true);
  expect(same("SELECT id FROM orders WHERE status='open'", "SELECT id\n FROM orders\n WHERE (status = 'open'::text)")).toBe(true);
});

it('sees a different value, column or structure', () => {
  expect(same("'open'", "'paid'")).toBe(false);
  expect(same('price + 1', 'total + 1')).toBe(false);
  expect(same('a AND (b OR c)', '(a AND b) OR c')).toBe(false);
});

it('knows nothing of what is no SQL', () => {
  expect(same(')', ')')).toBe(false);
});
