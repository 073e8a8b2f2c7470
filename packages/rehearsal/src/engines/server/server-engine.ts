import type { Engine, Ran, SavedDatabase, StatementError } from '../../engine.js';
import { inTransaction } from '../in-transaction.js';
import type { Connection } from './connection.js';
import { asCreated } from './extensions.js';
import type { ServerLimits } from './limits.js';

/** What an engine asks of the server that it lives on. */
export interface Host {
  /** A further session of the migrations' login in the scratch database. */
  connect(): Promise<Connection>;
  /** Ends a session from outside. */
  end(pid: number): Promise<void>;
  /** Bytes of the scratch database. */
  size(): Promise<number>;
  copy(): Promise<SavedDatabase>;
  drop(self: ServerEngine): Promise<void>;
  readonly limits: Required<ServerLimits>;
  /** Extensions that were created beforehand. */
  readonly created: ReadonlySet<string>;
}

/** A session beside the engine's own, for what the application does while a migration runs. */
export type ServerSession = Pick<Engine, 'run' | 'query' | 'close'>;

/** How much later than the server's own limit, which a migration can lift, a statement is ended from outside, in milliseconds. */
const grace = 1000;
/** Milliseconds between two looks at the size of the database while a statement runs. */
const look = 1000;

/** A scratch database on a PostgreSQL server. */
export class ServerEngine implements Engine {
  readonly name = 'PostgreSQL';
  readonly shared = true;
  readonly version: string;
  readonly #host: Host;
  #main: Connection;
  #ended: StatementError | undefined;
  #whole: NodeJS.Timeout;
  #closing: Promise<void> | undefined;

  private constructor(host: Host, main: Connection, version: string) {
    this.#host = host;
    this.#main = main;
    this.version = version;
    this.#whole = setTimeout(() => this.#stop(main, `the rehearsal ran longer than ${seconds(host.limits.whole)}`), host.limits.whole);
    this.#whole.unref();
  }

  static async open(host: Host): Promise<ServerEngine> {
    const main = await host.connect();
    const [row] = await main.query<{ readonly server_version: string }>('SHOW server_version');
    // "15.18 (Debian 15.18-0+deb12u1)": the first word is PostgreSQL's.
    return new ServerEngine(host, main, row?.server_version.split(' ')[0] ?? '');
  }

  get ended(): StatementError | undefined {
    return this.#ended ?? (this.#main.ended && !this.#closing ? { code: '08006', message: 'the session was ended by the server' } : undefined);
  }

  async run(statement: string): Promise<Ran> {
    return this.#run(this.#main, statement);
  }

  async query<Row>(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]> {
    return this.#guarded(this.#main, () => this.#main.query<Row>(sql, parameters));
  }

  transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    return inTransaction(this, work);
  }

  /** A copy of the database on the server, which is dropped with the server's other scratch databases. The session is a new one afterwards: a database that somebody is in cannot be copied. */
  async save(): Promise<SavedDatabase> {
    await this.#main.close();
    try {
      return await this.#host.copy();
    } finally {
      this.#main = await this.#host.connect();
    }
  }

  /** Another session in the same database, with the same limits. Close it before `save`. */
  async openSession(): Promise<ServerSession> {
    const connection = await this.#host.connect();
    return {
      run: (statement) => this.#run(connection, statement),
      query: (sql, parameters) => connection.query(sql, parameters),
      close: () => connection.close(),
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  /** What the server does to its engines before it drops their databases. */
  abandon(): void {
    clearTimeout(this.#whole);
    this.#closing ??= this.#main.close();
  }

  async #end(): Promise<void> {
    clearTimeout(this.#whole);
    await this.#main.close();
    await this.#host.drop(this);
  }

  async #run(session: Connection, statement: string): Promise<Ran> {
    const start = performance.now();
    const ran = await this.#guarded(session, () => session.run(asCreated(statement, this.#host.created)));
    const milliseconds = performance.now() - start;
    // The server says only that somebody ended the session; why, we know.
    return ran.error && this.#ended ? { error: this.#ended, milliseconds } : { ...ran, milliseconds };
  }

  /** A migration can lift the server's own limits for its session, so each statement has a guard outside of it. */
  async #guarded<Result>(session: Connection, work: () => Promise<Result>): Promise<Result> {
    const { statement, disk } = this.#host.limits;
    const late = setTimeout(() => this.#stop(session, `the statement ran longer than ${seconds(statement)}`), statement + grace);
    const size = setInterval(async () => {
      if ((await this.#host.size().catch(() => 0)) > disk) this.#stop(session, `the scratch database grew beyond ${Math.round(disk / 1024 ** 2)} MB`);
    }, look);
    try {
      return await work();
    } finally {
      clearTimeout(late);
      clearInterval(size);
    }
  }

  #stop(session: Connection, why: string): void {
    if (session.ended) return;
    this.#ended ??= { code: '57P01', message: `${why}, and was ended` };
    // Where nobody answers, the session is lost without our help.
    this.#host.end(session.pid).catch(() => {});
  }
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}
