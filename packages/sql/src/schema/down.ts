import type { Operation, Reversibility, Snapshot } from '@planwright/spec';
import type { DatabaseName } from '../dialect.js';
import { diff } from './diff.js';
import { type Judged, type Loss, lossOf } from './losses.js';
import { renamed, renamesBack } from './renames.js';
import { rowsBack } from './row-losses.js';
import { writerOf } from './writer.js';

/** One statement whose way back is wanted. */
export interface Up {
  readonly database: DatabaseName;
  /** The schema before it and after it. */
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** What it does. */
  readonly operations: readonly Operation[];
  /** The statement as written; rows that it inserts can be told by it. */
  readonly sql?: string;
  /** The schema before its whole migration; `before` if absent. What is made and filled in one migration held nobody's data. */
  readonly origin?: Snapshot;
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
  const { before, after, database } = up;
  const renames = renamesBack(up.operations, after.defaultSchema);
  const operations = diff(after, before, { renames }).map((operation) => alike(operation, up.operations));
  const writer = writerOf(database);
  const start = renames.reduce((snapshot, operation) => renamed(snapshot, operation), after);
  const judged: Judged = { before, after: start, origin: up.origin ?? before, operations, quoting: writer };
  const rows = up.operations.map((operation) => rowsBack(operation, judged, up.sql));
  const written = operations.map((operation) => writer.writeOperation(operation, { before: start }));
  const problems = written.flatMap((result) => ('issue' in result ? [result.issue.message] : []));
  const statements = [...rows.flatMap((row) => row.statements ?? []), ...written.flatMap((result) => ('statements' in result ? result.statements : []))];
  const stuck = problems.length > 0 || rows.some((row) => row.stuck);
  const losses: readonly Loss[] = [...operations.map((operation) => lossOf(operation, judged)), ...rows, ...problems.map((gone): Loss => ({ gone }))];
  return { ...(stuck ? {} : { statements }), operations, reversibility: summed(losses, transactionOf(operations, statements)) };
}

/** CONCURRENTLY is mirrored: an index that was made without blocking writes goes and comes back so. */
function alike(operation: Operation, up: readonly Operation[]): Operation {
  if (operation.type === 'dropIndex') {
    const made = up.some((other) => other.type === 'createIndex' && other.concurrently && other.index.name === operation.name);
    return made ? { ...operation, concurrently: true } : operation;
  }
  if (operation.type === 'createIndex') {
    const dropped = up.some((other) => other.type === 'dropIndex' && other.concurrently && other.name === operation.index.name);
    return dropped ? { ...operation, concurrently: true } : operation;
  }
  return operation;
}

/** CONCURRENTLY runs outside a transaction, and so does a table built anew on SQLite, which has a transaction of its own. */
function transactionOf(operations: readonly Operation[], statements: readonly string[]): 'none' | 'transactional' {
  const apart = operations.some((operation) => 'concurrently' in operation && operation.concurrently);
  return apart || statements.includes('BEGIN') ? 'none' : 'transactional';
}

/** One answer from what each step loses. */
function summed(losses: readonly Loss[], transaction: 'none' | 'transactional'): Reversibility {
  const each = (part: 'loses' | 'gone' | 'backup' | 'condition'): string[] => [...new Set(losses.flatMap((loss) => loss[part] ?? []))];
  const [loses, gone, backup, conditions] = [each('loses'), each('gone'), each('backup'), each('condition')];
  const queries = [...new Set(losses.flatMap((loss) => loss.query ?? []))];
  return {
    kind: gone.length > 0 ? 'irreversible' : loses.length > 0 ? 'lossy' : 'reversible',
    ...(loses.length > 0 ? { loses } : {}),
    ...(gone.length > 0 ? { reason: gone.join('; ') } : {}),
    ...(conditions.length > 0 ? { condition: conditions.join(', and ') } : {}),
    // One query for one condition; several would have to be told apart.
    ...(conditions.length === 1 && queries.length === 1 && queries[0] !== undefined ? { query: queries[0] } : {}),
    ...(backup.length > 0 ? { backup: backup.join(', ') } : {}),
    transaction,
    basis: 'predicted',
  };
}
