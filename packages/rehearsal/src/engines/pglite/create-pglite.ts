import type { PGlite } from '@electric-sql/pglite';
import type { Engine, Ran, SavedDatabase } from '../../engine.js';
import { inTransaction } from '../in-transaction.js';
import { loadExtensions } from './extensions.js';
import { statementError } from './statement-error.js';

export interface PgliteOptions {
  /** Extensions that the migrations may create, by their SQL names; see `pgliteExtensions`. */
  readonly extensions?: readonly string[];
  /** Session time zone. PostgreSQL rewrites a table for `timestamp` to `timestamptz` unless the zone is UTC, so the default is another one. */
  readonly timeZone?: string;
  /** What `template()` of another engine gave, made with the same extensions: starts in one second instead of four. */
  readonly template?: Blob;
}

/** PostgreSQL 18 in this process: about 430 MB while it lives, so close it. */
export interface PgliteEngine extends Engine {
  /** The database as a value, for engines to come. */
  template(): Promise<Blob>;
  save(): Promise<SavedDatabase>;
}

/** Starts an empty database in memory. */
export async function createPglite(options: PgliteOptions = {}): Promise<PgliteEngine> {
  const { PGlite } = await import('@electric-sql/pglite');
  const extensions = await loadExtensions(options.extensions ?? []);
  const database = await PGlite.create({
    extensions,
    // A start parameter and not SET, so that `RESET ALL` in a migration does not bring the default back.
    startParams: [...PGlite.defaultStartParams, '-c', `timezone=${options.timeZone ?? 'America/New_York'}`],
    ...(options.template ? { loadDataDir: options.template } : {}),
  });
  return new Pglite(database, await versionOf(database));
}

async function versionOf(database: PGlite): Promise<string> {
  const { rows } = await database.query<{ readonly server_version: string }>('SHOW server_version');
  // "18.6 (PGlite 0.5.16)": the first word is PostgreSQL's.
  return rows[0]?.server_version.split(' ')[0] ?? '';
}

class Pglite implements PgliteEngine {
  readonly name = 'PGlite';

  constructor(
    private readonly database: PGlite,
    readonly version: string,
  ) {}

  async run(statement: string, ask?: string): Promise<Ran> {
    const start = performance.now();
    let ran: Ran;
    try {
      const [result] = await this.database.exec(statement);
      ran = { ...(result?.affectedRows && { rows: result.affectedRows }), milliseconds: performance.now() - start };
    } catch (thrown) {
      return { error: statementError(thrown, statement), milliseconds: performance.now() - start };
    }
    return ask === undefined ? ran : { ...ran, answer: await this.ask(ask) };
  }

  // Without parameters a question takes one message instead of four.
  private async ask(sql: string): Promise<readonly unknown[]> {
    try {
      return (await this.database.exec(sql)).at(-1)?.rows ?? [];
    } catch (thrown) {
      const { code, message } = statementError(thrown, sql);
      throw new Error(`${code}: ${message}`);
    }
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<readonly Row[]> {
    // The cast: the caller knows what the question gives.
    if (parameters.length === 0) return (await this.ask(sql)) as readonly Row[];
    try {
      return (await this.database.query<Row>(sql, [...parameters])).rows;
    } catch (thrown) {
      const { code, message } = statementError(thrown, sql);
      // Without `cause`: PGlite's own error prints its whole bundle when nobody catches it.
      throw new Error(`${code}: ${message}`);
    }
  }

  // BEGIN by itself, for PGlite's own transaction throws at the end of one whose statement failed or that a migration has ended by a COMMIT of its own.
  transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    return inTransaction(this, work);
  }

  async template(): Promise<Blob> {
    return this.database.dumpDataDir('none');
  }

  async save(): Promise<SavedDatabase> {
    return new Uint8Array(await (await this.template()).arrayBuffer());
  }

  async close(): Promise<void> {
    if (!this.database.closed) await this.database.close();
  }
}
