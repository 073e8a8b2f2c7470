import { expect, it } from 'vitest';
import { createPlan } from './create-plan.js';

const files = [
  { path: 'migrations/0001_orders.up.sql', text: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n' },
  {
    path: 'migrations/0002_place.up.sql',
    text: `ALTER TABLE orders ADD COLUMN place bigint;
UPDATE orders SET place = ranks.place FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM orders) ranks WHERE ranks.id = orders.id;
ALTER TABLE orders ALTER COLUMN place SET NOT NULL;
`,
  },
];

it('a step ends where its queries must be asked: nothing that one finds is gone by then, and rows without a value are counted before the check is validated', async () => {
  const { context } = await createPlan({ files, templates: [], now: '2026-11-20T10:30:00Z' });
  const queries = new Map((context?.sequence?.migrations ?? []).flatMap(({ validation = [] }) => validation.map((query) => [query.id, query] as const)));
  const steps = (context?.steps ?? []).map(({ migrations = [], verification = [] }) => ({
    migrations,
    asked: verification.flatMap((one) => ('query' in one && one.query !== undefined ? (queries.get(one.query) ?? []) : [])),
  }));
  for (const { asked } of steps) {
    const gone = asked.filter(({ check }) => check === 'absent').flatMap(({ objects = [] }) => objects);
    expect(asked.filter(({ check, objects = [] }) => check !== 'absent' && objects.some((object) => gone.includes(object)))).toEqual([]);
  }
  const counted = steps.find(({ asked }) => asked.some(({ check, sql }) => check === 'nulls' && sql.includes('place')));
  const last = context?.sequence?.migrations.find(({ id }) => id === counted?.migrations.at(-1));
  expect(last?.name).toBe('constrain_orders');
});
