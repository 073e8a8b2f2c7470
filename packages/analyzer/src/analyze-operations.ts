import type { Change, Issue, Operation, Sequence, Snapshot, Statement, WrittenMigration } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import type { PostgresqlDialect } from '@planwright/sql/postgresql';
import { carryOperations } from './carry-operations.js';
import { Draft } from './draft/draft.js';
import { type HazardOptions, targetFacts, withFindings } from './hazards.js';
import { conventionsOf } from './history.js';
import type { JudgedMigration } from './judged-migration.js';
import { type Judgeable, judge, nothingDone } from './judged-statement.js';
import { nameWithoutVersion, stampIn } from './layouts/version.js';
import { readScript } from './read-script.js';
import { safeSequence } from './safe-sequence.js';
import { defaultPace } from './steps/batches.js';
import { around } from './touched-objects.js';
import { transactionOf } from './transaction-mode.js';

export interface OperationsInput extends Omit<HazardOptions, 'accept' | 'advice'> {
  /** Migrations whose statements have operations, SQL, or both; `before` says which schema they meet. */
  readonly change: Change;
  readonly framework?: string;
  /** Folder of the files to be; the framework's usual one if absent. */
  readonly folder?: string;
  /** 14 digits, `YYYYMMDDHHMMSS`, after which files are named; needed only where a migration has no file and its id no version. */
  readonly stamp?: string;
  /** Reads statements that have SQL and no operations, which are `unknown` without it, and the steps of a safe sequence: without it the sequence is the change. */
  readonly dialect?: PostgresqlDialect;
}

/** What follows from operations alone. */
export interface OperationsAnalysis {
  readonly change: Change;
  readonly sequence: Sequence;
  readonly snapshot: Snapshot;
  readonly issues: readonly Issue[];
}

/** Analyses a change that is given as operations, before any file exists, as one that is read from files: verdicts, hazards and the safe way. */
export function analyzeOperations(input: OperationsInput): OperationsAnalysis {
  const { change } = input;
  const conventions = conventionsOf(input.framework);
  const draft = new Draft(change.before);
  const start = draft.finish();
  const target = targetFacts({ database: 'postgresql' }, input);
  const issues: Issue[] = [];
  let done = nothingDone;
  let number = 1;
  const judged = change.migrations.map((migration, index): JudgedMigration => {
    const before = draft.finish();
    const carried = migration.statements.flatMap((statement, place) =>
      carry(input, draft, statement, `/change/migrations/${index}/statements/${place}`, issues),
    );
    const transaction = migration.transaction === undefined ? transactionOf(conventions, {}, carried) : { mode: migration.transaction };
    const judgement = judge(carried, { done, firstNumber: number, mode: transaction.mode, version: target.version });
    done = judgement.done;
    const statements = judgement.statements.map((each, place) => ({
      ...each,
      statement: { ...each.statement, ...kept(each.statement, migration.statements[place], carried.length === migration.statements.length) },
    }));
    number += statements.length;
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
  const { migrations: found, issues: unused } = withFindings(judged, target, input);
  issues.push(...unused);
  const end = draft.finish();
  const { sequence, migrations } = safeSequence(
    'postgresql',
    found,
    input.dialect && {
      dialect: input.dialect,
      conventions,
      before: start,
      after: end,
      wishes: {
        ...target,
        ...(input.zeroDowntime === undefined ? {} : { zeroDowntime: input.zeroDowntime }),
        pace: { ...defaultPace, ...input.pace },
      },
    },
  );
  const sides = around(migrations.flatMap(({ statements }) => statements));
  return {
    change: { ...change, migrations: migrations.map(asGiven), before: change.before ?? sides.before, after: change.after ?? sides.after },
    sequence,
    snapshot: end,
    issues,
  };

  /** A statement that came without SQL has none in the change. */
  function asGiven({ written }: JudgedMigration, index: number): WrittenMigration {
    const given = change.migrations[index]?.statements ?? [];
    if (given.length !== written.statements.length) return written;
    return {
      ...written,
      statements: written.statements.map((statement, place) => {
        if (given[place]?.sql !== undefined) return statement;
        const { sql: _, ...rest } = statement;
        return rest;
      }),
    };
  }
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
  const sql = statement.sql ?? sqlOf(statement.operations, draft);
  return { ...placeOf(statement), ...(sql === undefined ? {} : { sql }), ...carryOperations(draft, statement.operations, report) };
}

/** The SQL that a statement will have; nothing where its operations come to several, or cannot be written. */
function sqlOf(operations: readonly Operation[], draft: Draft): string | undefined {
  const [only, second] = operations;
  if (!only || second) return undefined;
  const result = writerOf('postgresql').writeOperation(only, { before: draft.finish() });
  const [sql, more] = 'statements' in result ? result.statements : [];
  return more === undefined ? sql : undefined;
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
