import { templates } from '@planwright/templates';
import { describe, expect, it } from 'vitest';
import { createPlan } from './create-plan.js';

async function groupsOf(change: string): Promise<readonly string[]> {
  const plan = await createPlan({
    files: [
      { path: 'migrations/001_orders.sql', text: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);\n' },
      { path: 'migrations/002_change.sql', text: change },
    ],
    templates: templates.filter(({ id }) => id === 'dba-review'),
    now: '2026-11-20T10:30:00Z',
  });
  if (!('documents' in plan)) throw new Error('expected a plan');
  return plan.documents.flatMap(({ text }) => [...text.matchAll(/^\*\*\d\. ([\w ]+):\*\*$/gm)].map(([, title = '']) => title));
}

describe('the scripts of a review', () => {
  it('are a change of the schema where an index is built and no row gets a value', async () => {
    expect(await groupsOf('CREATE INDEX orders_note ON orders (note);\n')).toEqual(['Schema Changes']);
  });

  it('are a migration of data where rows get one', async () => {
    expect(await groupsOf('ALTER TABLE orders ALTER COLUMN total TYPE bigint;\n')).toContain('Data Migration');
  });
});
