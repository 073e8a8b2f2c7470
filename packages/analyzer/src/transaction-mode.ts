import type { Issue, Operation, TransactionMode } from '@planwright/spec';
import type { Conventions } from './frameworks/framework.js';
import type { MigrationSource } from './project.js';

/** How a migration runs, and why when it runs outside a transaction. */
export interface Transaction {
  readonly mode: TransactionMode;
  readonly reason?: string;
}

/** What PostgreSQL refuses inside a transaction block, in the words of a message; nothing for all else. */
export function outsideOnly(operation: Operation): string | undefined {
  switch (operation.type) {
    case 'createIndex':
      return operation.concurrently ? 'CREATE INDEX CONCURRENTLY' : undefined;
    case 'dropIndex':
      return operation.concurrently ? 'DROP INDEX CONCURRENTLY' : undefined;
    case 'reindex':
      return operation.concurrently || operation.kind === 'database' || operation.kind === 'system'
        ? `REINDEX${operation.concurrently ? ' CONCURRENTLY' : ''}`
        : undefined;
    case 'detachPartition':
      return operation.concurrently ? 'DETACH PARTITION CONCURRENTLY' : undefined;
    case 'maintain':
      return operation.action === 'vacuum' ? 'VACUUM' : undefined;
    case 'createObject':
      return ['database', 'tablespace', 'subscription'].includes(operation.object.kind) ? `CREATE ${operation.object.kind.toUpperCase()}` : undefined;
    case 'dropObject':
      return ['database', 'tablespace'].includes(operation.kind) ? `DROP ${operation.kind.toUpperCase()}` : undefined;
    default:
      return undefined;
  }
}

/** What the first operation is that a transaction block refuses. */
function firstRefused(operations: readonly Operation[]): string | undefined {
  for (const operation of operations) {
    const refused = outsideOnly(operation);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** Decides how a migration runs before it runs: by its marker, by how the framework sends files, and by what PostgreSQL refuses in a transaction. */
export function transactionOf(
  conventions: Conventions,
  source: Pick<MigrationSource, 'transaction'>,
  statements: readonly { readonly operations: readonly Operation[] }[],
): Transaction {
  if (source.transaction) return source.transaction;
  const refused = statements.map(({ operations }) => firstRefused(operations)).find((found) => found !== undefined);
  if (conventions.runs === 'statements') return { mode: 'none', reason: `${conventions.framework.name} runs each statement by itself.` };
  if (refused === undefined) return { mode: 'transactional' };
  const reason = `${refused} cannot run inside one.`;
  if (conventions.runs === 'one query') return statements.length === 1 ? { mode: 'none', reason } : { mode: 'transactional' };
  // Plain files are run by hand, and a person leaves the transaction away.
  return conventions.detectsNonTransactional || conventions.framework.id === 'sql' ? { mode: 'none', reason } : { mode: 'transactional' };
}

/** Statements that will be refused in the transaction in which the migration runs. */
export function refusedInTransaction(
  conventions: Conventions,
  transaction: Transaction,
  statements: readonly { readonly file: string; readonly line: number; readonly column: number; readonly operations: readonly Operation[] }[],
): readonly Issue[] {
  if (transaction.mode === 'none') return [];
  // The file may end the framework's transaction by itself.
  let open = true;
  const issues: Issue[] = [];
  for (const statement of statements) {
    for (const operation of statement.operations) {
      if (operation.type === 'controlTransaction') open = operation.action !== 'commit' && operation.action !== 'rollback';
    }
    const refused = firstRefused(statement.operations);
    if (refused === undefined || !open) continue;
    const remedy = conventions.noTransaction ? ` or mark the file: ${conventions.noTransaction}` : '';
    issues.push({
      code: 'refused-in-transaction',
      message: `${refused} cannot run inside a transaction, and ${conventions.framework.name} runs this file in one: it fails with 25001.`,
      file: statement.file,
      line: statement.line,
      column: statement.column,
      severity: 'warning',
      hint: `Put it alone into a file of its own${remedy}.`,
    });
  }
  return issues;
}
