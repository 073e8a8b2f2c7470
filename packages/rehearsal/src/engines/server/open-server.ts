import type { EngineWanted } from '../../engine.js';
import { Connection, type SessionSettings } from './connection.js';
import { createExtensions } from './extensions.js';
import { defaultLimits, type ServerLimits } from './limits.js';
import { createLogin, type Login, noLogin, readRights } from './login.js';
import { lockClass, newNames, type ScratchNames } from './names.js';
import { closeOnSignal } from './on-signal.js';
import { ServerRefused } from './refused.js';
import { ServerEngine } from './server-engine.js';
import { dropDatabase, dropRole, sweep } from './sweep.js';

export interface ServerOptions {
  /** Connection string of a login that may create databases and roles. The database that it names is only looked at. */
  readonly url: string;
  /** Run with that login's own rights where no login without rights can be made. The migrations can then do on the server whatever it can. */
  readonly trust?: boolean;
  readonly limits?: ServerLimits;
  /** Session time zone. PostgreSQL rewrites a table for `timestamp` to `timestamptz` unless the zone is UTC, so the default is another one. */
  readonly timeZone?: string;
}

/** A server on which rehearsals may have scratch databases. */
export interface Server {
  /** Makes a scratch database and a session in it: an `OpenEngine`. */
  readonly open: (wanted: EngineWanted) => Promise<ServerEngine>;
  /** Ends all sessions, drops every scratch database and the login. A second call does nothing. Rejects where the server cannot be reached any more: then the next rehearsal there drops them. */
  close(): Promise<void>;
}

/** Connects to a server, drops what rehearsals that broke off have left on it, and makes a login without rights. Throws `ServerRefused`. */
export async function openServer(options: ServerOptions): Promise<Server> {
  const admin = await connectAdmin(options.url);
  const names = newNames();
  const server = new ScratchServer(admin, names, options);
  try {
    await server.prepare();
    return server;
  } catch (thrown) {
    await server.close().catch(() => {});
    throw thrown;
  }
}

async function connectAdmin(url: string): Promise<Connection> {
  try {
    return await Connection.open({ connectionString: url }, { search_path: 'pg_catalog' });
  } catch (thrown) {
    throw new ServerRefused({
      code: 'server-unreachable',
      message: `the server does not let us in: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      hint: 'Check the connection string: host, port, login, password, database.',
    });
  }
}

class ScratchServer implements Server {
  readonly #names: ScratchNames;
  readonly #options: ServerOptions;
  readonly #limits: Required<ServerLimits>;
  readonly #forget: () => void;
  #admin: Connection;
  /** Whom migrations run as: the fresh login, or with `trust` our own. */
  #login: Login | undefined;
  #databases: string[] = [];
  /** Extensions that were created for the login, by database. */
  readonly #created = new Map<string, readonly string[]>();
  #engines = new Set<ServerEngine>();
  #number = 0;
  #superuser = false;
  #version = 0;
  /** Settings by which the server sees in the midst of a statement that whoever asked for it is gone, where it can see that. */
  #watchful: SessionSettings = {};
  #closing: Promise<void> | undefined;

  constructor(admin: Connection, names: ScratchNames, options: ServerOptions) {
    this.#admin = admin;
    this.#names = names;
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#forget = closeOnSignal(() => this.close());
  }

  async prepare(): Promise<void> {
    // Before anything of ours is there, so that nobody takes it for abandoned.
    await lock(this.#admin, this.#names);
    this.#watchful = await watch(this.#admin);
    await sweep(this.#admin);
    const rights = await readRights(this.#admin);
    const [version] = await this.#admin.query<{ readonly number: number }>(`SELECT current_setting('server_version_num')::int AS number`);
    this.#version = version?.number ?? 0;
    this.#superuser = rights.super;
    if (!rights.createdb)
      throw new ServerRefused({
        code: 'server-login',
        message: `no scratch database can be made on the server: the login \`${this.#admin.user}\` may not create databases`,
        hint: `Give \`${this.#admin.user}\` CREATEDB, or use another server.`,
      });
    try {
      this.#login = await createLogin(this.#admin, this.#names.role, rights, { temp_file_limit: `${Math.ceil(this.#limits.disk / 1024)}kB` });
    } catch (thrown) {
      if (!(this.#options.trust && thrown instanceof ServerRefused)) throw thrown;
    }
  }

  open = async ({ extensions, from }: EngineWanted): Promise<ServerEngine> => {
    const template = from && new TextDecoder().decode(from);
    const database = await this.#createDatabase(template);
    const created = template === undefined ? await this.#furnish(database, extensions) : (this.#created.get(template) ?? []);
    this.#created.set(database, created);
    const engine = await ServerEngine.open({
      connect: () => this.#connect(database),
      end: async (pid) => {
        await this.#admin.query('SELECT pg_terminate_backend($1)', [pid]);
      },
      size: async () => (await this.#admin.query<{ readonly bytes: number }>('SELECT pg_database_size($1::name) AS bytes', [database]))[0]?.bytes ?? 0,
      copy: async () => {
        const copy = await this.#createDatabase(database);
        this.#created.set(copy, created);
        return new TextEncoder().encode(copy);
      },
      drop: async (self) => {
        this.#engines.delete(self);
        await this.#drop(database);
      },
      limits: this.#limits,
      created: new Set(created),
    });
    this.#engines.add(engine);
    return engine;
  };

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #connect(database: string): Promise<Connection> {
    try {
      return await Connection.open({ ...this.#admin.address, ...(this.#login ?? this.#admin.login), database }, this.#settings());
    } catch (thrown) {
      throw noLogin(this.#admin, `it may not connect: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  }

  #settings(): SessionSettings {
    return {
      TimeZone: this.#options.timeZone ?? 'America/New_York',
      statement_timeout: String(this.#limits.statement),
      idle_in_transaction_session_timeout: String(this.#limits.whole),
      ...this.#watchful,
    };
  }

  async #createDatabase(template?: string): Promise<string> {
    const database = `${this.#names.database}${this.#number === 0 ? '' : `_${this.#number}`}`;
    this.#number += 1;
    this.#databases.push(database);
    const owner = this.#login ? ` OWNER ${this.#login.user}` : '';
    await this.#admin.query(`CREATE DATABASE ${database}${owner} TEMPLATE ${template ?? 'template0'}`);
    await this.#admin.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    return database;
  }

  /** What only the server's superuser can do in an empty database. Once a migration has run in it, no session with rights enters it again. */
  async #furnish(database: string, extensions: readonly string[]): Promise<readonly string[]> {
    const ownsPublic = this.#version >= 150000 || !this.#login || !this.#superuser;
    if (ownsPublic && (extensions.length === 0 || !this.#superuser)) return [];
    const owner = await Connection.open({ ...this.#admin.address, ...this.#admin.login, database });
    try {
      // From PostgreSQL 15 on the schema belongs to whoever owns the database.
      if (!ownsPublic) await owner.query(`ALTER SCHEMA public OWNER TO ${this.#names.role}`);
      return await createExtensions(owner, extensions);
    } finally {
      await owner.close();
    }
  }

  async #drop(database: string): Promise<void> {
    await dropDatabase(await this.#reach(), database);
    this.#databases = this.#databases.filter((other) => other !== database);
  }

  async #end(): Promise<void> {
    try {
      for (const engine of this.#engines) engine.abandon();
      for (const database of [...this.#databases].reverse()) await this.#drop(database);
      await dropRole(await this.#reach(), this.#names.role);
      // Whoever was killed just before this rehearsal began may still have had a session then, in the midst of a statement.
      await sweep(await this.#reach());
    } finally {
      this.#forget();
      await this.#admin.close();
    }
  }

  /** Our own session; a new one where the server went away and came back. */
  async #reach(): Promise<Connection> {
    for (let tries = 1; this.#admin.ended && tries <= 5; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 200 * tries));
      const again = await connectAdmin(this.#options.url).catch(() => undefined);
      if (!again) continue;
      this.#admin = again;
      await lock(again, this.#names);
      await watch(again);
    }
    return this.#admin;
  }
}

/** Shows the sweep of other rehearsals that this one lives. */
async function lock(admin: Connection, { key }: ScratchNames): Promise<void> {
  await admin.query('SELECT pg_advisory_lock($1::int4, $2::int4)', [lockClass, key]);
}

/** From PostgreSQL 14 on, and not on every system: what it has set. */
async function watch(admin: Connection): Promise<SessionSettings> {
  const settings = { client_connection_check_interval: '1s' };
  try {
    for (const [name, value] of Object.entries(settings)) await admin.query('SELECT set_config($1, $2, false)', [name, value]);
    return settings;
  } catch {
    return {};
  }
}
