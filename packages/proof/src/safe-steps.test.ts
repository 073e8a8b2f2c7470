// Each safe way meets PostgreSQL: it ends as the author's SQL does, no rows wait for a scan or rewrite, and every way back leads back.
import { analyze, blocksWriters } from '@planwright/analyzer';
import {
  compareSchemas,
  createPglite,
  fillRows,
  type PgliteEngine,
  readFiles,
  readLocks,
  readRelations,
  readScans,
  readSnapshot,
  rewrittenBetween,
  scannedBetween,
} from '@planwright/rehearsal';
import type { PlannedMigration, Sequence, Snapshot } from '@planwright/spec';
import { loadPostgresql, type PostgresqlDialect } from '@planwright/sql/postgresql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Recipe, recipes } from './safe-recipes.js';

const rows = 1200;
const large = 1000;

let engine: PgliteEngine;
let dialect: PostgresqlDialect;
beforeAll(async () => {
  dialect = await loadPostgresql();
  engine = await createPglite();
}, 60_000);
afterAll(async () => {
  await engine.close();
});

async function plan({ before, change, version = '16' }: Recipe) {
  const files = [
    { path: 'migrations/20260101000000_before.sql', text: before },
    { path: 'migrations/20260201000000_change.sql', text: change },
  ];
  const analysis = await analyze({ files, dialect, version });
  if (!('change' in analysis)) throw new Error(JSON.stringify(analysis.issues));
  return analysis;
}

function statementsOf(text: string): readonly string[] {
  return dialect.split(text).pieces.flatMap((piece) => (piece.kind === 'sql' ? [piece.sql] : []));
}

async function run(statement: string): Promise<void> {
  const { error } = await engine.run(statement);
  if (error) throw new Error(`${statement}\n${error.code} ${error.message}`);
}

async function fresh({ before, clean }: Recipe, after: Snapshot): Promise<void> {
  await engine.query('DROP SCHEMA public CASCADE');
  await engine.query('CREATE SCHEMA public');
  for (const statement of statementsOf(before)) await run(statement);
  await fillRows(engine, await readSnapshot(engine), { rows, seed: 7, satisfying: after });
  if (clean !== undefined) await run(clean);
}

async function inTransaction(work: () => Promise<void>): Promise<void> {
  await engine.query('BEGIN');
  try {
    await work();
    await engine.query('COMMIT');
  } catch (thrown) {
    await engine.query('ROLLBACK');
    throw thrown;
  }
}

/** Relations that hold many rows now. */
async function largeRelations(): Promise<ReadonlySet<number>> {
  const names = await engine.query<{ readonly oid: number; readonly name: string }>(
    `SELECT oid::int AS oid, oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  const found = new Set<number>();
  for (const { oid, name } of names) {
    const [counted] = await engine.query<{ readonly count: number }>(`SELECT count(*)::int AS count FROM ${name}`);
    if ((counted?.count ?? 0) >= large) found.add(oid);
  }
  return found;
}

/** Runs a migration as it is planned, and tells what was scanned or written anew while others waited. */
async function up(migration: PlannedMigration): Promise<readonly string[]> {
  const waited: string[] = [];
  const statements = migration.statements.map(({ sql }) => sql ?? '');
  if (migration.transaction === 'none') {
    for (const statement of statements) await run(statement);
    return waited;
  }
  const many = await largeRelations();
  const relations = await readRelations(engine);
  await inTransaction(async () => {
    for (const statement of statements) {
      const [files, scans] = [await readFiles(engine), await readScans(engine)];
      await run(statement);
      const worked = new Set([...rewrittenBetween(files, await readFiles(engine)), ...scannedBetween(scans, await readScans(engine))]);
      const locks = await readLocks(engine, relations);
      for (const oid of worked) {
        const mode = locks.find(({ relation }) => relation === relations.get(oid))?.mode;
        if (many.has(oid) && mode && blocksWriters(mode)) waited.push(`${migration.id} ${statement}: ${mode}`);
      }
    }
  });
  return waited;
}

async function down(migration: PlannedMigration): Promise<void> {
  const statements = migration.statements.toReversed().flatMap((statement) => statementsOf(statement.down ?? ''));
  const work = async () => {
    for (const statement of statements) await run(statement);
  };
  await (migration.reversibility?.transaction === 'none' || migration.transaction === 'none' ? work() : inTransaction(work));
}

function shown(sequence: Sequence): string {
  return sequence.migrations
    .map(
      ({ id, name, phase, gateBefore, transaction }) => `${id} ${name}: ${phase ?? 'as written'}, ${transaction}${gateBefore ? `, behind ${gateBefore}` : ''}`,
    )
    .join('\n');
}

describe.each(recipes.map((recipe) => [recipe.name, recipe] as const))('%s', (_, recipe) => {
  it('has a sequence of its own', async () => {
    const { sequence, change } = await plan(recipe);
    const kept = change.migrations.flatMap(({ statements }) => statements.flatMap(({ findings = [] }) => findings.flatMap((one) => one.kept ?? [])));
    expect(kept).toEqual(recipe.kept ?? []);
    expect(change.migrations[0]?.replacedBy ?? false).toBe(true);
    expect(shown(sequence)).toMatchSnapshot();
  });

  it('ends as the author’s SQL does, holds nobody up for long, and leads back', async () => {
    const { sequence, snapshot } = await plan(recipe);
    await fresh(recipe, snapshot);
    for (const statement of statementsOf(recipe.change)) await run(statement);
    const wanted = await readSnapshot(engine);

    await fresh(recipe, snapshot);
    const waited: string[] = [];
    for (const migration of sequence.migrations) {
      const start = await readSnapshot(engine);
      waited.push(...(await up(migration)));
      if (migration.statements.every((statement) => statement.down !== undefined)) {
        const there = await readSnapshot(engine);
        await down(migration);
        const back = compareSchemas(start, await readSnapshot(engine), { expected: 'before it', found: 'after its down' });
        expect(back.equal ? [] : [migration.id, ...back.differences]).toEqual([]);
        await up(migration);
        const again = compareSchemas(there, await readSnapshot(engine), { expected: 'after it', found: 'after it again' });
        expect(again.equal ? [] : [migration.id, ...again.differences]).toEqual([]);
      }
    }
    expect(waited).toEqual([]);
    const end = compareSchemas(wanted, await readSnapshot(engine), { expected: 'as written', found: 'as planned' });
    expect(end.equal ? [] : end.differences).toEqual(recipe.differences ?? []);
  }, 60_000);
});
