import type { Finding, Operation, Snapshot, TransactionMode } from '@planwright/spec';
import { applyToDraft } from '../apply-operation.js';
import { Draft } from '../draft/draft.js';
import type { JudgedMigration } from '../judged-migration.js';
import type { JudgedStatement } from '../judged-statement.js';
import { activeFindings } from './active-findings.js';

/** A statement of the change in its place, with what is asked of it again and again. */
export interface PlacedStatement {
  readonly judged: JudgedStatement;
  readonly id: string;
  readonly operations: readonly Operation[];
  /** Its SQL, or what it does where it has none: names are looked for in it. */
  readonly text: string;
  /** What asks for another way. */
  readonly findings: readonly Finding[];
  /** Place of its migration in the change, and how that runs. */
  readonly migration: number;
  readonly mode: TransactionMode;
}

/** The whole schema around a statement. */
export interface SchemasAround {
  /** Before its migration. */
  readonly start: Snapshot;
  readonly before: Snapshot;
  readonly after: Snapshot;
}

export function placedStatements(migrations: readonly JudgedMigration[]): readonly PlacedStatement[] {
  return migrations.flatMap(({ statements, transaction }, migration) =>
    statements.map((judged): PlacedStatement => {
      const { id = '', sql, operations } = judged.statement;
      return { judged, id, operations, text: sql ?? JSON.stringify(operations), findings: activeFindings(judged), migration, mode: transaction.mode };
    }),
  );
}

/** Statements with the schemas around them, one at a time: those of all at once would be a great many where a change makes a great many tables. */
export function* withSchemas(statements: readonly PlacedStatement[], before: Snapshot): Generator<readonly [PlacedStatement, SchemasAround]> {
  const draft = new Draft(before);
  let schema = draft.finish();
  let start = schema;
  let migration = 0;
  for (const statement of statements) {
    if (statement.migration !== migration) start = schema;
    migration = statement.migration;
    for (const operation of statement.operations) applyToDraft(draft, operation, () => {});
    const after = draft.finish();
    yield [statement, { start, before: schema, after }];
    schema = after;
  }
}
