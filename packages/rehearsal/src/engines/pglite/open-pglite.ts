import { type ChildProcess, fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Engine, EngineWanted, Ran, SavedDatabase, StatementError } from '../../engine.js';
import { inTransaction } from '../in-transaction.js';
import { brokeDown, type Call, cancelled, outOfMemory, overMemory, type Reply, type Started } from './child-messages.js';

export interface PgliteProcessOptions {
  readonly limits?: PgliteLimits;
  /** Folder in which databases are kept between rehearsals; none are kept if absent. */
  readonly cache?: string;
  /** Session time zone; see `PgliteOptions`. */
  readonly timeZone?: string;
  /** The script of the process, where it does not lie beside this one. */
  readonly script?: string;
}

/** When a database is ended. What runs then is reported as a statement that failed. */
export interface PgliteLimits {
  /** Milliseconds for one statement; default one minute. */
  readonly statement?: number;
  /** Milliseconds for all that one database does; default ten minutes. */
  readonly whole?: number;
  /** Bytes of memory of the process; default 2 GiB. An idle database takes about 430 MB. */
  readonly memory?: number;
}

const defaults: Required<PgliteLimits> = { statement: 60_000, whole: 600_000, memory: 2 * 1024 ** 3 };

/** A database in a process of its own. */
export interface EngineProcess extends Engine {
  /** Number of the process; absent when it could not be started. */
  readonly pid: number | undefined;
}

/**
 * Databases in processes of their own, which can be ended: PostgreSQL in WebAssembly hears no timeout, and SQL of a pull request may do anything to the process it
 * is in. The process has no environment, no standard input, and ends when this one does.
 */
export function pgliteProcesses(options: PgliteProcessOptions = {}): (wanted: EngineWanted) => Promise<EngineProcess> {
  return (wanted) => PgliteProcess.start(wanted, options);
}

/** Beside the bundle; from sources, that of the last build. Not written as one expression, which bundlers take for a file that belongs in the browser. */
function scriptBesideThis(): string {
  const name = import.meta.url.endsWith('.ts') ? '../../../dist/pglite-child.js' : './pglite-child.js';
  return fileURLToPath(new URL(name, import.meta.url));
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (thrown: Error) => void;
}

class PgliteProcess implements EngineProcess {
  readonly name = 'PGlite';
  version = '';
  kept = false;
  ended: StatementError | undefined;
  readonly #child: ChildProcess;
  readonly #limits: Required<PgliteLimits>;
  readonly #whole: NodeJS.Timeout;
  readonly #gone: Promise<void>;
  #waiting: Waiting | undefined;
  #closed = false;
  #id = 0;
  #said = '';

  static async start({ extensions, from, kept }: EngineWanted, options: PgliteProcessOptions): Promise<EngineProcess> {
    const process = new PgliteProcess(options);
    const { timeZone, cache } = options;
    try {
      const started = await process.#call<Started>(
        { call: 'start', start: { extensions, ...(from && { from }), ...(kept && { kept }), ...(timeZone && { timeZone }), ...(cache && { cache }) } },
        process.#limits.whole,
      );
      process.version = started.version;
      process.kept = started.kept;
      return process;
    } catch (thrown) {
      await process.close();
      throw thrown;
    }
  }

  private constructor({ limits, script }: PgliteProcessOptions) {
    this.#limits = { ...defaults, ...limits };
    const megabytes = Math.max(64, Math.round(this.#limits.memory / 1024 ** 2 / 2));
    this.#child = fork(script ?? scriptBesideThis(), [String(this.#limits.memory)], {
      cwd: tmpdir(),
      // What is in the environment of whoever runs us is none of the migration's business. Windows starts nothing without its root.
      env: process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {},
      execArgv: [`--max-old-space-size=${megabytes}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.on('message', (reply: Reply) => this.#answered(reply));
    // The tail tells why it ended itself; the rest is a crash's own story.
    this.#child.stderr?.on('data', (text: Buffer) => {
      this.#said = `${this.#said}${text.toString()}`.slice(-2000);
    });
    this.#gone = new Promise((resolve) => {
      this.#child.on('close', (code, signal) => {
        this.#lost(code === null ? `signal ${signal}` : `exit code ${code}`);
        resolve();
      });
      this.#child.on('error', () => {
        this.#lost('it could not be started');
        resolve();
      });
    });
    this.#whole = setTimeout(() => this.#end(cancelled, `ended after ${seconds(this.#limits.whole)}, the limit of the whole rehearsal`), this.#limits.whole);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async run(statement: string, ask?: string): Promise<Ran> {
    try {
      return await this.#call<Ran>({ call: 'run', statement, ...(ask !== undefined && { ask }) });
    } catch (thrown) {
      if (this.ended) return { error: this.ended };
      throw thrown;
    }
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<readonly Row[]> {
    try {
      return await this.#call<readonly Row[]>({ call: 'query', sql, parameters });
    } catch (thrown) {
      // A question of our own that PostgreSQL calls an internal error: what ran before it has broken the database, and nothing that it says now can be believed.
      if (!this.ended && thrown instanceof Error && thrown.message.startsWith('XX000')) this.#end(brokeDown, `the database broke down (${thrown.message})`);
      throw thrown;
    }
  }

  transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    return inTransaction(this, work);
  }

  save(): Promise<SavedDatabase> {
    return this.#call<SavedDatabase>({ call: 'save' });
  }

  keep(name: string): Promise<void> {
    return this.#call<void>({ call: 'keep', name });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#whole);
    // Nothing in it is worth a farewell: the database is in its memory alone.
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  #call<Value>(call: Call, limit = this.#limits.statement): Promise<Value> {
    if (this.ended || this.#closed) return Promise.reject(gone(this.ended));
    if (this.#waiting) return Promise.reject(new Error('A database does one thing at a time.'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#end(cancelled, `ended after ${seconds(limit)}, the limit of a statement`), limit);
      const settle =
        <Given>(then: (given: Given) => void) =>
        (given: Given) => {
          clearTimeout(timer);
          then(given);
        };
      // The cast: the process answers each call with its own kind of value.
      this.#waiting = { resolve: settle(resolve as (value: unknown) => void), reject: settle(reject) };
      this.#id++;
      this.#child.send({ ...call, id: this.#id }, (error) => {
        if (error) this.#lost(error.message);
      });
    });
  }

  #answered(reply: Reply): void {
    const waiting = this.#waiting;
    if (!waiting || reply.id !== this.#id) return;
    this.#waiting = undefined;
    if ('thrown' in reply) waiting.reject(new Error(reply.thrown));
    else waiting.resolve(reply.value);
  }

  #end(code: string, message: string): void {
    this.ended ??= { code, message };
    this.#child.kill('SIGKILL');
  }

  #lost(how: string): void {
    clearTimeout(this.#whole);
    if (!this.#closed) {
      this.ended ??= this.#said.includes(overMemory)
        ? { code: outOfMemory, message: `ended at ${Math.round(this.#limits.memory / 1024 ** 2)} MB, the limit of memory` }
        : /heap out of memory/.test(this.#said)
          ? { code: outOfMemory, message: 'ended when its result no longer fitted into memory' }
          : { code: brokeDown, message: `the database broke down (${how})` };
    }
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(gone(this.ended));
  }
}

function gone(ended: StatementError | undefined): Error {
  return new Error(ended ? `${ended.code}: ${ended.message}` : 'The database is closed.');
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}
