import { describe, expect, it } from 'vitest';
import { createPlan } from './create-plan.js';

const files = [
  {
    path: 'migrations/0001_orders.up.sql',
    text: 'CREATE TABLE orders (id bigint PRIMARY KEY, status text NOT NULL);\nCREATE TABLE order_archive (id bigint PRIMARY KEY, status text NOT NULL);\n',
  },
  {
    path: 'migrations/0002_archive.up.sql',
    text: [
      'CREATE TEMP TABLE closed ON COMMIT DROP AS SELECT id FROM orders;',
      'CREATE INDEX ON closed (id);',
      'INSERT INTO order_archive SELECT o.id, o.status FROM orders o JOIN closed c ON c.id = o.id;',
    ].join('\n'),
  },
];

describe('a migration with a temporary table', () => {
  it('says nothing of the table, which ends with the session', async () => {
    const { context } = await createPlan({ files, templates: [], now: '2026-11-20T10:30:00Z' });
    expect(context?.tables?.created).toEqual([]);
    expect(context?.sequence?.migrations[0]?.verdicts?.lock?.locks.map(({ relation }) => relation)).not.toContain('closed');
    expect(JSON.stringify([context?.validation, context?.sequence?.migrations[0]?.validation])).not.toContain('closed');
    expect(context?.sequence?.migrations[0]?.statements.slice(0, 2).map(({ down }) => down)).toEqual(['', '']);
  });

  it('says that rows of a query may break a rule of the table that they go into', async () => {
    const { context } = await createPlan({ files, templates: [], now: '2026-11-20T10:30:00Z' });
    expect(context?.sequence?.migrations[0]?.verdicts?.data).toMatchObject({
      outcome: 'may fail',
      reason: 'Fails when a row of the query breaks a key (23505) or NOT NULL (23502) of `order_archive`.',
    });
  });
});
