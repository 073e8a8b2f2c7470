import type { Operation, Reversibility, Snapshot } from '@planwright/spec';
import type { DatabaseName } from '../dialect.js';
import { diff } from './diff.js';
import { inverseOperation } from './inverse-operation.js';
import { type Judged, type Loss, lossOf } from './losses.js';
import { keyOf } from './named.js';
import { renamed, renamesBack } from './renames.js';
import { type RowsBack, rowsBack } from './row-losses.js';
import { writerOf } from './writer.js';

/** One statement of a way up. */
export interface UpStatement {
  /** The schema before it. */
  readonly before: Snapshot;
  /** What it does. */
  readonly operations: readonly Operation[];
  /** The statement as written; rows that it inserts can be told by it. */
  readonly sql?: string;
  /** The way back that somebody wrote, be it empty: it has what only a person can know, such as a definition before. */
  readonly down?: string;
  /**
   * Its inserts into tables that were empty before its migration, as an earlier one of the same plan made them. True for the first of its migration: the way
   * back of that one empties the table.
   */
  readonly fills?: ReadonlyMap<Operation, boolean>;
}

/** One statement whose way back is wanted. */
export interface Up extends UpStatement {
  readonly database: DatabaseName;
  /** The schema after it. */
  readonly after: Snapshot;
  /** The schema before its whole migration; `before` if absent. What is made and filled in one migration held nobody's data. */
  readonly origin?: Snapshot;
}

/** Statements that go back together. */
export interface UpMigration {
  readonly database: DatabaseName;
  /** The schema before the first and after the last. */
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly statements: readonly UpStatement[];
}

/** The way back of one statement. */
export interface Down {
  /** In the order in which they run, without final semicolons. Empty when nothing needs doing; absent when nothing can bring the schema or the rows back. */
  readonly statements?: readonly string[];
  /** What the statements do to the schema, in their order. */
  readonly operations: readonly Operation[];
  readonly reversibility: Reversibility;
}

/** The SQL that takes a statement back to the schema before it, and what it does not bring back. */
export function downStatements(up: Up): Down {
  const schema = schemaBack(up, up.operations, up.origin ?? up.before);
  const rows = up.operations.map((operation) => rowsBack(operation, schema.judged, up));
  const statements = [...rows.flatMap((row) => row.statements ?? []), ...schema.statements];
  const stuck = schema.problems.length > 0 || rows.some((row) => row.stuck);
  return { ...(stuck ? {} : { statements }), operations: schema.judged.operations, reversibility: summed(schema, rows, statements) };
}

/** What the way back of a whole migration loses: as one way from its end to its start, so that what comes and goes within it counts for nothing. */
export function reversibilityOf({ database, before, after, statements }: UpMigration): Reversibility {
  const schema = schemaBack(
    { database, before, after },
    statements.flatMap(({ operations }) => operations),
    before,
  );
  let origin = before;
  const rows: RowsBack[] = [];
  for (const statement of statements) {
    for (const operation of statement.operations) {
      rows.push(rowsBack(operation, { ...schema.judged, before: statement.before, origin }, statement));
      // Later statements use the names of then.
      origin = renamed(origin, operation);
    }
  }
  return summed(schema, rows, [...rows.flatMap((row) => row.statements ?? []), ...schema.statements]);
}

/** The way from one schema back to another. */
interface SchemaBack {
  readonly judged: Judged;
  readonly statements: readonly string[];
  /** Why a step can't be written. */
  readonly problems: readonly string[];
}

function schemaBack({ database, before, after }: Pick<Up, 'database' | 'before' | 'after'>, up: readonly Operation[], origin: Snapshot): SchemaBack {
  const renames = renamesBack(up, after.defaultSchema);
  const operations = mirrored([...diff(after, before, { renames }), ...inverses(up, [before, after])], up);
  const writer = writerOf(database);
  const start = renames.reduce((snapshot, operation) => renamed(snapshot, operation), after);
  const written = operations.map((operation) =>
    writer.writeOperation(operation, { before: operation.type === 'createView' ? withTablesOf(start, origin) : start }),
  );
  return {
    judged: { database, before, after: start, origin, operations, renames, quoting: writer },
    statements: written.flatMap((result) => ('statements' in result ? result.statements : [])),
    problems: written.flatMap((result) => ('issue' in result ? [result.issue.message] : [])),
  };
}

/** A part of a schema with the other tables of the whole one: what a view's `*` means is told by tables that nobody touches. */
function withTablesOf(part: Snapshot, whole: Snapshot): Snapshot {
  const known = new Set(part.tables.map(keyOf));
  return { ...part, tables: [...part.tables, ...whole.tables.filter((table) => !known.has(keyOf(table)))] };
}

/** The way back of operations on tables of which neither schema knows anything: comparing the two finds nothing, and their own words often tell it. */
function inverses(up: readonly Operation[], sides: readonly Snapshot[]): readonly Operation[] {
  const found = up.flatMap((operation) => inverseOperation(operation) ?? []);
  if (found.length === 0) return [];
  const known = new Set([
    ...sides.flatMap(({ tables, views = [] }) => [...tables, ...views].map(({ name }) => name)),
    ...up.flatMap((one) => (one.type === 'createTable' ? [one.table.name] : one.type === 'renameTable' ? [one.to] : [])),
  ]);
  return found.filter((inverse) => 'table' in inverse && typeof inverse.table === 'string' && !known.has(inverse.table)).reverse();
}

/** CONCURRENTLY is mirrored: an index that was made without blocking writes goes and comes back so. */
function mirrored(operations: readonly Operation[], up: readonly Operation[]): readonly Operation[] {
  const made = new Set(up.flatMap((other) => (other.type === 'createIndex' && other.concurrently ? [other.index.name] : [])));
  const dropped = new Set(up.flatMap((other) => (other.type === 'dropIndex' && other.concurrently ? [other.name] : [])));
  if (made.size === 0 && dropped.size === 0) return operations;
  return operations.map((operation) => {
    if (operation.type === 'dropIndex' && made.has(operation.name)) return { ...operation, concurrently: true };
    if (operation.type === 'createIndex' && dropped.has(operation.index.name ?? '')) return { ...operation, concurrently: true };
    return operation;
  });
}

/** CONCURRENTLY runs outside a transaction, and so does a table built anew on SQLite, which has a transaction of its own. MySQL commits at each DDL statement. */
function transactionOf(database: DatabaseName, operations: readonly Operation[], statements: readonly string[]): 'none' | 'transactional' {
  const apart = operations.some((operation) => 'concurrently' in operation && operation.concurrently);
  return apart || statements.includes('BEGIN') || (database === 'mysql' && operations.length > 0) ? 'none' : 'transactional';
}

/** One answer from what each step loses. */
function summed({ judged, problems }: SchemaBack, rows: readonly RowsBack[], statements: readonly string[]): Reversibility {
  const losses: readonly Loss[] = [...judged.operations.map((operation) => lossOf(operation, judged)), ...rows, ...problems.map((gone): Loss => ({ gone }))];
  const each = (part: 'loses' | 'gone' | 'backup' | 'condition'): string[] => [...new Set(losses.flatMap((loss) => loss[part] ?? []))];
  const [loses, gone, backup, conditions] = [each('loses'), each('gone'), each('backup'), each('condition')];
  const queries = [...new Set(losses.flatMap((loss) => loss.query ?? []))];
  return {
    kind: gone.length > 0 ? 'irreversible' : loses.length > 0 ? 'lossy' : 'reversible',
    ...(loses.length > 0 ? { loses } : {}),
    ...(gone.length > 0 ? { reason: joinedReasons(gone) } : {}),
    ...(conditions.length > 0 ? { condition: conditions.join(', and ') } : {}),
    // One query for one condition; several would have to be told apart.
    ...(conditions.length === 1 && queries.length === 1 && queries[0] !== undefined ? { query: queries[0] } : {}),
    ...(backup.length > 0 ? { backup: backup.join(', ') } : {}),
    transaction: transactionOf(judged.database, judged.operations, statements),
    basis: losses.some(({ assumed }) => assumed) ? 'assumed' : 'predicted',
  };
}

// The same fate of several objects is said once: "the rows inserted into a, b and c have no mark by which they could be taken out".
const inserted = /^the rows inserted into (.+) have no mark by which they could be taken out$/;

function joinedReasons(reasons: readonly string[]): string {
  const tables = [...new Set(reasons.flatMap((reason) => inserted.exec(reason)?.[1] ?? []))];
  if (tables.length < 2) return [...new Set(reasons)].join('; ');
  const list = `${tables.slice(0, -1).join(', ')} and ${tables.at(-1)}`;
  return [...new Set(reasons.filter((reason) => !inserted.test(reason))), `the rows inserted into ${list} have no mark by which they could be taken out`].join(
    '; ',
  );
}
