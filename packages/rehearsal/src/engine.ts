/** A database that a rehearsal may do with as it likes. One session: calls are made one after another, never side by side. */
export interface Engine {
  /** As a reader would name it: `PGlite`. */
  readonly name: string;
  /** Version of the database: `18.6`. */
  readonly version: string;
  /** Runs one statement of somebody's migration. What the database refuses is an answer and not thrown. */
  run(statement: string): Promise<Ran>;
  /** Asks a question of our own. Throws what the database refuses, for then the question is wrong. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
  /** Commits when the work resolves; rolls back when it throws, and throws the same. Transactions do not nest. */
  transaction<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Ends the database and forgets it. A second call does nothing. */
  close(): Promise<void>;
}

/** What became of a statement. */
export interface Ran {
  /** Why the database refused it; absent when it ran. */
  readonly error?: StatementError;
  /** Rows that it changed; absent where it changes none by its kind. */
  readonly rows?: number;
}

/** What a database says of a statement that it refuses. */
export interface StatementError {
  /** SQLSTATE: `23502`. */
  readonly code: string;
  readonly message: string;
  /** Character in the statement, from 1, where the database names one. */
  readonly position?: number;
}
