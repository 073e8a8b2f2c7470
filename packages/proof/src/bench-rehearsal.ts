import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { readHistory } from '@planwright/analyzer';
import { createPglite, type EarlierMigration, emptyDatabase, type PgliteEngine, pgliteProcesses, rehearse, runMigration, Session } from '@planwright/rehearsal';
import { readFolder } from './read-folder.js';

const defaultFolder = fileURLToPath(new URL('../fixtures/shop', import.meta.url));

/** Prints what a rehearsal costs, on a history that is given or on a small one. Returns the exit code. */
export async function benchRehearsal(args: readonly string[], print: (line: string) => void): Promise<number> {
  const history = await readHistory({ files: readFolder(args[0] ?? defaultFolder) });
  if (!('migrations' in history)) return 2;
  const migrations = history.migrations.map(({ source, transaction, statements }) => ({
    id: source.id,
    transaction: transaction.mode,
    statements: statements.map(({ sql }) => sql),
  }));
  await benchObservation(migrations, print);
  await benchMemory(print);
  await benchStarts(migrations, print);
  return 0;
}

/** Both on copies of one empty database, one after the other several times; the least of each is told. */
async function benchObservation(migrations: readonly EarlierMigration[], print: (line: string) => void): Promise<void> {
  const extensions = [
    ...new Set(
      migrations.flatMap(({ statements }) => statements.flatMap((sql) => /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)/i.exec(sql)?.[1] ?? [])),
    ),
  ];
  const empty = await createPglite({ extensions, from: await emptyDatabase() });
  const from = await empty.save();
  await empty.close();
  const timed = async (work: (engine: PgliteEngine) => Promise<void>): Promise<number> => {
    const engine = await createPglite({ extensions, from });
    const start = performance.now();
    await work(engine);
    const taken = performance.now() - start;
    await engine.close();
    return taken;
  };
  const bare: number[] = [];
  const observed: number[] = [];
  for (let round = 0; round < 5; round++) {
    bare.push(await timed((engine) => replayAll(engine, migrations)));
    observed.push(await timed((engine) => observeAll(engine, migrations)));
  }
  const [one, other] = [Math.min(...bare), Math.min(...observed)];
  const statements = migrations.reduce((sum, migration) => sum + migration.statements.length, 0);
  print(
    `${migrations.length} migrations, ${statements} statements: bare replay ${one.toFixed(0)} ms, observed ${other.toFixed(0)} ms, ${(other / one).toFixed(2)}×`,
  );
}

async function replayAll(engine: PgliteEngine, migrations: readonly EarlierMigration[]): Promise<void> {
  for (const { transaction, statements } of migrations) {
    const whole = transaction === 'transactional';
    if (whole) await engine.run('BEGIN');
    for (const statement of statements) await engine.run(statement);
    if (whole) await engine.run('COMMIT');
    await engine.run('DISCARD ALL');
  }
}

async function observeAll(engine: PgliteEngine, migrations: readonly EarlierMigration[]): Promise<void> {
  const session = new Session(engine);
  for (const { id, transaction, statements } of migrations)
    await runMigration(engine, session, { id, transaction, statements: statements.map((sql) => ({ sql })) }, { subject: 'sequence' });
}

async function benchMemory(print: (line: string) => void): Promise<void> {
  const engine = await createPglite({ from: await emptyDatabase() });
  const session = new Session(engine);
  const megabytes: number[] = [];
  for (let number = 0; number < 1000; number++) {
    const statements = [`CREATE TABLE t (id int PRIMARY KEY)`, `ALTER TABLE t ADD note text`, `CREATE INDEX ON t (note)`, `DROP TABLE t`];
    await runMigration(
      engine,
      session,
      { id: String(number), transaction: 'transactional', statements: statements.map((sql) => ({ sql })) },
      { subject: 'sequence' },
    );
    if (number % 100 === 99) megabytes.push(Math.round(process.memoryUsage.rss() / 1024 ** 2));
  }
  await engine.close();
  print(`memory after each 100 of 1,000 migrations: ${megabytes.join(', ')} MB`);
}

/** The process of the built package, as a user has it. */
async function benchStarts(history: readonly EarlierMigration[], print: (line: string) => void): Promise<void> {
  const cache = mkdtempSync(join(tmpdir(), 'planwright-bench-'));
  try {
    const open = pgliteProcesses({ cache });
    const starts: number[] = [];
    for (let round = 0; round < 4; round++) {
      const start = performance.now();
      await (await open({ extensions: [] })).close();
      starts.push(performance.now() - start);
    }
    print(
      `engine started in a process of its own: first ${(starts[0] ?? 0).toFixed(0)} ms, from the kept template ${Math.min(...starts.slice(1)).toFixed(0)} ms`,
    );
    const context = {
      target: { database: 'postgresql' as const },
      change: { migrations: [{ id: 'next', statements: [{ sql: 'CREATE TABLE next_one (id int)', operations: [] }] }] },
    };
    const rehearsals: number[] = [];
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      await rehearse({ context, history }, open);
      rehearsals.push(performance.now() - start);
    }
    print(
      `a rehearsal after ${history.length} earlier migrations: first ${(rehearsals[0] ?? 0).toFixed(0)} ms, from the kept history ${Math.min(...rehearsals.slice(1)).toFixed(0)} ms`,
    );
  } catch (thrown) {
    print(`no process: build the package first (${thrown instanceof Error ? thrown.message : String(thrown)})`);
  } finally {
    rmSync(cache, { recursive: true });
  }
}
