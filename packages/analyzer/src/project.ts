import type { Issue, Target, TransactionMode } from '@planwright/spec';

/** A text file of a project. `path` uses `/` and is relative to the project's folder. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A migration as its framework has it. */
export interface MigrationSource {
  readonly id: string;
  /** Its name without version and extension: `add_currencies`. */
  readonly name: string;
  /** Where a part of a file is meant (dbmate, goose), the rest is blank, so that places in it are places in the file. */
  readonly up: SourceFile;
  readonly down?: SourceFile;
  /** What a marker in its files says of the transaction. */
  readonly transaction?: { readonly mode: TransactionMode; readonly reason: string };
}

/** The migrations of one folder, in the framework's order. */
export interface MigrationFolder {
  /** Folder that holds them; empty for the project's own. */
  readonly folder: string;
  readonly migrations: readonly MigrationSource[];
  readonly issues: readonly Issue[];
}

/** A project whose migrations have been found. */
export interface Project extends MigrationFolder {
  /** Framework, database, and how both are known. */
  readonly target: Target;
  /** Name of the environment variable with the connection string. */
  readonly databaseUrlVariable?: string;
}
