import { type Analysis, analyze, blocksWriters } from '@planwright/analyzer';
import {
  compareSchemas,
  type Engine,
  fillRows,
  readFiles,
  readLocks,
  readRelations,
  readScans,
  readSnapshot,
  rewrittenBetween,
  scannedBetween,
} from '@planwright/rehearsal';
import type { PlannedMigration, Snapshot } from '@planwright/spec';
import type { PostgresqlDialect } from '@planwright/sql/postgresql';
import type { Recipe } from './safe-recipes.js';

/** What a sequence did beside the author's SQL. */
export interface Walked {
  /** Statements that read or wrote many rows while writers waited. */
  readonly waited: readonly string[];
  /** How the schema differed after a migration's way back, or after the migration once more. */
  readonly back: readonly string[];
  /** Migrations whose way back was not tried, since a statement has none. */
  readonly withoutDown: readonly string[];
  /** How the end differs from that of the author's SQL. */
  readonly end: readonly string[];
}

export interface WalkOptions {
  /** Rows of each table; a table with at least 1,000 is one for which nobody may wait. */
  readonly rows?: number;
  /** Whether each migration is taken back and carried out again; default true. */
  readonly back?: boolean;
}

/** Plans a change with its schema as the history before. */
export async function planOf({ before, change, version = '16' }: Pick<Recipe, 'before' | 'change' | 'version'>, dialect: PostgresqlDialect): Promise<Analysis> {
  const files = [
    { path: 'migrations/20260101000000_before.sql', text: before },
    { path: 'migrations/20260201000000_change.sql', text: change },
  ].filter(({ text }) => text.trim() !== '');
  const analysis = await analyze({ files, dialect, version });
  if (!('change' in analysis)) throw new Error(JSON.stringify(analysis.issues));
  return analysis;
}

const large = 1000;

/** Carries out the author's SQL and the sequence, each on the same schema with the same rows, and compares. The engine's default schema is dropped between. */
export async function walk(
  recipe: Recipe,
  { sequence, snapshot }: Analysis,
  engine: Engine,
  dialect: PostgresqlDialect,
  options: WalkOptions = {},
): Promise<Walked> {
  const { rows = large, back: tryBack = true } = options;
  await fresh();
  await carryOut(statementsOf(recipe.change));
  const wanted = await readSnapshot(engine);

  await fresh();
  const waited: string[] = [];
  const back: string[] = [];
  const withoutDown: string[] = [];
  let there = await readSnapshot(engine);
  for (const migration of sequence.migrations) {
    const start = there;
    waited.push(...(await up(migration)));
    there = await readSnapshot(engine);
    if (!tryBack) continue;
    if (migration.statements.some((statement) => statement.down === undefined)) {
      withoutDown.push(`${migration.id} ${migration.name}`);
      continue;
    }
    await down(migration);
    back.push(...differing(migration, start, await readSnapshot(engine), 'after its way back'));
    await carryOut(textsOf(migration), migration.transaction === 'transactional');
    back.push(...differing(migration, there, await readSnapshot(engine), 'after it once more'));
  }
  const end = compareSchemas(wanted, there, { expected: 'as written', found: 'as planned' });
  const invalid = await engine.query<{ readonly name: string }>('SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT indisvalid');
  return { waited, back, withoutDown, end: [...(end.equal ? [] : end.differences), ...invalid.map(({ name }) => `The index \`${name}\` is not valid.`)] };

  function statementsOf(text: string): readonly string[] {
    return dialect.split(text).pieces.flatMap((piece) => (piece.kind === 'sql' ? [piece.sql] : []));
  }

  async function run(statement: string): Promise<void> {
    const { error } = await engine.run(statement);
    if (error) throw new Error(`${statement}\n${error.code} ${error.message}`);
  }

  async function carryOut(statements: readonly string[], together = false): Promise<void> {
    const each = async () => {
      for (const statement of statements) await run(statement);
    };
    await (together ? inTransaction(each) : each());
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

  async function fresh(): Promise<void> {
    // A walk before may have stopped between BEGIN and COMMIT.
    await engine.query('ROLLBACK');
    await engine.query('DROP SCHEMA public CASCADE');
    await engine.query('CREATE SCHEMA public');
    await carryOut(statementsOf(recipe.before));
    await fillRows(engine, await readSnapshot(engine), { rows, seed: 7, satisfying: snapshot });
    if (recipe.clean !== undefined) await carryOut(statementsOf(recipe.clean));
  }

  /** Runs a migration as it is planned, and tells what was read whole or written anew while others waited. */
  async function up(migration: PlannedMigration): Promise<readonly string[]> {
    if (migration.transaction === 'none') {
      await carryOut(textsOf(migration));
      return [];
    }
    const found: string[] = [];
    const many = await largeRelations();
    const relations = await readRelations(engine);
    await inTransaction(async () => {
      let [files, scans] = [await readFiles(engine), await readScans(engine)];
      for (const statement of textsOf(migration)) {
        await run(statement);
        const [nextFiles, nextScans] = [await readFiles(engine), await readScans(engine)];
        const worked = new Set([...rewrittenBetween(files, nextFiles), ...scannedBetween(scans, nextScans)].filter((oid) => many.has(oid)));
        [files, scans] = [nextFiles, nextScans];
        if (worked.size === 0) continue;
        const locks = await readLocks(engine, relations);
        for (const oid of worked) {
          const mode = locks.find(({ relation }) => relation === relations.get(oid))?.mode;
          if (mode && blocksWriters(mode)) found.push(`${migration.id} ${statement}: ${mode}`);
        }
      }
    });
    return found;
  }

  async function down(migration: PlannedMigration): Promise<void> {
    const statements = migration.statements.toReversed().flatMap((statement) => statementsOf(statement.down ?? ''));
    await carryOut(statements, migration.reversibility?.transaction !== 'none' && migration.transaction !== 'none');
  }

  /** Relations that hold many rows now. */
  async function largeRelations(): Promise<ReadonlySet<number>> {
    const names = await engine.query<{ readonly oid: number; readonly name: string }>(
      `SELECT oid::int AS oid, oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    );
    if (names.length === 0) return new Set();
    const counted = await engine.query<{ readonly oid: number; readonly count: number }>(
      names.map(({ oid, name }) => `SELECT ${oid} AS oid, count(*)::int AS count FROM ${name}`).join(' UNION ALL '),
    );
    return new Set(counted.flatMap(({ oid, count }) => (count >= large ? [oid] : [])));
  }
}

function textsOf({ statements }: PlannedMigration): readonly string[] {
  return statements.map(({ sql }) => sql ?? '');
}

function differing({ id, name }: PlannedMigration, expected: Snapshot, found: Snapshot, when: string): readonly string[] {
  const { equal, differences } = compareSchemas(expected, found, { expected: 'before', found: when });
  return equal ? [] : differences.map((difference) => `${id} ${name}: ${difference}`);
}
