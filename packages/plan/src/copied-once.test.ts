import { expect, it } from 'vitest';
import { createPlan } from './create-plan.js';

const before = 'CREATE TABLE resources (id bigint PRIMARY KEY, pinned jsonb, note text);\nCREATE TABLE pins (resource bigint, version jsonb);\n';

async function planOf(change: string) {
  const files = [
    { path: 'migrations/0001_before.up.sql', text: before },
    { path: 'migrations/0002_pins.up.sql', text: change },
  ];
  const { context } = await createPlan({ files, templates: [], now: '2026-11-20T10:30:00Z' });
  if (!context) throw new Error('There is no plan.');
  return context;
}

it('what a release writes after it was copied, and what goes later, is a risk; the drop waits for the copy', async () => {
  const context = await planOf('INSERT INTO pins SELECT id, pinned FROM resources;\nALTER TABLE resources DROP COLUMN pinned;\n');
  const stale = (context.risks ?? []).filter(({ id }) => id?.startsWith('R-stale'));
  expect(stale.map(({ id, level }) => [id, level])).toEqual([['R-stale-resources-pinned', 'high']]);
  const migrations = context.sequence?.migrations ?? [];
  expect(migrations.map(({ id, dependsOn }) => [id, dependsOn ?? []])).toEqual([
    ['001', []],
    ['002', ['001']],
  ]);
});

it('another column that goes is none', async () => {
  const context = await planOf('INSERT INTO pins SELECT id, pinned FROM resources;\nALTER TABLE resources DROP COLUMN note;\n');
  expect((context.risks ?? []).filter(({ id }) => id?.startsWith('R-stale'))).toEqual([]);
});
