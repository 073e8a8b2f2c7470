import type { Context, TransactionMode } from '@planwright/spec';

/** A migration from before the change. */
export interface EarlierMigration {
  readonly id: string;
  /** Path of its file, for what is said of it. */
  readonly file?: string;
  readonly transaction: TransactionMode;
  /** Its statements in order, one text each. */
  readonly statements: readonly string[];
}

export interface RehearsalInput {
  /** What is rehearsed: its change, its sequence with ways back, and its validation queries. Statements without SQL are left out. */
  readonly context: Context;
  /** What makes the schema before the change, in its order. Where there is nothing, it is made as the context's change tells of it. */
  readonly history?: readonly EarlierMigration[];
  /** Rows that are made for each table that the change touches, and those that it refers to, before the change runs; none if absent. */
  readonly rows?: number;
  /** Number from which rows are made; default 1. */
  readonly seed?: number;
  /** Told what is being done, for a person who watches. */
  readonly onProgress?: (doing: string) => void;
}
