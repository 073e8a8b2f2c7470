import type { Issue, Operation, Snapshot, Table } from '@planwright/spec';
import type { ParsedStatement } from '@planwright/sql';
import type { PostgresqlDialect, StatementNode } from '@planwright/sql/postgresql';
import type { Report } from './apply/applier.js';
import { applyToDraft } from './apply-operation.js';
import type { Draft } from './draft/draft.js';
import { tablesNamedBy } from './named-tables.js';
import { neighbours } from './neighbours.js';
import { readStatement } from './operations/postgresql/read-statement.js';
import type { SourceFile } from './project.js';
import { type Remark, remarksAmong } from './remarks.js';
import { type RestsOn, restsOn } from './rests-on.js';
import { onTheWayBack } from './tables-with-type.js';

/** A statement with what it does and what it touches. */
export interface ReadStatement {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly sql: string;
  readonly operations: readonly Operation[];
  /** The objects that it touches, before it and after it; and the tables that it only names. */
  readonly touched: { readonly before: Snapshot; readonly after: Snapshot };
  /** Tables that it may lock besides. */
  readonly neighbours: readonly Table[];
  /** What it depends on besides, as it was before it. */
  readonly restsOn: RestsOn;
  /** Comments above and beside it that speak to planwright. */
  readonly remarks?: readonly Remark[];
}

/** A script as the dialect parses it. */
export type Script = ReturnType<PostgresqlDialect['parse']>;

/** What a script does, statement by statement, and what is wrong in it. */
export interface ReadScript {
  readonly statements: readonly ReadStatement[];
  readonly issues: readonly Issue[];
}

/** Reads a script and carries it into the draft, statement by statement. It never throws for what the script says. */
export function readScript(dialect: PostgresqlDialect, file: SourceFile, draft: Draft): ReadScript {
  return readParsed(dialect, file, dialect.parse(file.text, { file: file.path }), draft);
}

/** As `readScript`, of a file that has been parsed already. */
export function readParsed(dialect: PostgresqlDialect, file: SourceFile, script: Script, draft: Draft): ReadScript {
  const issues: Issue[] = [...script.issues];
  let line = 1;
  let column = 1;
  const report: Report = (code, message, hint) =>
    issues.push({ code, message, file: file.path, line, column, severity: 'warning', ...(hint === undefined ? {} : { hint }) });
  const statements: ReadStatement[] = [];
  for (const statement of script.statements) {
    // A line for the client is no statement; the issue says so.
    if (statement.kind === 'command' || statement.kind === 'data') continue;
    const operations = operationsOf(dialect, script.text, statement, draft);
    const { sql } = statement;
    line = statement.line;
    column = statement.column;
    draft.mark();
    const rests = restsOn(draft, operations);
    for (const operation of operations) applyToDraft(draft, operation, report);
    const back = onTheWayBack(draft, operations);
    const touched = draft.touched(tablesNamedBy(operations, back.tables), back.views);
    const read = { file: file.path, line, column, sql, operations, touched, neighbours: neighbours(draft, operations), restsOn: rests };
    const remarks = remarksAmong(file.path, statement.leadingComments, statement.trailingComments);
    statements.push(remarks ? { ...read, remarks } : read);
  }
  for (const { line, column } of remarksAmong(file.path, script.comments) ?? []) issues.push(remarkOfNothing(file.path, line, column));
  return { statements, issues };
}

function remarkOfNothing(file: string, line: number, column: number): Issue {
  return {
    code: 'acceptance-unused',
    message: 'No statement follows that this comment could be about.',
    file,
    line,
    column,
    severity: 'warning',
    hint: 'Put it directly above the statement that is meant, or beside it.',
  };
}

function operationsOf(dialect: PostgresqlDialect, text: string, statement: ParsedStatement<StatementNode>, draft: Draft): readonly Operation[] {
  switch (statement.kind) {
    case 'parsed':
      return readStatement({ text, start: statement.start, end: statement.end, sql: statement.sql, draft, dialect }, statement.node);
    case 'accepted':
      return [{ type: 'unknown', reason: 'SQL of this database is recognised, not analysed yet.' }];
    default:
      return [{ type: 'unknown', reason: 'The statement does not parse.' }];
  }
}
