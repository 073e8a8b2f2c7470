// Which changes of a type a session with a prepared statement notices is what PostgreSQL says of it.
import { analyze } from '@planwright/analyzer';
import { createPglite, emptyDatabase, type PgliteEngine } from '@planwright/rehearsal';
import { loadPostgresql, type PostgresqlDialect } from '@planwright/sql/postgresql';
import { afterAll, beforeAll, expect, it } from 'vitest';

let engine: PgliteEngine;
let dialect: PostgresqlDialect;
beforeAll(async () => {
  dialect = await loadPostgresql();
  engine = await createPglite({ from: await emptyDatabase() });
}, 60_000);
afterAll(async () => {
  await engine.close();
});

async function predicted(before: string, change: string): Promise<boolean> {
  const analysis = await analyze({
    files: [
      { path: 'migrations/001_before.sql', text: before },
      { path: 'migrations/002_change.sql', text: change },
    ],
    dialect,
  });
  if (!('change' in analysis)) throw new Error(JSON.stringify(analysis.issues));
  return analysis.change.migrations[0]?.statements[0]?.verdicts?.code?.reason?.startsWith('Cached prepared statements that return `goods.value` fail') ?? false;
}

async function observed(before: string, change: string): Promise<boolean> {
  await engine.query('BEGIN');
  try {
    for (const statement of [before, 'PREPARE held AS SELECT value FROM goods', 'EXECUTE held', change])
      expect((await engine.run(statement)).error, statement).toBeUndefined();
    return (await engine.run('EXECUTE held')).error?.code === '0A000';
  } finally {
    await engine.query('ROLLBACK');
    await engine.query('DEALLOCATE ALL');
  }
}

it.each([
  ['varchar(20)', 'varchar(40)'],
  ['varchar(20)', 'varchar(10)'],
  ['varchar(20)', 'text'],
  ['varchar(20)', 'varchar'],
  ['text', 'varchar'],
  ['numeric(8, 2)', 'numeric(10, 2)'],
  ['numeric(8, 2)', 'numeric'],
  ['timestamp(3)', 'timestamp'],
  ['integer', 'bigint'],
  ['integer', 'int4'],
  ['varchar(20)', 'character varying(20)'],
  ['cidr', 'inet'],
  ['bit varying(8)', 'bit varying(16)'],
])('from %s to %s', async (from, to) => {
  const [before, change] = [`CREATE TABLE goods (value ${from})`, `ALTER TABLE goods ALTER COLUMN value TYPE ${to}`];
  expect(await predicted(before, change)).toBe(await observed(before, change));
});
