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
  /** What `save()` of another engine gave, or `emptyDatabase()`: starts in a quarter of a second instead of three. It must not hold extensions that are not asked for here. */
  readonly from?: SavedDatabase;
}

/** PostgreSQL 18 in this process: about 430 MB while it lives, so close it. */
export interface PgliteEngine extends Engine {
  /** The database as a value, for engines to come. */
  save(): Promise<SavedDatabase>;
}

/**
 * PostgreSQL takes 160 MB for its buffers and 16 MB for each file of its log, and fills them with zeros before it answers. A rehearsal needs less, and as many
 * checkpoints as with large files.
 */
const buffers = '64MB';
const logFile = '1';
const logSize = '1GB';

/** Starts a database in memory, empty unless it is given one. */
export async function createPglite(options: PgliteOptions = {}): Promise<PgliteEngine> {
  const { PGlite } = await import('@electric-sql/pglite');
  const extensions = await loadExtensions(options.extensions ?? []);
  const database = await PGlite.create({
    extensions,
    // A start parameter and not SET, so that `RESET ALL` in a migration does not bring the default back.
    startParams: [
      ...PGlite.defaultStartParams,
      ...['-c', `timezone=${options.timeZone ?? 'America/New_York'}`, '-c', `shared_buffers=${buffers}`, '-c', `max_wal_size=${logSize}`],
    ],
    ...(options.from ? { loadDataDir: new Bytes(options.from) } : { initDbStartParams: [`--wal-segsize=${logFile}`] }),
  });
  return new Pglite(database, await versionOf(database));
}

/** Two more databases come with every cluster, to be copied by CREATE DATABASE. Nobody creates one here, and without them half as much is read and unpacked at each start. */
const withoutTemplates = [
  'ALTER DATABASE template0 IS_TEMPLATE false',
  'ALTER DATABASE template1 IS_TEMPLATE false',
  'DROP DATABASE template0',
  'DROP DATABASE template1',
];

let made: Promise<SavedDatabase> | undefined;

/** The empty database, made once a process: what every engine can start from, whatever extensions it has. */
export function emptyDatabase(): Promise<SavedDatabase> {
  made ??= (async () => {
    const engine = await createPglite();
    try {
      for (const statement of withoutTemplates) {
        const { error } = await engine.run(statement);
        if (error) throw new Error(`${statement}: ${error.message}`);
      }
      return await engine.save();
    } finally {
      await engine.close();
    }
  })();
  return made;
}

/** Bytes that are there already: a Blob made of them would be a copy of 16 MB and more, and what is read from it another one. */
class Bytes extends Blob {
  constructor(private readonly database: SavedDatabase) {
    super([]);
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = this.database;
    return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
  }
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

  async save(): Promise<SavedDatabase> {
    return new Uint8Array(await (await this.database.dumpDataDir('none')).arrayBuffer());
  }

  async close(): Promise<void> {
    if (!this.database.closed) await this.database.close();
  }
}
