// The guide on histories says five things that only the history can tell: PostgreSQL is asked about each.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createPglite, emptyDatabase, type PgliteEngine, readRelations } from '@planwright/rehearsal';
import { loadPostgresql, type PostgresqlDialect } from '@planwright/sql/postgresql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differencesOf } from './hazard-bench/compare-prediction.js';
import { observeStatement } from './hazard-bench/observe-statement.js';
import { dangersIn, predict } from './hazard-bench/predict.js';

const guide = readFileSync(fileURLToPath(new URL('../../../apps/docs/guide/history.md', import.meta.url)), 'utf8');

function blockOf(name: string): string {
  const [, text] = new RegExp(`\`\`\`sql \\[${name.replace('.', '\\.')}\\]\\n([\\s\\S]*?)\`\`\``).exec(guide) ?? [];
  if (text === undefined) throw new Error(`The guide has no block ${name}.`);
  return text;
}

const schema = { before: blockOf('schema.sql') };
const nothing = { before: '' };
const statements = blockOf('change.sql').trim().split('\n');

let engine: PgliteEngine;
let dialect: PostgresqlDialect;
beforeAll(async () => {
  dialect = await loadPostgresql();
  engine = await createPglite({ from: await emptyDatabase() });
  expect((await engine.run(schema.before)).error).toBeUndefined();
}, 60_000);
afterAll(async () => {
  await engine.close();
});

/** What PostgreSQL does with a statement, taken back. */
async function seen(sql: string) {
  const relations = await readRelations(engine);
  await engine.query('BEGIN');
  try {
    return { relations, done: await observeStatement(engine, sql, relations) };
  } finally {
    await engine.query('ROLLBACK');
  }
}

/** Whether PostgreSQL does what a verdict says. A statement that it refuses has to be told by a danger. */
async function isRight(sql: string, before: typeof schema): Promise<boolean> {
  const { relations, done } = await seen(sql);
  const statement = await predict(dialect, before, { sql });
  if ('error' in done) return dangersIn(statement).some(({ rule }) => rule.endsWith('-refused'));
  const verdict = statement.verdicts?.lock;
  const known = new Set(relations.values());
  return verdict !== undefined && differencesOf({ verdict, operations: statement.operations, seen: done, known, old: known }).length === 0;
}

describe('five statements', () => {
  it('are five', () => {
    expect(statements).toHaveLength(5);
  });

  it.each(statements)('%s', async (sql) => {
    expect(await isRight(sql, nothing), 'without its history').toBe(false);
    expect(await isRight(sql, schema), 'with its history').toBe(true);
  });
});
