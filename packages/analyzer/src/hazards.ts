import type { AcceptedHazard, Issue, TableFacts, Target, WrittenMigration } from '@planwright/spec';
import type { JudgedStatement } from './judged-statement.js';
import { findHazards } from './rules/find-hazards.js';
import type { StatementAt, TargetFacts } from './rules/rule.js';
import type { JudgedMigration } from './safe-sequence.js';

/** The version of PostgreSQL that is assumed where nobody says which one runs. */
export const defaultVersion = 16;

/** What people say that has a bearing on what is dangerous. */
export interface HazardOptions {
  /** Version of the database that runs in production: `15`. */
  readonly version?: string;
  /** What is known of the size of tables. */
  readonly stats?: readonly TableFacts[];
  /** Hazards that the project accepts. */
  readonly accept?: readonly AcceptedHazard[];
  /** Users must not notice; `false` says that a maintenance window is fine. */
  readonly zeroDowntime?: boolean;
  /** House style is looked for, too. */
  readonly advice?: boolean;
}

/** Migrations with the hazards that rules find in their statements; and issues about acceptances that are wrong or unused. */
export function withFindings(
  migrations: readonly JudgedMigration[],
  target: Target,
  options: HazardOptions,
): { readonly migrations: readonly JudgedMigration[]; readonly issues: readonly Issue[] } {
  const found = findHazards(
    migrations.map(({ written, statements, transaction }) => ({
      statements: statements.map((judged) => at(judged, written.id)),
      transaction: transaction.mode,
    })),
    targetFacts(target, options),
    { advice: options.advice ?? false },
  );
  if (found.size === 0) return { migrations, issues: [] };
  return {
    migrations: migrations.map((migration) => {
      const statements = migration.statements.map((judged): JudgedStatement => {
        const findings = found.get(judged.statement.id ?? '');
        return findings ? { ...judged, statement: { ...judged.statement, findings: [...findings] } } : judged;
      });
      const written: WrittenMigration = { ...migration.written, statements: statements.map(({ statement }) => statement) };
      return { ...migration, written, statements };
    }),
    issues: [],
  };
}

function at({ statement, facts }: JudgedStatement, migration: string): StatementAt {
  return { id: statement.id ?? '', sql: statement.sql ?? '', operations: statement.operations, verdicts: statement.verdicts ?? {}, facts, migration };
}

/** Version and sizes; `15.4` is version 15. */
export function targetFacts({ version: detected }: Target, { version = detected, stats = [] }: HazardOptions): TargetFacts {
  const major = Number.parseInt(version ?? '', 10);
  return {
    version: Number.isNaN(major) ? defaultVersion : major,
    assumed: Number.isNaN(major),
    stats: new Map(stats.map((facts) => [facts.table, facts])),
  };
}
