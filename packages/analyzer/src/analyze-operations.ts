import type { Change, Issue, Operation, Sequence, Snapshot, Statement } from '@planwright/spec';
import type { PostgresqlDialect } from '@planwright/sql/postgresql';
import { applyToDraft } from './apply-operation.js';
import { Draft } from './draft/draft.js';
import { conventionsOf } from './history.js';
import { type Judgeable, judge } from './judged-statement.js';
import { nameWithoutVersion, stampIn } from './layouts/version.js';
import { namedTables } from './named-tables.js';
import { neighbours } from './neighbours.js';
import { readScript } from './read-script.js';
import { restsOn } from './rests-on.js';
import { type JudgedMigration, safeSequence } from './safe-sequence.js';
import { onTheWayBack } from './tables-with-type.js';
import { around } from './touched-objects.js';
import { transactionOf } from './transaction-mode.js';

export interface OperationsInput {
  /** Migrations whose statements have operations, SQL, or both; `before` says which schema they meet. */
  readonly change: Change;
  readonly framework?: string;
  /** Folder of the files to be; the framework's usual one if absent. */
  readonly folder?: string;
  /** 14 digits, `YYYYMMDDHHMMSS`, after which files are named; needed only where a migration has no file and its id no version. */
  readonly stamp?: string;
  /** Reads statements that have SQL and no operations; without it they are `unknown`. */
  readonly dialect?: PostgresqlDialect;
}

/** What follows from operations alone. */
export interface OperationsAnalysis {
  readonly change: Change;
  readonly sequence: Sequence;
  readonly snapshot: Snapshot;
  readonly issues: readonly Issue[];
}

/** Analyses a change that is given as operations, before any file exists. Statements keep the SQL they have, and get none here. */
export function analyzeOperations(input: OperationsInput): OperationsAnalysis {
  const { change } = input;
  const conventions = conventionsOf(input.framework);
  const draft = new Draft(change.before);
  const issues: Issue[] = [];
  let made: ReadonlySet<string> = new Set();
  let number = 1;
  const judged = change.migrations.map((migration, index): JudgedMigration => {
    const before = draft.finish();
    const carried = migration.statements.flatMap((statement, place) =>
      carry(input, draft, statement, `/change/migrations/${index}/statements/${place}`, issues),
    );
    const judgement = judge(carried, made, number);
    made = judgement.made;
    const statements = judgement.statements.map((each, place) => ({
      ...each,
      statement: { ...each.statement, ...kept(each.statement, migration.statements[place], carried.length === migration.statements.length) },
    }));
    number += statements.length;
    const transaction =
      migration.transaction === undefined
        ? transactionOf(
            conventions,
            {},
            statements.map(({ statement }) => statement),
          )
        : { mode: migration.transaction };
    const stamp = input.stamp ?? stampIn(migration.id);
    const folder = input.folder ?? conventions.framework.migrationsGlob?.replace(/\/?\*.*$/, '') ?? 'migrations';
    const name = nameWithoutVersion(migration.id);
    const files =
      stamp === undefined || migration.file !== undefined
        ? undefined
        : conventions.file({ folder, number: index + 1, name, stamp, lastNumber: change.earlier ?? 0, digits: 0 });
    return {
      written: { ...migration, transaction: transaction.mode, statements: statements.map(({ statement }) => statement) },
      name,
      transaction,
      statements,
      before,
      ...(files ? { files } : {}),
    };
  });
  const sides = around(judged.flatMap(({ statements }) => statements));
  return {
    change: { ...change, migrations: judged.map(({ written }) => written), before: change.before ?? sides.before, after: change.after ?? sides.after },
    sequence: safeSequence('postgresql', judged).sequence,
    snapshot: draft.finish(),
    issues,
  };
}

function carry(input: OperationsInput, draft: Draft, statement: Statement, pointer: string, issues: Issue[]): readonly Judgeable[] {
  if (statement.operations.length === 0 && statement.sql !== undefined) {
    if (!input.dialect) return [carried(draft, { ...statement, operations: [{ type: 'unknown', reason: 'Its SQL was not read.' }] }, () => {})];
    const read = readScript(input.dialect, { path: statement.file ?? pointer, text: statement.sql }, draft);
    issues.push(...read.issues.map((issue) => ({ ...issue, pointer })));
    return read.statements.map((each) => ({ ...each, ...placeOf(statement) }));
  }
  return [
    carried(draft, statement, (code, message, hint) => {
      // Without a schema before, nothing is known to be missing.
      if (input.change.before === undefined && code.startsWith('unknown-')) return;
      issues.push({ code, message, pointer, severity: 'warning', ...(hint === undefined ? {} : { hint }) });
    }),
  ];
}

function carried(draft: Draft, statement: Statement, report: (code: string, message: string, hint?: string) => void): Judgeable {
  const operations: readonly Operation[] = statement.operations;
  draft.mark();
  const rests = restsOn(draft, operations);
  for (const operation of operations) applyToDraft(draft, operation, report);
  const back = onTheWayBack(draft, operations);
  return {
    ...placeOf(statement),
    ...(statement.sql === undefined ? {} : { sql: statement.sql }),
    operations,
    touched: draft.touched([...operations.flatMap(namedTables), ...back.tables], back.views),
    neighbours: neighbours(draft, operations),
    restsOn: rests,
  };
}

function placeOf({ file, line, column }: Statement): Pick<Judgeable, 'file' | 'line' | 'column'> {
  return { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
}

/** What a person has given of a statement stays: its id, each verdict, findings and acceptances. */
function kept(judged: Statement, given: Statement | undefined, paired: boolean): Partial<Statement> {
  if (!given || !paired) return {};
  const { id, verdicts, findings, accepted } = given;
  return {
    ...(id ? { id } : {}),
    ...(verdicts ? { verdicts: { ...judged.verdicts, ...verdicts } } : {}),
    ...(findings ? { findings } : {}),
    ...(accepted ? { accepted } : {}),
  };
}
