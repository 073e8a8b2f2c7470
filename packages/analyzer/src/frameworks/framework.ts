import type { Command, Framework, TransactionMode } from '@planwright/spec';
import type { MigrationFolder } from '../project.js';
import type { ProjectFiles } from '../project-files.js';

export type DatabaseName = 'postgresql' | 'mysql' | 'sqlite';

/** What tells that a folder of migrations belongs to a framework. */
export interface Evidence {
  /** 3: a file of the framework's own says so. 2: only its layout looks so. 1: any SQL files do. */
  readonly strength: 1 | 2 | 3;
  /** File that says so. */
  readonly from?: string;
  readonly database?: { readonly name: DatabaseName; readonly from: string };
  /** Name of the environment variable that holds the connection string. */
  readonly databaseUrlVariable?: string;
  readonly frameworkVersion?: string;
}

/** `detect.ts` of a framework: whether the folder is its own; nothing when it is not. */
export type Detect = (files: ProjectFiles, folder: MigrationFolder) => Evidence | undefined;

/** `read.ts` of a framework: every folder that is laid out as its own, with the migrations in its order. */
export type Read = (files: ProjectFiles) => readonly MigrationFolder[];

/** A planned migration that needs a file name. */
export interface PlannedFile {
  /** Folder of the migrations. */
  readonly folder: string;
  /** Place in the plan, from 1. */
  readonly number: number;
  /** Snake case. */
  readonly name: string;
  /** 14 digits, `YYYYMMDDHHMMSS`: the moment the files are named after. */
  readonly stamp: string;
  /** Greatest whole number that a migration of the folder has as its version; 0 when there is none. */
  readonly lastNumber: number;
  /** Digits that versions have, for padding. */
  readonly digits: number;
  /** Path of a migration of the project, whose manner of naming is followed where the framework leaves it open. */
  readonly like?: string;
}

/** What a command needs to know of the plan. */
export interface CommandFacts {
  readonly database: DatabaseName;
  /** Name of the environment variable that holds the connection string. */
  readonly urlVariable: string;
  readonly folder: string;
  /** Name of the planned migration, in snake case. */
  readonly name: string;
  /** The plan's migrations in their order. */
  readonly migrations: readonly PlannedRun[];
}

/** A migration of the plan, as commands name it. */
export interface PlannedRun {
  /** Id in the plan: `001`. */
  readonly id: string;
  /** The framework's own id. */
  readonly source: string;
  /** The framework's id of the migration before it; absent for the first of all. */
  readonly previous?: string;
  readonly up: string;
  readonly down?: string;
  readonly transactional: boolean;
}

/** `conventions.ts` of a framework: what documents say of it. */
export interface Conventions {
  readonly framework: Framework;
  /** How it runs a file when nothing says otherwise: in its own transaction, as one query (one implicit transaction), or each statement by itself. */
  readonly runs: 'transaction' | 'one query' | 'statements';
  /** It leaves the transaction away by itself when a file must not run in one. */
  readonly detectsNonTransactional?: boolean;
  /** How a file says that it wants no transaction; absent where none has to, or none can. */
  readonly noTransaction?: string;
  readonly file: (planned: PlannedFile) => { readonly file: string; readonly downFile?: string };
  readonly commands: (facts: CommandFacts) => readonly Command[];
}

/** A framework's folder as the registry lists it. Those whose files are not SQL have conventions only. */
export interface FrameworkEntry {
  readonly id: string;
  readonly conventions: Conventions;
  readonly detect?: Detect;
  readonly read?: Read;
}

export type { TransactionMode };
