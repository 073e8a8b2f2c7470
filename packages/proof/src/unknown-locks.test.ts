// One statement that nobody can read says nothing about the others: documents tell what is known, and claim nothing of the whole.
import { createPlan } from '@planwright/plan';
import { expect, it } from 'vitest';
import { officialTemplates } from './official-templates.js';

const files = [
  { path: 'migrations/20260101000000_orders.sql', text: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);' },
  {
    path: 'migrations/20260201000000_widen.sql',
    text: `ALTER TABLE orders ADD COLUMN hint text;
DO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN copied text', (SELECT 'orders')); END $$;`,
  },
];

it('tells the locks that are known beside a statement that is not analysed, in every document', async () => {
  const templates = await officialTemplates();
  const plan = await createPlan({ files, templates, now: '2026-11-20T10:30:00Z', answers: { target: { version: '16' } } });
  if (!plan.context) throw new Error(JSON.stringify(plan.issues));
  const [migration] = plan.context.sequence?.migrations ?? [];
  expect(migration?.verdicts?.lock).toEqual({ basis: 'predicted', locks: [{ relation: 'orders', mode: 'ACCESS EXCLUSIVE', held: 'brief' }], unknown: 1 });
  expect(plan.documents.length).toBeGreaterThanOrEqual(templates.length);
  const texts = plan.documents.map(({ text }) => text);
  for (const text of texts)
    expect(text).not.toMatch(/no scan, no rewrite|no rewrite,|no full scan(?! known)|no table is locked|Safe to deploy in a single migration/);
  expect(texts.filter((text) => text.includes('1 statement not analysed')).length).toBeGreaterThanOrEqual(3);
});
