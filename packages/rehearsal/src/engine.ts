/** A database that a rehearsal may do with as it likes. One session: calls are made one after another, never side by side. */
export interface Engine {
  /** As a reader would name it: `PGlite`. */
  readonly name: string;
  /** Version of the database: `18.6`. */
  readonly version: string;
  /** It is on a server with other people's databases: what belongs to the whole server, such as a role, is not made there. */
  readonly shared?: boolean;
  /** Why the engine is gone, once it is: it was ended at a limit, or it broke down. Every later call is refused with the same. */
  readonly ended?: StatementError | undefined;
  /**
   * Runs one statement of somebody's migration. What the database refuses is an answer and not thrown. `ask` is a question of our own, without parameters, that
   * is put right after a statement that ran: one call for both.
   */
  run(statement: string, ask?: string): Promise<Ran>;
  /** Asks a question of our own. Throws what the database refuses, for then the question is wrong. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
  /** Commits when the work resolves; rolls back when it throws, and throws the same. Transactions do not nest. */
  transaction<Result>(work: () => Promise<Result>): Promise<Result>;
  /** The database as it is now, for engines to come. Absent where an engine cannot give it; call it while no transaction is open. */
  save?(): Promise<SavedDatabase>;
  /** Keeps the database as it is now under a name, for rehearsals to come, as `EngineWanted.kept` says. Absent where an engine keeps nothing. */
  keep?(name: string): Promise<void>;
  /** It started from the kept database that was asked for. */
  readonly kept?: boolean;
  /** Ends the database and forgets it. A second call does nothing. */
  close(): Promise<void>;
}

/** What `save` gave. Only the engine that made it knows what is in it. */
export type SavedDatabase = Uint8Array<ArrayBuffer>;

/** Starts an engine. What cannot be started throws. */
export type OpenEngine = (wanted: EngineWanted) => Promise<Engine>;

/** What a rehearsal asks of an engine that is started for it. */
export interface EngineWanted {
  /** Extensions that the migrations create, by their SQL names; those that the engine lacks are left for `CREATE EXTENSION` to refuse. */
  readonly extensions: readonly string[];
  /** The database to start from, saved by an engine with the same extensions; an empty one if absent. */
  readonly from?: SavedDatabase;
  /** Name of a database that an earlier rehearsal may have kept: the engine starts from it where it has it, and from an empty one where it does not. */
  readonly kept?: string;
}

/** What became of a statement. */
export interface Ran {
  /** Why the database refused it; absent when it ran. */
  readonly error?: StatementError;
  /** Rows that it changed; absent where it changes none by its kind. */
  readonly rows?: number;
  /** Run time in milliseconds, measured where the database is; absent where nobody measured. */
  readonly milliseconds?: number;
  /** What `ask` answered; absent where nothing was asked, the statement was refused, or the engine leaves questions to `query`. */
  readonly answer?: readonly unknown[];
}

/** What a database says of a statement that it refuses. */
export interface StatementError {
  /** SQLSTATE: `23502`. */
  readonly code: string;
  readonly message: string;
  /** Character in the statement, from 1, where the database names one. */
  readonly position?: number;
}
