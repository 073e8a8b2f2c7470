import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import type { SavedDatabase } from '../../engine.js';
import { type Call, overMemory, type Reply, type Start, type Started } from './child-messages.js';
import { createPglite, emptyDatabase, type PgliteEngine } from './create-pglite.js';
import { KeptDatabases } from './kept-databases.js';

interface Watched {
  /** Process for which the work is done. */
  readonly parent: number;
  /** Most memory of the whole process, in bytes. */
  readonly memory: number;
}

/** Ends the process when nobody waits for it any more, or when it takes too much. */
function watch({ parent, memory }: Watched): void {
  let alone = false;
  setInterval(() => {
    // At the second look: who keeps a database at this moment is done by then.
    if (alone) process.kill(process.pid, 'SIGKILL');
    alone = process.ppid !== parent;
    if (process.memoryUsage.rss() <= memory) return;
    writeSync(2, `${overMemory}\n`);
    process.kill(process.pid, 'SIGKILL');
  }, 100);
}

function serve(): void {
  const watched: Watched = { parent: process.ppid, memory: Number(process.argv[2]) };
  process.on('disconnect', () => process.exit());
  // Loaded by the time that a kept database is unpacked; whoever needs it then tells why it cannot be.
  import('@electric-sql/pglite').catch(() => {});
  // Until PostgreSQL runs this thread sees by itself that it is alone, and a second one would only take its time.
  let watcher: Worker | undefined;
  const database = new Database(() => {
    watcher ??= new Worker(fileURLToPath(import.meta.url), { workerData: watched });
    watcher.unref();
  });
  // One call after another: the parent makes none before the last is answered.
  process.on('message', (message: Call & { readonly id: number }) => {
    void database.answer(message).then(
      (value) => reply({ id: message.id, value }),
      (thrown) => reply({ id: message.id, thrown: thrown instanceof Error ? thrown.message : String(thrown) }),
    );
  });
}

function reply(reply: Reply): void {
  process.send?.(reply);
}

class Database {
  #engine: PgliteEngine | undefined;
  #kept: KeptDatabases | undefined;
  #extensions = '';

  /** `guard` is called before PostgreSQL is started. */
  constructor(private readonly guard: () => void) {}

  async answer(call: Call): Promise<Extract<Reply, { readonly value: unknown }>['value']> {
    if (call.call === 'start') return this.#start(call.start);
    const engine = this.#engine;
    if (!engine) throw new Error('The database was not started.');
    switch (call.call) {
      case 'run':
        return engine.run(call.statement, call.ask);
      case 'query':
        return engine.query(call.sql, call.parameters);
      case 'save':
        return engine.save();
      case 'keep':
        await this.#kept?.keep(this.#name(call.name), await engine.save());
        return undefined;
    }
  }

  async #start({ extensions, timeZone, from, cache, kept }: Start): Promise<Started> {
    this.#extensions = extensions.length === 0 ? '' : `-${extensions.join('-')}`;
    this.#kept = cache === undefined ? undefined : new KeptDatabases(cache);
    await this.#kept?.sweep();
    const known = from ?? (kept === undefined ? undefined : await this.#kept?.find(this.#name(kept)));
    const start = known ?? (await this.#empty());
    this.guard();
    this.#engine = await createPglite({ extensions, ...(timeZone && { timeZone }), from: start });
    return { version: this.#engine.version, kept: from === undefined && known !== undefined };
  }

  /** The same for all extensions: an engine puts their files beside the database. */
  async #empty(): Promise<SavedDatabase> {
    const kept = await this.#kept?.find('empty');
    if (kept) return kept;
    this.guard();
    const made = await emptyDatabase();
    await this.#kept?.keep('empty', made);
    return made;
  }

  /** What is kept fits only an engine with the same extensions. */
  #name(name: string): string {
    return `${name}${this.#extensions}`;
  }
}

// The process that holds a rehearsal's database. While PostgreSQL works nothing else of its main thread runs, so a thread of its own watches over it.
if (isMainThread) serve();
else watch(workerData as Watched);
