import { describe, expect, it } from 'vitest';
import { clock } from './fixtures/shop.js';
import { createPlan } from './index.js';

const files = [
  { path: 'migrations/0001_orders.sql', text: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);' },
  { path: 'migrations/0002_unique_note.sql', text: 'CREATE UNIQUE INDEX orders_note ON orders (note) NULLS NOT DISTINCT;' },
];
const plan = async (more: Partial<Parameters<typeof createPlan>[0]> = {}) => {
  const { context } = await createPlan({ files, templates: [], now: clock, ...more });
  if (!context) throw new Error('There is no plan.');
  return context;
};
const found = (context: Awaited<ReturnType<typeof plan>>) => context.change.migrations[0]?.statements[0]?.findings?.map(({ rule }) => rule) ?? [];

describe('the version of the target', () => {
  it('is said and assumed where nobody gives it', async () => {
    const context = await plan();
    expect(context.target).toMatchObject({ version: '16', versionBasis: 'default' });
    expect(context.assumptions?.map(({ text }) => text)).toContain('Production runs PostgreSQL 16: no version was given or found');
    expect(found(context)).not.toContain('syntax-newer-than-target');
  });

  it('is that of the answers, and newer syntax is found', async () => {
    const context = await plan({ answers: { target: { version: '14' } } });
    expect(context.target).toMatchObject({ version: '14', versionBasis: 'given' });
    expect(found(context)).toContain('syntax-newer-than-target');
  });
});

describe('what the project accepts', () => {
  it('is in the plan beside the finding, with its reason', async () => {
    const answers = { target: { version: '14' } };
    const context = await plan({ answers, accept: [{ rule: 'syntax-newer-than-target', reason: 'The upgrade comes first.', by: 'dba' }] });
    expect(context.change.migrations[0]?.statements[0]?.accepted).toEqual([
      { rule: 'syntax-newer-than-target', reason: 'The upgrade comes first.', by: 'dba', where: 'accept[0] of the configuration' },
    ]);
  });
});

describe('the size of a table', () => {
  it('gives the lock verdict its duration', async () => {
    const context = await plan({ stats: [{ table: 'orders', bytes: 3_000_000_000 }] });
    expect(context.change.migrations[0]?.statements[0]?.verdicts?.lock?.duration).toMatchObject({ min: 20, max: 100, basis: 'predicted' });
  });
});

describe('SET NOT NULL in safe steps', () => {
  const nullable = [
    { path: 'migrations/2026-05-01-100000-0000_notes/up.sql', text: 'CREATE TABLE notes (id bigint PRIMARY KEY, body text);' },
    { path: 'migrations/2026-05-02-100000-0000_body/up.sql', text: 'ALTER TABLE notes ALTER COLUMN body SET NOT NULL;' },
  ];

  it('meets rows without a value where they are read, and not again where the check has proven that there is none', async () => {
    const { sequence } = await plan({ files: nullable });
    const data = sequence?.migrations.flatMap(({ statements }) =>
      statements.map(({ sql, verdicts }) => [/VALIDATE|SET NOT NULL/.exec(sql ?? '')?.[0], verdicts?.data?.outcome]),
    );
    expect(data).toContainEqual(['VALIDATE', 'may fail']);
    expect(data).toContainEqual(['SET NOT NULL', 'safe']);
  });

  it('goes into files whose versions follow those of the folder', async () => {
    const { sequence } = await plan({ files: nullable });
    const names = sequence?.migrations.map(({ file = '' }) => file.split('/').at(-2) ?? '') ?? [];
    expect(names.length).toBeGreaterThan(1);
    expect(['2026-05-01-100000-0000_notes', ...names].sort().slice(1)).toEqual(names);
  });
});
