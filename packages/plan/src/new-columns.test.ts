import { expect, it } from 'vitest';
import { createPlan } from './create-plan.js';

it('a foreign key on a column that the same statement adds empty is no risk: no row can break it', async () => {
  const files = [
    { path: 'migrations/0001_orders.up.sql', text: 'CREATE TABLE devices (id bigint PRIMARY KEY);\nCREATE TABLE profiles (id bigint PRIMARY KEY);\n' },
    {
      path: 'migrations/0002_device.up.sql',
      text: 'ALTER TABLE profiles ADD COLUMN device bigint REFERENCES devices ON DELETE CASCADE, ADD COLUMN name text;\n',
    },
  ];
  const { context } = await createPlan({ files, templates: [], now: '2026-11-20T10:30:00Z' });
  expect(context?.sequence?.migrations[0]?.verdicts?.data?.outcome).toBe('safe');
  expect((context?.risks ?? []).map(({ id }) => id).filter((id) => id?.startsWith('R-fail'))).toEqual([]);
  expect(JSON.stringify(context?.classification)).not.toContain('fails when a row');
});
