import { expect, it } from 'vitest';
import { typeChange } from './type-change.js';

it.each([
  ['varchar(40)', 'varchar(80)', 'widens', false],
  ['varchar(40)', 'text', 'widens', false],
  ['text', 'varchar', 'widens', false],
  ['text', 'varchar(80)', 'narrows', true],
  ['integer', 'bigint', 'widens', true],
  ['bigint', 'integer', 'narrows', true],
  ['numeric(10,2)', 'numeric(14,2)', 'widens', false],
  ['numeric(10,2)', 'numeric', 'widens', false],
  ['numeric(10,2)', 'numeric(10,3)', 'narrows', true],
  ['timestamptz', 'timestamptz(3)', 'narrows', true],
  ['timestamp(3)', 'timestamp', 'widens', false],
  ['timestamp', 'timestamptz', 'converts', true],
  ['text[]', 'varchar[]', 'widens', true],
  ['text', 'text[]', 'converts', true],
])('%s to %s: %s, written anew: %s', (from, to, kind, rewrites) => {
  expect(typeChange(from, to)).toMatchObject({ kind, rewrites });
});
