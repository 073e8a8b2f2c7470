import type { Ran, StatementError } from '../../engine.js';

/** What the parent asks of the process that holds the database. */
export type Call =
  | { readonly call: 'start'; readonly start: Start }
  | { readonly call: 'run'; readonly statement: string; readonly ask?: string }
  | { readonly call: 'query'; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly call: 'save' }
  | { readonly call: 'keep'; readonly name: string };

export interface Start {
  readonly extensions: readonly string[];
  readonly timeZone?: string;
  readonly from?: Uint8Array<ArrayBuffer>;
  /** Folder of kept databases. */
  readonly cache?: string;
  /** Name of a kept database to start from. */
  readonly kept?: string;
}

/** What `start` answers. */
export interface Started {
  readonly version: string;
  /** It started from the kept database that was asked for. */
  readonly kept: boolean;
}

export type Reply =
  | { readonly id: number; readonly value: Ran | Started | readonly unknown[] | Uint8Array<ArrayBuffer> | undefined }
  | { readonly id: number; readonly thrown: string };

/** What the process says on its last line before it ends itself. */
export const overMemory = 'planwright: over the memory limit';

/** Ended at a limit of time: PostgreSQL's own code for a statement that somebody cancelled. */
export const cancelled: StatementError['code'] = '57014';
/** PostgreSQL's code for memory that is not there. */
export const outOfMemory: StatementError['code'] = '53200';
/** PostgreSQL's code for a server that broke down. */
export const brokeDown: StatementError['code'] = '57P02';
