import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { filesIn, processesIn } from './left.js';

const migrations: Readonly<Record<string, string>> = {
  '001_shop.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total_cents integer NOT NULL);\n',
  '002_total.sql': 'ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;\n',
};

export interface Ending {
  readonly signal: 'SIGKILL' | 'SIGINT' | 'SIGTERM';
  /** Milliseconds from the start. */
  readonly after: number;
  /** `plan` with all templates, or `rehearse`. */
  readonly plan: boolean;
  /** The server on which it rehearses; PGlite if absent. */
  readonly url?: string;
}

/** The built command line on a small project, everything that it may leave in one folder: home, cache, temporary files, output. */
export class CommandLine {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'planwright-faults-')));
  readonly cache = join(this.folder, 'cache', 'planwright', 'databases');
  readonly #project = join(this.folder, 'project');
  readonly #temporary = join(this.folder, 'tmp');
  readonly #bin: string;
  readonly #took = new Map<string, number>();

  constructor(bin = fileURLToPath(new URL('../../../../apps/cli/dist/bin.js', import.meta.url))) {
    this.#bin = resolve(bin);
    for (const each of [join(this.#project, 'migrations'), this.#temporary, join(this.folder, 'home')]) mkdirSync(each, { recursive: true });
    writeFileSync(join(this.#project, 'package.json'), '{ "name": "shop", "dependencies": { "pg": "^8.0.0" } }\n');
    for (const [name, text] of Object.entries(migrations)) writeFileSync(join(this.#project, 'migrations', name), text);
    // The processes of embedded databases work in the folder of temporary files, by which they are found.
    process.env.TMPDIR = this.#temporary;
  }

  get built(): boolean {
    return existsSync(this.#bin);
  }

  /** Milliseconds within which it is ended: what it takes by itself, as far as that was seen. */
  usual(url: string | undefined): number {
    return this.#took.get(url ?? '') ?? 8000;
  }

  /** Runs it to its end, on a server where one is given. */
  async run(url?: string): Promise<void> {
    await this.#start(['plan', '--template', 'all', '--out', 'docs', ...(url ? ['--database-url', url] : [])]).exited;
  }

  /** Runs it and ends it; tells what came of it. */
  async end({ signal, after, plan, url }: Ending): Promise<string> {
    const args = plan ? ['plan', '--template', 'all', '--out', `docs/${Math.round(after)}`] : ['rehearse', '--rows', '2000'];
    const start = performance.now();
    const { process: running, exited } = this.#start([...args, ...(url ? ['--database-url', url] : [])]);
    const timer = setTimeout(() => running.kill(signal), after);
    const by = await exited;
    clearTimeout(timer);
    if (by === null) this.#took.set(url ?? '', performance.now() - start);
    return by === null ? 'done before' : signal;
  }

  /** Ends the processes of embedded databases. */
  killChildren(): void {
    for (const { pid } of processesIn(this.#temporary)) process.kill(pid, 'SIGKILL');
  }

  /** Processes that still work a second later, and files that nobody asked for. */
  async left(): Promise<readonly string[]> {
    for (let tries = 0; tries < 20 && processesIn(this.folder).length > 0; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    const processes = processesIn(this.folder).map(({ pid, command }) => `process ${pid} ${command}`);
    const files = filesIn(this.folder).filter((path) => isLeft(this.folder, path));
    return [...processes, ...files];
  }

  #start(args: readonly string[]): { readonly process: ReturnType<typeof spawn>; readonly exited: Promise<NodeJS.Signals | null> } {
    const env = {
      PATH: process.env.PATH ?? '',
      HOME: join(this.folder, 'home'),
      TMPDIR: this.#temporary,
      XDG_CACHE_HOME: dirname(dirname(this.cache)),
    };
    const running = spawn(process.execPath, [this.#bin, ...args], { cwd: this.#project, env, stdio: 'ignore' });
    return { process: running, exited: new Promise((resolve) => running.once('exit', (_, signal) => resolve(signal))) };
  }
}

/** Whole databases in the cache, whole documents and the project stay; all else is left. */
function isLeft(folder: string, path: string): boolean {
  if (path.startsWith('project/'))
    return /\.tmp$/.test(path) || (path.endsWith('.json') && !isWhole(() => JSON.parse(readFileSync(join(folder, path), 'utf8'))));
  if (path.startsWith('cache/') && path.endsWith('.tar.gz')) return !isPacked(join(folder, path));
  return true;
}

const packed = new Set<string>();

/** A file that is once whole is looked at again when it has another time. */
function isPacked(file: string): boolean {
  const known = `${file} ${statSync(file).mtimeMs}`;
  if (!packed.has(known) && isWhole(() => gunzipSync(readFileSync(file)))) packed.add(known);
  return packed.has(known);
}

function isWhole(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
