import { expect, it } from 'vitest';
import { createPlan } from './create-plan.js';

async function contextOf(before: string, change: string) {
  const files = [
    { path: 'migrations/0001_orders.up.sql', text: before },
    { path: 'migrations/0002_change.up.sql', text: change },
  ];
  const { context } = await createPlan({ files, templates: [], now: '2026-11-20T10:30:00Z' });
  return context;
}

it('asks beforehand about every column whose type becomes narrower, before the migration that fails on a value: until then the old release may write some', async () => {
  const context = await contextOf(
    'CREATE TABLE orders (id bigint PRIMARY KEY, code text NOT NULL, number bigint);\n',
    'ALTER TABLE orders ALTER COLUMN code TYPE varchar(5);\nALTER TABLE orders ALTER COLUMN number TYPE integer;\n',
  );
  const asked = context?.validation?.filter(({ check }) => check === 'violations').map(({ proves, migration, sql }) => [proves, migration, sql]);
  expect(asked).toEqual([
    ['every value of orders.code has at most 5 characters', '003', 'SELECT count(*) FROM orders WHERE char_length(code) > 5'],
    ['every value of orders.number fits integer', '003', 'SELECT count(*) FROM orders WHERE number NOT BETWEEN -2147483648 AND 2147483647'],
  ]);
  const decisions = context?.validation?.filter(({ check }) => check === 'violations').map(({ decision }) => decision);
  expect(decisions).toEqual(['Shorten or correct these values first.', 'Correct these values first.']);
  expect(context?.sequence?.migrations[1]).toMatchObject({ name: 'sync_orders', gateBefore: 'G1', verdicts: { code: { breaksOld: true } } });
  const fails = context?.risks?.filter(({ text }) => text.startsWith('Fails with 2'));
  expect(fails?.map(({ mitigation }) => mitigation)).toEqual(['P4 and P5 first; any other answer than expected stops the run']);
  expect(context?.releases?.[0]?.requirement).toBe('runs today, and until gate G1; it does not survive Migration 002');
});

it('says which labels an enum type loses, and asks for the rows that have them', async () => {
  const context = await contextOf(
    "CREATE TYPE state AS ENUM ('open', 'paid', 'void');\nCREATE TABLE orders (id bigint PRIMARY KEY, state state NOT NULL);\n",
    `CREATE TYPE state_new AS ENUM ('open', 'paid');
ALTER TABLE orders ALTER COLUMN state TYPE state_new USING (state::text::state_new);
ALTER TYPE state RENAME TO state_old;
ALTER TYPE state_new RENAME TO state;
DROP TYPE state_old;
`,
  );
  expect(context?.tables?.modified?.[0]?.impact?.join(' ')).toContain("The type state no longer has 'void'.");
  expect(context?.validation?.map(({ sql }) => sql)).toContain("SELECT count(*) FROM orders WHERE state::text IN ('void')");
});

it('takes back by a count one migration at a time, where the last of the plan cannot be taken back', async () => {
  const files = [
    { path: 'migrations/2025-01-01-000000_orders/up.sql', text: 'CREATE TABLE orders (id bigint PRIMARY KEY, tags text NOT NULL);\n' },
    { path: 'migrations/2025-01-01-000000_orders/down.sql', text: 'DROP TABLE orders;\n' },
    { path: 'migrations/2025-02-01-000000_tags/up.sql', text: 'ALTER TABLE orders ALTER COLUMN tags TYPE jsonb USING tags::jsonb;\n' },
    { path: 'migrations/2025-02-01-000000_tags/down.sql', text: 'ALTER TABLE orders ALTER COLUMN tags TYPE text USING tags::text;\n' },
    { path: 'diesel.toml', text: '[migrations_directory]\ndir = "migrations"\n' },
  ];
  const { context } = await createPlan({ files, templates: [], now: '2026-11-20T10:30:00Z' });
  const back = context?.rollback?.procedures?.find(({ name }) => name === 'Roll back schema')?.actions ?? [];
  expect(context?.target?.framework).toBe('diesel');
  expect(context?.sequence?.migrations.at(-1)?.reversibility?.kind).toBe('irreversible');
  expect(back).toContain('`diesel migration revert` (once for each migration that was applied).');
});

it('adds columns before the gate whose release has to give them values', async () => {
  const context = await contextOf(
    'CREATE TABLE orders (id bigint PRIMARY KEY, code text NOT NULL);\n',
    `ALTER TABLE orders ALTER COLUMN code TYPE varchar(5), ADD COLUMN origin text NOT NULL DEFAULT '';
ALTER TABLE orders ALTER COLUMN origin DROP DEFAULT;
`,
  );
  const [gate] = context?.sequence?.gates ?? [];
  const adds = context?.sequence?.migrations.findIndex(({ statements }) => statements.some(({ sql }) => sql?.includes('ADD COLUMN origin'))) ?? -1;
  const first = context?.sequence?.migrations.findIndex(({ id }) => id === gate?.before) ?? -1;
  expect(gate?.demand).toContain('gives `orders.origin` a value');
  expect(adds).toBeGreaterThanOrEqual(0);
  expect(adds).toBeLessThan(first);
});
