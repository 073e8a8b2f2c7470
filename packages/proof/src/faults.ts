import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openServer, pgliteProcesses, type Server } from '@planwright/rehearsal';
import { CommandLine } from './faults/command-line.js';
import { leftOnServer, onServer } from './faults/left.js';
import { seeded } from './faults/seeded.js';
import { type ServerForTest, startServer } from './server-for-test.js';

/** What is ended, at a moment that nobody chose. */
const faults = ['server', 'every session', 'rehearsal', 'child', 'command on PGlite', 'command on a server'] as const;
type Fault = (typeof faults)[number];

const work = [
  'CREATE TABLE orders (id bigint PRIMARY KEY, note text)',
  `INSERT INTO orders SELECT i, repeat('x', 50) FROM generate_series(1, 20000) i`,
  'CREATE INDEX orders_note ON orders (note)',
  'ALTER TABLE orders ALTER COLUMN id TYPE numeric',
  'DROP TABLE orders',
];

/**
 * Ends a rehearsal's server, its sessions, the rehearsal, the process of its embedded database or the whole command at random moments, and counts what is left: databases and roles on the server,
 * processes, files. What could not be told any more, after a power cut or SIGKILL, is counted when the next rehearsal has begun: it sweeps.
 */
export async function runFaults(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { rounds: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' }, cli: { type: 'string' } },
  });
  const rounds = Number(values.rounds ?? 200);
  const random = seeded(Number(values.seed ?? 1));
  const started = await startServer();
  if ('reason' in started) {
    print(`skipped: ${started.reason}`);
    return 0;
  }
  const { server } = started;
  const command = new CommandLine(values.cli);
  const chosen = faults.filter((fault) => (values.only === undefined || fault.startsWith(values.only)) && (command.built || !fault.startsWith('command')));
  if (!command.built) print('The command line is not built: it is not ended.');
  const counts = new Map<string, number>();
  let left = 0;
  let swept = 0;
  try {
    for (let round = 0; round < rounds; round++) {
      const fault = chosen[Math.floor(random() * chosen.length)] ?? 'server';
      const ended = await one({ server, fault, command, random });
      counts.set(ended.fault, (counts.get(ended.fault) ?? 0) + 1);
      swept += ended.swept.length;
      const found = [...(await leftOnServer(server.url)), ...(await command.left())];
      left += found.length;
      if (found.length > 0) print(`round ${round}, ${ended.fault}: ${found.join(', ')}`);
    }
  } finally {
    await server.stop();
    rmSync(command.folder, { recursive: true, force: true });
  }
  for (const [fault, times] of [...counts].sort()) print(`${fault}: ${times}`);
  print(`${rounds} faults: ${left} scratch databases, roles, processes and files left; ${swept} more were there until the next rehearsal swept them`);
  return left === 0 ? 0 : 1;
}

interface Round {
  readonly server: ServerForTest;
  readonly fault: Fault;
  readonly command: CommandLine;
  readonly random: () => number;
}

interface Ended {
  /** What was ended, and how. */
  readonly fault: string;
  /** What was there until somebody swept. */
  readonly swept: readonly string[];
}

async function one({ server, fault, command, random }: Round): Promise<Ended> {
  switch (fault) {
    case 'child': {
      const swept = await endChild(command, random() * 4000);
      return { fault, swept };
    }
    case 'command on PGlite':
    case 'command on a server': {
      const signal = (['SIGKILL', 'SIGINT', 'SIGTERM'] as const)[Math.floor(random() * 3)] ?? 'SIGKILL';
      const url = fault === 'command on a server' ? server.url : undefined;
      const how = await command.end({ signal, after: random() * command.usual(url), plan: random() < 0.5, ...(url && { url }) });
      const there = [...(await leftOnServer(server.url)), ...(await command.left())];
      if (there.length > 0) await sweep(server, command);
      return { fault: `${fault}, ${how}`, swept: there };
    }
    default:
      await endOnServer(server, fault, random() * 400);
      return { fault, swept: [] };
  }
}

/** The next rehearsals, embedded and on the server. */
async function sweep({ url }: ServerForTest, command: CommandLine): Promise<void> {
  await command.run(url);
  await command.run();
}

/** Ends the process of an embedded database while it starts, works or keeps itself. */
async function endChild(command: CommandLine, after: number): Promise<readonly string[]> {
  const open = pgliteProcesses({ cache: command.cache });
  const waited = new Promise<void>((resolve) => setTimeout(resolve, after));
  let over = false;
  const rehearsal = (async () => {
    const engine = await open({ extensions: [] });
    try {
      for (let round = 0; !over && !engine.ended; round++) {
        for (const statement of work) if (!over) await engine.run(statement);
        await engine.keep?.(`fault-${round}`);
      }
    } finally {
      await engine.close();
    }
  })().catch(() => {});
  await waited;
  command.killChildren();
  over = true;
  await rehearsal;
  const there = await command.left();
  if (there.length > 0) await (await open({ extensions: [] })).close();
  return there;
}

async function endOnServer(on: ServerForTest, fault: Fault, after: number): Promise<void> {
  let opened: Server | undefined;
  let over = false;
  const rehearsal = (async () => {
    opened = await openServer({ url: on.url });
    const engine = await opened.open({ extensions: [] });
    while (!over && !engine.ended) for (const statement of work) if (!over) await engine.run(statement);
  })().catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, after));
  if (fault === 'server') await on.crash();
  if (fault === 'every session') await onServer(on.url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'planwright'`);
  // A rehearsal that had not begun has nothing to close by then.
  while (!opened && !(await Promise.race([rehearsal.then(() => true), new Promise<false>((resolve) => setTimeout(() => resolve(false), 10))])));
  over = true;
  await opened?.close().catch(() => {});
  await rehearsal;
  // What broke off before it could be told is dropped by whoever comes next.
  await (await openServer({ url: on.url })).close();
}
