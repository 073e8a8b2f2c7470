import { expect, it } from 'vitest';
import { analyze } from '../analyze.js';
import { dialectForTest } from '../read-for-test.js';

const before = `CREATE SCHEMA billing;
CREATE TABLE billing.invoices (id bigint PRIMARY KEY, total integer NOT NULL, note text);
CREATE FUNCTION billing.net(gross integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT gross * 100 / 119';`;

async function plannedOf(change: string) {
  const files = [
    { path: 'migrations/001_before.sql', text: before },
    { path: 'migrations/002_change.sql', text: change },
  ];
  const analysis = await analyze({ files, dialect: await dialectForTest(), version: '16' });
  if (!('change' in analysis)) throw new Error(JSON.stringify(analysis.issues));
  return {
    migrations: analysis.sequence.migrations.map(({ transaction, statements }) => ({ transaction, sql: statements.map(({ sql = '' }) => sql) })),
    kept: analysis.change.migrations.flatMap(({ statements }) => statements.flatMap(({ findings = [] }) => findings.flatMap(({ kept }) => kept ?? []))),
  };
}

it('plans a change that sets its search path first, and sets it again for what stays as written', async () => {
  const { migrations, kept } = await plannedOf(`SET search_path = billing, public;
ALTER TABLE invoices ADD COLUMN paid boolean;
CREATE INDEX invoices_note ON invoices (note);`);
  expect(kept).toEqual([]);
  expect(migrations).toEqual([
    {
      transaction: 'transactional',
      sql: ["SET LOCAL lock_timeout = '2s'", 'SET LOCAL search_path = billing, public', 'ALTER TABLE invoices ADD COLUMN paid boolean'],
    },
    { transaction: 'none', sql: ['CREATE INDEX CONCURRENTLY invoices_note ON billing.invoices (note)'] },
  ]);
});

it.each([
  ['is set in the midst', 'ALTER TABLE billing.invoices ADD COLUMN paid boolean; SET search_path = billing; CREATE INDEX invoices_note ON invoices (note)'],
  ['finds a function that an index is on', 'SET search_path = billing; CREATE INDEX invoices_net ON invoices (net(total))'],
  ['stands beside a setting that is not known', "SET search_path = billing; SET work_mem = '1GB'; CREATE INDEX invoices_note ON invoices (note)"],
])('leaves a change as it is whose search path %s', async (_, change) => {
  const { migrations, kept } = await plannedOf(change);
  expect(migrations).toHaveLength(1);
  expect(kept.join()).toContain('the change sets its session up by itself');
});
