import type { Evidence, MigrationEvidence, StatementEvidence } from '@planwright/spec';

/** The ways up of a rehearsal. */
export interface Runs {
  /** Statements of the change as their author wrote them, by id; those of the sequence where it is the change. */
  readonly written: ReadonlyMap<string, StatementEvidence>;
  /** Migrations of the sequence by id. */
  readonly planned: ReadonlyMap<string, MigrationEvidence>;
}

export function runsOf({ migrations = [] }: Evidence): Runs {
  const ups = migrations.filter(({ direction }) => direction === undefined || direction === 'up');
  const planned = ups.filter(({ subject = 'sequence' }) => subject === 'sequence');
  const asWritten = ups.filter(({ subject }) => subject === 'change');
  const statements = (asWritten.length > 0 ? asWritten : planned).flatMap((migration) => migration.statements);
  return {
    written: new Map(statements.flatMap((statement) => (statement.id === undefined ? [] : [[statement.id, statement] as const]))),
    planned: new Map(planned.map((migration) => [migration.migration, migration])),
  };
}
