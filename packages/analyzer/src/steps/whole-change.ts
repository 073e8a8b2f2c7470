import type { Operation, Snapshot } from '@planwright/spec';
import { type JudgedMigration, operationsOf } from '../judged-migration.js';
import { columnText, onTableText } from '../verdicts/statement-facts.js';
import { type GivenLater, givenLater } from './given-later.js';
import { referencedKey, tablesToFree } from './keys-between.js';
import { columnsToGive } from './late-fills.js';
import { type PlacedStatement, placedStatements } from './placed-statement.js';
import { type SearchPaths, searchPathsOf, setsSearchPath } from './search-path.js';

/** What a change says as a whole, before any of its statements is decided. Columns are named with their tables: `orders.total_cents`. */
export interface WholeChange {
  readonly migrations: readonly JudgedMigration[];
  readonly statements: readonly PlacedStatement[];
  /** The schema before it. */
  readonly before: Snapshot;
  /** It sets its session up by itself: steps in other files would run without that. */
  readonly session: boolean;
  /** What sets the search path of its migrations; nothing where that sets up the session. */
  readonly paths: SearchPaths;
  /** Columns that its foreign keys point at: they would rest on an index of these that goes only later. */
  readonly pointedAt: ReadonlySet<string>;
  /** New columns that only a release gives a value. */
  readonly toGive: ReadonlySet<string>;
  /** Columns that it makes NOT NULL. */
  readonly required: ReadonlySet<string>;
  /** Tables at which nothing may point any more when it comes to them. */
  readonly toFree: ReadonlySet<string>;
  /** Columns that it renames, each behind its table. */
  readonly renamed: readonly (readonly [table: string, column: string])[];
  /** Columns that it drops: what is made of them must follow them until then. */
  readonly dropped: ReadonlySet<string>;
  /** Columns that another one is to replace under their own name, by name, with their tables. */
  readonly retyped: ReadonlyMap<string, string>;
  /** What its statements take until a later one gives it again. */
  readonly given: GivenLater;
}

export function wholeChange(migrations: readonly JudgedMigration[], before: Snapshot): WholeChange {
  const operations = operationsOf(migrations);
  const statements = placedStatements(migrations);
  const paths = searchPathsOf(statements, before);
  const dangerous = statements.flatMap((statement) => (statement.findings.length === 0 ? [] : statement.operations));
  return {
    migrations,
    statements,
    before,
    session: operations.some((one) => setsUp(one) && !(paths && setsSearchPath(one))),
    paths: paths ?? new Map(),
    pointedAt: new Set(operations.flatMap(referencedKey)),
    toGive: columnsToGive(migrations, before),
    required: new Set(operations.flatMap((one) => (one.type === 'setNotNull' ? [columnText(one)] : []))),
    toFree: tablesToFree(migrations, before),
    renamed: operations.flatMap((one) => (one.type === 'renameColumn' ? [[onTableText(one), one.column] as const] : [])),
    dropped: new Set(operations.flatMap((one) => (one.type === 'dropColumn' ? [columnText(one)] : []))),
    given: givenLater(statements, before),
    retyped: new Map(dangerous.flatMap((one) => (one.type === 'alterColumnType' ? [[columnText(one), onTableText(one)] as const] : []))),
  };
}

/** Settings and temporary tables that later statements rest on, and transactions that are more than a frame around the file. */
function setsUp(operation: Operation): boolean {
  if (operation.type === 'createTable' && operation.table.persistence === 'temporary') return true;
  if (operation.type === 'controlTransaction') return operation.action !== 'begin' && operation.action !== 'commit';
  return (
    operation.type === 'setSetting' && !/^(?:lock_timeout|statement_timeout|idle_in_transaction_session_timeout|client_min_messages)$/i.test(operation.name)
  );
}
