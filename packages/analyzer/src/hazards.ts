import type { AcceptedHazard, Issue, Statement, TableFacts, Target } from '@planwright/spec';
import { Acceptances } from './acceptances.js';
import { withDuration } from './estimates.js';
import type { JudgedMigration } from './judged-migration.js';
import type { JudgedStatement } from './judged-statement.js';
import { merged } from './merged.js';
import { findHazards } from './rules/find-hazards.js';
import type { StatementAt, TargetFacts } from './rules/rule.js';
import type { Pace } from './steps/batches.js';

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
  /** Rows of a batch and the pause after it in seconds, where existing rows are changed; what is absent is as the steps have it. */
  readonly pace?: Partial<Pace>;
  /** House style is looked for, too. */
  readonly advice?: boolean;
}

/** Migrations with the hazards that rules find in their statements; and issues about acceptances that are wrong or unused. */
export function withFindings(
  migrations: readonly JudgedMigration[],
  target: TargetFacts,
  options: HazardOptions,
): { readonly migrations: readonly JudgedMigration[]; readonly issues: readonly Issue[] } {
  const { stats } = target;
  let place = 0;
  const found = findHazards(
    migrations.map(({ written, statements, transaction }) => ({
      statements: statements.map((judged) => at(judged, written.id, place++)),
      transaction: transaction.mode,
    })),
    target,
    { advice: options.advice ?? false },
  );
  const acceptances = new Acceptances(options.accept ?? [], options.advice ?? false);
  const judged = migrations.map((migration): JudgedMigration => {
    let changed = false;
    const statements = migration.statements.map((one): JudgedStatement => {
      const findings = found.get(one.statement.id ?? '') ?? [];
      const accepted = acceptances.of(findings, one.remarks ?? [], migration.written.id);
      const verdicts = withDuration(one.statement, stats);
      if (findings.length === 0 && verdicts === one.statement.verdicts) return one;
      changed = true;
      const statement: Statement = merged(one.statement, findings.length > 0 ? { findings: [...findings] } : {});
      if (verdicts) statement.verdicts = verdicts;
      if (accepted.length > 0) statement.accepted = [...accepted];
      return { ...one, statement };
    });
    if (!changed) return migration;
    return { ...migration, written: { ...migration.written, statements: statements.map(({ statement }) => statement) }, statements };
  });
  return { migrations: judged, issues: acceptances.issues(migrations.map(({ written }) => written.id)) };
}

function at({ statement, facts, around }: JudgedStatement, migration: string, place: number): StatementAt {
  const { id = '', sql = '', operations, verdicts = {} } = statement;
  return { id, sql, operations, verdicts, facts, around, migration, place };
}

/** Version and sizes. */
export function targetFacts({ version: detected }: Target, { version = detected, stats = [] }: HazardOptions): TargetFacts {
  const major = majorOf(version);
  return { version: major ?? defaultVersion, assumed: major === undefined, stats: new Map(stats.map((facts) => [facts.table, facts])) };
}

/** The major version that a target's is: 15 of `15.4`, the default where nobody has said. */
export function majorVersion(version: string | undefined): number {
  return majorOf(version) ?? defaultVersion;
}

function majorOf(version = ''): number | undefined {
  const major = Number.parseInt(version, 10);
  return Number.isNaN(major) ? undefined : major;
}
