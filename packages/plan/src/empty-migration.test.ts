import { expect, it } from 'vitest';
import { createPlan } from './create-plan.js';

it('a migration without a statement is known to do nothing, and is called what its file is', async () => {
  const files = [
    { path: 'migrations/V0001.Initial.up.sql', text: 'CREATE TABLE totp (id bigint PRIMARY KEY);\n' },
    { path: 'migrations/V0001.Initial.down.sql', text: 'DROP TABLE totp;\n' },
    { path: 'migrations/V0002.StorageAADRowScoped.up.sql', text: '' },
    { path: 'migrations/V0002.StorageAADRowScoped.down.sql', text: '' },
  ];
  const { context } = await createPlan({ files, templates: [], now: '2026-11-20T10:30:00Z' });
  expect(context?.sequence?.migrations[0]?.verdicts).toMatchObject({ lock: { locks: [] }, data: { outcome: 'safe' }, code: { breaksOld: false } });
  expect(context).toMatchObject({ title: 'Storage aad row scoped', slug: 'storage-aad-row-scoped' });
});
