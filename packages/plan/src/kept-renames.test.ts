import { expect, it } from 'vitest';
import { createPlan } from './create-plan.js';

const before = `CREATE TABLE users (id bigint PRIMARY KEY, role text);
CREATE TABLE comments (id bigint PRIMARY KEY, post_id integer, author text);`;

it('a rename that stays as written behind a gate: the release is there before it, and nothing says that it works only afterwards', async () => {
  const change = `ALTER TABLE users ALTER COLUMN role TYPE integer USING role::integer;
ALTER TABLE comments ALTER COLUMN post_id TYPE bigint; ALTER TABLE comments RENAME COLUMN author TO writer; ALTER TABLE comments RENAME TO replies;`;
  const files = [before, change].map((text, place) => ({ path: `migrations/000${place + 1}_step.sql`, text }));
  const { context } = await createPlan({ files, templates: [], now: '2026-11-20T10:30:00Z' });
  const gate = context?.sequence?.gates?.[0];
  const renames = context?.sequence?.migrations.find(({ statements }) => statements.some(({ sql }) => sql?.includes('RENAME TO replies')));
  const [old, next] = context?.releases ?? [];
  expect(old?.requirement).toContain(`until gate ${gate?.id}`);
  expect(next?.ready).toBe(`before Migration ${gate?.before}`);
  expect(next?.requirement).toContain(`no release fits both sides of Migration ${renames?.id}: what that breaks fails from there on, until code follows`);
});
