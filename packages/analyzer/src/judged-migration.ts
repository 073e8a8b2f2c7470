import type { Operation, Snapshot, WrittenMigration } from '@planwright/spec';
import type { JudgedStatement } from './judged-statement.js';
import type { Transaction } from './transaction-mode.js';

/** A migration of the change with what its statements do to the schema. */
export interface JudgedMigration {
  readonly written: WrittenMigration;
  /** Name without version. */
  readonly name: string;
  readonly transaction: Transaction;
  readonly statements: readonly JudgedStatement[];
  /** The schema before it. */
  readonly before: Snapshot;
  /** Where its files are to be, for one that has none yet. */
  readonly files?: { readonly file: string; readonly downFile?: string };
}

/** All that a change does, in its order. */
export function operationsOf(migrations: readonly JudgedMigration[]): readonly Operation[] {
  return migrations.flatMap(({ statements }) => statements.flatMap(({ statement }) => statement.operations));
}
