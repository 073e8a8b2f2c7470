import type { PlannedMigration, PlannedStatement, Sequence, Snapshot } from '@planwright/spec';
import { type DatabaseName, downStatements, reversibilityOf } from '@planwright/sql';
import { withDuration } from './estimates.js';
import { type FillingStatement, upOf } from './filling-statement.js';
import { FirstFills } from './first-fills.js';
import type { JudgedMigration } from './judged-migration.js';
import { snakeCase } from './snake-case.js';
import { activeFindings } from './steps/active-findings.js';
import { MadeTables } from './steps/goes-with-table.js';
import type { ReadBack } from './steps/planned-sequence.js';
import { type SafeWay, safeWay } from './steps/safe-way.js';
import type { Wishes } from './steps/wishes.js';
import { around, NeededBefore } from './touched-objects.js';

/** What a sequence of other steps is planned with. */
export interface Planning extends ReadBack {
  readonly wishes: Wishes;
}

/**
 * The plan's own migrations, and those of the change with what became of their statements. Where rules found a danger and something better is known, they are
 * the steps of the safe way; without `planning`, and where nothing is dangerous, they are those of the change.
 */
export function safeSequence(database: DatabaseName, migrations: readonly JudgedMigration[], planning?: Planning): SafeWay {
  const dangerous = planning && migrations.some(({ statements }) => statements.some((judged) => activeFindings(judged).length > 0));
  const way = dangerous ? safeWay(migrations, planning, planning.wishes) : { migrations };
  if ('sequence' in way && way.sequence) return { ...way, sequence: estimated(way.sequence, planning?.wishes.stats ?? new Map()) };
  return { sequence: asWritten(database, way.migrations), migrations: way.migrations };
}

/** The sequence with how long its own steps work on the tables of which the size is known. */
function estimated(sequence: Sequence, stats: Wishes['stats']): Sequence {
  if (stats.size === 0) return sequence;
  const timed = (statement: PlannedStatement): PlannedStatement => {
    const verdicts = withDuration(statement, stats);
    return verdicts ? { ...statement, verdicts } : statement;
  };
  return { ...sequence, migrations: sequence.migrations.map((migration) => ({ ...migration, statements: migration.statements.map(timed) })) };
}

/**
 * The migrations of the change: one for each, in its order, with the way back of every statement. `dependsOn` names the nearest earlier migration for each
 * object that a migration touches or names.
 */
function asWritten(database: DatabaseName, migrations: readonly JudgedMigration[]): Sequence {
  const needed = new NeededBefore();
  const firstFills = new FirstFills();
  const planned = migrations.map((migration, index): PlannedMigration => {
    const id = String(index + 1).padStart(3, '0');
    firstFills.begin();
    return plan(database, migration, id, needed.of(id, migration.statements), firstFills);
  });
  return { migrations: planned };
}

function plan(database: DatabaseName, migration: JudgedMigration, id: string, dependsOn: readonly string[], firstFills: FirstFills): PlannedMigration {
  const { written, transaction, files } = migration;
  const statements = migration.statements.map((judged) => ({ ...judged, fills: firstFills.of(judged.statement.operations) }));
  const ownTables = new MadeTables();
  const file = written.file ?? files?.file;
  const downFile = written.down?.file ?? files?.downFile;
  return {
    id,
    name: snakeCase(migration.name),
    ...(file === undefined ? {} : { file }),
    ...(downFile === undefined ? {} : { downFile }),
    transaction: transaction.mode,
    ...(transaction.mode === 'none' && transaction.reason !== undefined ? { transactionReason: transaction.reason } : {}),
    dependsOn: [...dependsOn],
    statements: statements.map((judged): PlannedStatement => {
      const { id: from, sql, operations, verdicts } = judged.statement;
      const down = ownTables.takes(operations) ? '' : downOf(database, judged, migration.before);
      return {
        ...(sql === undefined ? {} : { sql }),
        ...(down === undefined ? {} : { down }),
        ...(from === undefined ? {} : { from }),
        operations,
        ...(verdicts ? { verdicts } : {}),
      };
    }),
    reversibility: reversibilityOf({ database, ...around(statements), statements: statements.map(upOf) }),
  };
}

/** The way back of one statement, without final semicolon. */
function downOf(database: DatabaseName, { statement, before, after, fills }: FillingStatement, origin: Snapshot): string | undefined {
  // What is temporary goes with the session that made it.
  const temporary = new Set([...before.tables, ...after.tables].flatMap(({ name, persistence }) => (persistence === 'temporary' ? [name] : [])));
  const ofTemporary = statement.operations.every((one) =>
    one.type === 'createTable' ? one.table.persistence === 'temporary' : 'table' in one && typeof one.table === 'string' && temporary.has(one.table),
  );
  if (temporary.size > 0 && ofTemporary) return '';
  const { statements } = downStatements({ ...upOf({ statement, before, fills }), database, after, origin });
  return statements?.join(';\n');
}
