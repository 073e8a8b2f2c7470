import { templates } from '@planwright/templates';
import { describe, expect, it } from 'vitest';
import { createPlan } from './create-plan.js';

/** Titles of the groups of scripts, for each document of the review. */
async function groupsOf(change: string): Promise<readonly (readonly string[])[]> {
  const plan = await createPlan({
    files: [
      { path: 'migrations/001_orders.sql', text: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);\n' },
      { path: 'migrations/002_change.sql', text: change },
    ],
    templates: templates.filter(({ manifest }) => manifest.name === 'dba-review'),
    now: '2026-11-20T10:30:00Z',
  });
  if (!('documents' in plan)) throw new Error('expected a plan');
  expect(plan.documents.length).toBeGreaterThan(0);
  return plan.documents.map(({ text }) => [...text.matchAll(/^\*\*\d\. ([\w ]+):\*\*$/gm)].map(([, title = '']) => title));
}

describe('the scripts of a review', () => {
  it('are a change of the schema where an index is built and no row gets a value', async () => {
    for (const groups of await groupsOf('CREATE INDEX orders_note ON orders (note);\n')) expect(groups).toEqual(['Schema Changes']);
  });

  it('are a migration of data where rows get one', async () => {
    for (const groups of await groupsOf('ALTER TABLE orders ALTER COLUMN total TYPE bigint;\n')) expect(groups).toContain('Data Migration');
  });
});
