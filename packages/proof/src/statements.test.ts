// What is reported of a statement is what PostgreSQL does: writers wait while a table is worked through, or they do not; it fails on these rows, or it does not.
import { readFileSync } from 'node:fs';
import { analyze } from '@planwright/analyzer';
import {
  createPglite,
  emptyDatabase,
  type PgliteEngine,
  type Relations,
  readFiles,
  readLocks,
  readRelations,
  readScans,
  rewrittenBetween,
  scannedBetween,
} from '@planwright/rehearsal';
import { loadPostgresql, type PostgresqlDialect } from '@planwright/sql/postgresql';
import { afterAll, beforeAll, expect, it } from 'vitest';

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/statements/${name}.sql`, import.meta.url), 'utf8');
const before = fixture('before');

let engine: PgliteEngine;
let dialect: PostgresqlDialect;
let relations: Relations;
beforeAll(async () => {
  dialect = await loadPostgresql();
  engine = await createPglite({ extensions: ['citext'], from: await emptyDatabase() });
  for (const statement of [...statementsOf(before), ...statementsOf(fixture('rows'))]) expect((await engine.run(statement)).error, statement).toBeUndefined();
  // Each statement is taken back, so that the tables stay the same.
  relations = await readRelations(engine);
}, 120_000);
afterAll(async () => {
  await engine.close();
});

function statementsOf(text: string): readonly string[] {
  return dialect.split(text).pieces.flatMap((piece) => (piece.kind === 'sql' ? [piece.sql] : []));
}

/** Tables of before that it reads or writes in full while writers wait, or the SQLSTATE with which it fails on the rows that are there. */
async function observed(statement: string): Promise<{ readonly slow: boolean; readonly code?: string }> {
  await engine.query('BEGIN');
  try {
    const [files, scans] = [await readFiles(engine), await readScans(engine)];
    const { error } = await engine.run(statement);
    if (error) return { slow: false, code: error.code };
    const worked = new Set(
      [...rewrittenBetween(files, await readFiles(engine)), ...scannedBetween(scans, await readScans(engine))].map((oid) => relations.get(oid)),
    );
    const held = (await readLocks(engine, relations)).filter(({ mode }) => /^(?:SHARE|SHARE ROW EXCLUSIVE|EXCLUSIVE|ACCESS EXCLUSIVE)$/.test(mode));
    return { slow: held.some(({ relation }) => worked.has(relation)) };
  } finally {
    await engine.query('ROLLBACK');
  }
}

it('reports of each statement what is seen, and of the others nothing', async () => {
  const differences: string[] = [];
  for (const statement of statementsOf(fixture('statements'))) {
    const files = [
      { path: 'migrations/0001_before.sql', text: before },
      { path: 'migrations/0002_change.sql', text: statement },
    ];
    const analysis = await analyze({ files, dialect, version: '16' });
    const findings =
      'change' in analysis ? analysis.change.migrations.flatMap(({ statements }) => statements.flatMap(({ findings: found = [] }) => found)) : [];
    const { slow, code } = await observed(statement);
    const of = (verdict: string): boolean => findings.some((finding) => finding.verdict === verdict);
    if (code === undefined && of('lock') !== slow) differences.push(`${statement}: ${slow ? 'holds up writers, not reported' : 'reported, holds up nobody'}`);
    if (code !== undefined && !of('data')) differences.push(`${statement}: fails with ${code}, not reported`);
    // The rows are sound: a query that counts some of them where the statement runs is wrong.
    for (const { query } of findings) {
      if (query === undefined || code !== undefined) continue;
      const [row] = await engine.query<{ readonly count: number | string }>(query);
      if (Number(row?.count) !== 0) differences.push(`${statement}: runs, and the query counts ${row?.count}: ${query}`);
    }
  }
  expect(differences).toEqual([]);
}, 300_000);
