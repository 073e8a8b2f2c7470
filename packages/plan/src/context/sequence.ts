import type { Change, PlannedMigration, Sequence } from '@planwright/spec';
import { migrationName } from './naming.js';

/** The sequence that is the change as written: one planned migration for each written one. */
export function sequenceOf(change: Change): Sequence {
  const width = Math.max(3, String(change.migrations.length).length);
  return {
    migrations: change.migrations.map((written, position) => ({
      id: String(position + 1).padStart(width, '0'),
      name: migrationName(written.id),
      ...(written.file && { file: written.file }),
      ...(written.down?.file && { downFile: written.down.file }),
      ...(written.transaction && { transaction: written.transaction }),
      statements: written.statements.map((statement) => ({
        ...(statement.sql !== undefined && { sql: statement.sql }),
        ...(statement.id && { from: statement.id }),
        operations: statement.operations,
        ...(statement.verdicts && { verdicts: statement.verdicts }),
      })),
    })),
  };
}

/** The migrations in topological order of `dependsOn`, ties by the given order; those of a cycle last, as given. */
export function ordered(migrations: readonly PlannedMigration[]): { readonly migrations: PlannedMigration[]; readonly cycle: readonly string[] } {
  const known = new Set(migrations.map((migration) => migration.id));
  const done = new Set<string>();
  const result: PlannedMigration[] = [];
  let waiting = [...migrations];
  while (waiting.length > 0) {
    const next = waiting.find((migration) => (migration.dependsOn ?? []).every((id) => done.has(id) || !known.has(id)));
    if (!next) break;
    result.push(next);
    done.add(next.id);
    waiting = waiting.filter((migration) => migration !== next);
  }
  return { migrations: [...result, ...waiting], cycle: waiting.map((migration) => migration.id) };
}
