import type { Change, Context, DataVerdict, LockVerdict, Operation, Sequence, TransactionMode, Verdicts } from '@planwright/spec';
import { split } from '@planwright/sql/postgresql';
import type { RunMigration, RunStatement } from './run-migration.js';

/** A migration of the change or of the sequence, as a rehearsal needs it. */
export interface Rehearsed extends RunMigration {
  readonly statements: readonly RehearsedStatement[];
  /** The way back, in the order in which it runs; absent where nobody has one. */
  readonly down?: RunMigration;
}

export interface RehearsedStatement extends RunStatement {
  readonly operations: readonly Operation[];
  /** What was predicted of its locks. */
  readonly lock?: LockVerdict;
  /** What was predicted of the rows that exist. */
  readonly data?: DataVerdict;
}

/** The migrations of the sequence with the plan's own ways back. */
export function sequenceMigrations({ migrations }: Sequence): readonly Rehearsed[] {
  return migrations.map(({ id, transaction = 'transactional', statements, reversibility }) => {
    const written = statements.filter(({ sql }) => sql !== undefined);
    const downs = [...written].reverse().flatMap(({ from, down }) => split(down ?? '').pieces.map(({ sql }) => ({ ...(from && { id: from }), sql })));
    const back = reversibility?.transaction ?? (transaction === 'none' ? 'none' : 'transactional');
    return {
      id,
      transaction,
      statements: written.map(({ from, sql = '', operations, verdicts }) => ({ ...(from && { id: from }), sql, operations, ...predicted(verdicts) })),
      ...(written.some(({ down }) => down !== undefined) && { down: { id, transaction: back, statements: downs } }),
    };
  });
}

/** The migrations of the change, with the down files of their authors. */
export function writtenMigrations({ migrations }: Change): readonly Rehearsed[] {
  return migrations.map(({ id, transaction = 'transactional', statements, down }) => ({
    id,
    transaction,
    statements: statements.flatMap(({ id: statement, sql, operations, verdicts }) =>
      sql === undefined ? [] : [{ ...(statement && { id: statement }), sql, operations, ...predicted(verdicts) }],
    ),
    ...(down && {
      down: { id, transaction: modeOf(down.statements, transaction), statements: down.statements.flatMap(({ sql }) => (sql === undefined ? [] : [{ sql }])) },
    }),
  }));
}

/** Whether the sequence runs just what the change says: one run then shows both. */
export function isAsWritten({ change, sequence }: Context): boolean {
  if (!sequence) return true;
  const text = (migrations: readonly { readonly transaction?: TransactionMode; readonly statements: readonly { readonly sql?: string }[] }[]) =>
    JSON.stringify(migrations.map(({ transaction = 'transactional', statements }) => [transaction, statements.flatMap(({ sql }) => sql ?? [])]));
  return text(change.migrations) === text(sequence.migrations);
}

function predicted(verdicts: Verdicts | undefined): Pick<RehearsedStatement, 'lock' | 'data'> {
  return { ...(verdicts?.lock && { lock: verdicts.lock }), ...(verdicts?.data && { data: verdicts.data }) };
}

/** A down file runs as its up file does, unless it holds what no transaction takes. */
function modeOf(statements: readonly { readonly operations: readonly Operation[] }[], up: TransactionMode): TransactionMode {
  const apart = statements.some(({ operations }) => operations.some((operation) => 'concurrently' in operation && operation.concurrently === true));
  return apart ? 'none' : up;
}
