import { templates } from '@planwright/templates';
import { describe, expect, it } from 'vitest';
import { createPlan } from './create-plan.js';

describe('a secret in a migration', () => {
  const text =
    "CREATE TABLE guests (id bigint PRIMARY KEY);\nCREATE SUBSCRIPTION guests_feed CONNECTION 'host=db user=feed password=s3cr3t-feed' PUBLICATION guests;\n";
  const files = [{ path: 'migrations/001_guests.sql', text }];

  it('is in none of the documents, and is told with its place', async () => {
    const plan = await createPlan({ files, templates, now: '2026-11-20T10:30:00Z' });
    if (!('documents' in plan)) throw new Error('expected a plan');
    expect(JSON.stringify([plan.context, plan.documents.map((file) => file.text), plan.companions.map((file) => file.text), plan.issues])).not.toContain(
      's3cr3t',
    );
    expect(plan.issues.find(({ code }) => code === 'secret')).toMatchObject({ severity: 'warning', file: 'migrations/001_guests.sql', line: 2, column: 45 });
    expect(plan.documents.map((file) => file.text).join()).toContain('password=***');
  });
});
