import { redactSecrets } from '@planwright/spec';
import type { Client, ClientConfig } from 'pg';
import type { Ran, StatementError } from '../../engine.js';

/** Where to connect, and as whom. */
export type Target = Pick<ClientConfig, 'connectionString' | 'host' | 'port' | 'ssl' | 'user' | 'password' | 'database'>;

/** Settings that a session starts with, and to which RESET ALL returns. */
export type SessionSettings = Readonly<Record<string, string>>;

/** Bytes that one statement may send us: what it selects is not kept, but a single value of a gigabyte would have to be held. */
const longestAnswer = 256 * 1024 ** 2;

const connectTimeout = 15_000;

/** One session on a server. */
export class Connection {
  private received = 0;
  private tooMuch = false;
  private over = false;
  private closing: Promise<void> | undefined;
  /** Settles when the last call is done: a session does one thing at a time. */
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly client: Client,
    private readonly Query: typeof import('pg').Query,
    /** Process id of the server's side. */
    readonly pid: number,
  ) {
    // A lost connection is told by the statement that runs, or by the next one.
    client.on('error', () => {
      this.over = true;
    });
    client.on('end', () => {
      this.over = true;
    });
    client.connection.stream.on('data', (chunk: Uint8Array) => {
      this.received += chunk.length;
      if (this.received > longestAnswer) {
        this.tooMuch = true;
        client.connection.stream.destroy();
      }
    });
  }

  /** Connects. Throws what the server or the network says, without secrets. */
  static async open(target: Target, settings: SessionSettings = {}): Promise<Connection> {
    const { default: pg } = await import('pg');
    const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, '\\$&')}`);
    const client = new pg.Client({
      ...target,
      application_name: 'planwright',
      connectionTimeoutMillis: connectTimeout,
      keepAlive: true,
      ...(options.length > 0 && { options: options.join(' ') }),
    });
    readAsPglite(client);
    client.on('error', () => {});
    try {
      await client.connect();
      const { rows } = await client.query<{ readonly pid: number }>('SELECT pg_backend_pid() AS pid');
      return new Connection(client, pg.Query, rows[0]?.pid ?? 0);
    } catch (thrown) {
      await client.end().catch(() => {});
      throw withoutSecrets(thrown);
    }
  }

  /** The session has ended: nothing can be asked any more. */
  get ended(): boolean {
    return this.over;
  }

  /** The same server, for another user or database. */
  get address(): Target {
    // The type of `ssl` says boolean; what it holds is what the connection string asked for, options included.
    return { host: this.client.host, port: this.client.port, ssl: this.client.ssl as ClientConfig['ssl'] };
  }

  /** Whose session it is. */
  get login(): { readonly user: string; readonly password?: string } {
    const { password } = this.client;
    return { user: this.user, ...(password && { password }) };
  }

  get user(): string {
    return this.client.user ?? '';
  }

  /** Runs one statement and lets go of the rows that it answers. */
  run(statement: string): Promise<Ran> {
    return this.inTurn(() => this.runNow(statement));
  }

  private runNow(statement: string): Promise<Ran> {
    this.received = 0;
    return new Promise((resolve) => {
      const query = new this.Query(statement);
      query.on('row', () => {}); // without a listener they would be collected
      query.on('error', (thrown: unknown) => resolve({ error: this.errorOf(thrown, statement) }));
      query.on('end', (result) => resolve(changedRows(result)));
      this.client.query(query);
    });
  }

  /** Asks a question of our own. Throws `<SQLSTATE>: <message>`. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<readonly Row[]> {
    try {
      const { rows } = await this.inTurn(() => {
        this.received = 0;
        return this.client.query(sql, [...parameters]);
      });
      return rows; // `any[]`: the caller knows what it asked for
    } catch (thrown) {
      const { code, message } = this.errorOf(thrown, sql);
      throw Object.assign(new Error(`${code}: ${message}`), { code });
    }
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => {});
    return mine;
  }

  /** Ends the session. A second call waits for the first. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    // A server that does not answer any more does not answer a farewell either.
    const patience = setTimeout(() => this.client.connection.stream.destroy(), 2000);
    await this.client.end().catch(() => {});
    clearTimeout(patience);
  }

  private errorOf(thrown: unknown, statement: string): StatementError {
    if (this.tooMuch) return { code: '54000', message: `the statement answered with more than ${longestAnswer / 1024 ** 2} MB` };
    return statementError(thrown, statement);
  }
}

/** Values of questions come as PGlite gives them: 64 bits as a number where a number can hold them, lists of names and of those as lists. */
function readAsPglite(client: Client): void {
  const integer = (text: string) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text));
  // The driver's list of types has no arrays; any oid will do.
  const types: { getTypeParser(oid: number): (text: string) => unknown; setTypeParser(oid: number, parse: (text: string) => unknown): void } = client;
  const texts = types.getTypeParser(1009); // text[]
  types.setTypeParser(20, integer); // int8
  types.setTypeParser(1016, (text) => (texts(text) as (string | null)[]).map((item) => (item === null ? null : integer(item)))); // int8[]
  types.setTypeParser(1003, texts); // name[]
}

function changedRows(result: { readonly command?: string; readonly rowCount?: number | null } | undefined): Ran {
  const rows = result?.rowCount ?? 0;
  return rows > 0 && /^(?:INSERT|UPDATE|DELETE|MERGE|COPY)$/.test(result?.command ?? '') ? { rows } : {};
}

function statementError(thrown: unknown, statement: string): StatementError {
  if (!(thrown instanceof Error)) return { code: 'XX000', message: String(thrown) };
  // pg's DatabaseError has PostgreSQL's fields as strings; an error of the network has a code that is no SQLSTATE.
  const { code, position } = thrown as Error & { readonly code?: string; readonly position?: string };
  const at = Number(position);
  return {
    code: code !== undefined && /^[0-9A-Z]{5}$/.test(code) ? code : '08006',
    message: redactSecrets(thrown.message),
    ...(at >= 1 && at <= statement.length + 1 ? { position: at } : {}),
  };
}

function withoutSecrets(thrown: unknown): Error {
  const { message, code } = thrown as Error & { readonly code?: string };
  // Without `cause`: it may carry the connection string.
  return Object.assign(new Error(redactSecrets(message || code || 'no answer')), { code: code ?? '08006' });
}
