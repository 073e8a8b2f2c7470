import type { HazardRow } from '@planwright/spec';
import { expect, it } from 'vitest';
import { hazards } from './hazard.js';

const row = {
  statement: 's1',
  sql: 'ALTER TABLE orders DROP COLUMN note',
  verdict: 'data',
  outcome: 'replaced',
  migrations: ['002'],
} satisfies Partial<HazardRow>;
const rows: readonly HazardRow[] = [
  { ...row, rule: 'drop-column-breaks-code', verdict: 'code', message: 'Statements that name `orders.note` fail with 42703.', reason: 'gate G1 comes before' },
  { ...row, rule: 'drop-column-loses-values', message: 'The values of `orders.note` are lost.' },
  {
    ...row,
    statement: 's2',
    sql: 'CREATE INDEX ON orders (a)',
    rule: 'index-blocks-writes',
    verdict: 'lock',
    message: 'Writers wait.',
    outcome: 'accepted',
    reason: 'It is small.',
    by: 'dba',
  },
];

it('tells the findings of one statement once, with their rules and what becomes of them', () => {
  expect(hazards(rows, (id) => `#${Number(id)}`)).toEqual([
    '`ALTER TABLE orders DROP COLUMN note`: Statements that name `orders.note` fail with 42703 (drop-column-breaks-code); The values of `orders.note` are lost (drop-column-loses-values). In this plan: Migration #2; gate G1 comes before (drop-column-breaks-code)',
    '`CREATE INDEX ON orders (a)`: Writers wait. Accepted by dba: It is small (index-blocks-writes)',
  ]);
});
