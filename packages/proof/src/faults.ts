import { openServer, type Server } from '@planwright/rehearsal';
import pg from 'pg';
import { type ServerForTest, startServer } from './server-for-test.js';

/** What is ended, at a moment that nobody chose. */
const faults = ['server', 'every session', 'rehearsal'] as const;

const work = [
  'CREATE TABLE orders (id bigint PRIMARY KEY, note text)',
  `INSERT INTO orders SELECT i, repeat('x', 50) FROM generate_series(1, 20000) i`,
  'CREATE INDEX orders_note ON orders (note)',
  'ALTER TABLE orders ALTER COLUMN id TYPE numeric',
  'DROP TABLE orders',
];

/** Ends a rehearsal's server, its sessions, or the rehearsal itself at random moments, and counts the databases and roles that are left. */
export async function runFaults(args: readonly string[], print: (line: string) => void): Promise<number> {
  const rounds = args.includes('--rounds') ? Number(args[args.indexOf('--rounds') + 1]) : 200;
  const random = seeded(args.includes('--seed') ? Number(args[args.indexOf('--seed') + 1]) : 1);
  const started = await startServer();
  if ('reason' in started) {
    print(`skipped: ${started.reason}`);
    return 0;
  }
  const { server } = started;
  let left = 0;
  const counts = new Map<string, number>();
  try {
    for (let round = 0; round < rounds; round++) {
      const fault = faults[Math.floor(random() * faults.length)] ?? 'server';
      counts.set(fault, (counts.get(fault) ?? 0) + 1);
      await one(server, fault, random() * 400);
      const found = await leftOn(server.url);
      left += found.length;
      if (found.length > 0) print(`round ${round}, ${fault}: ${found.join(', ')}`);
    }
  } finally {
    await server.stop();
  }
  print(`${rounds} faults (${[...counts].map(([fault, times]) => `${fault} ${times}`).join(', ')}): ${left} scratch databases and roles left`);
  return left === 0 ? 0 : 1;
}

async function one(on: ServerForTest, fault: (typeof faults)[number], after: number): Promise<void> {
  let opened: Server | undefined;
  let over = false;
  const rehearsal = (async () => {
    opened = await openServer({ url: on.url });
    const engine = await opened.open({ extensions: [] });
    while (!over && !engine.ended) for (const statement of work) if (!over) await engine.run(statement);
  })().catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, after));
  if (fault === 'server') await on.crash();
  if (fault === 'every session') await asked(on.url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'planwright'`);
  // A rehearsal that had not begun has nothing to close by then.
  while (!opened && !(await Promise.race([rehearsal.then(() => true), new Promise<false>((resolve) => setTimeout(() => resolve(false), 10))])));
  over = true;
  await opened?.close().catch(() => {});
  await rehearsal;
  // What broke off before it could be told is dropped by whoever comes next.
  await (await openServer({ url: on.url })).close();
}

async function leftOn(url: string): Promise<readonly string[]> {
  const rows = await asked<{ readonly name: string }>(
    url,
    `SELECT datname AS name FROM pg_database WHERE datname LIKE 'planwright%' UNION ALL SELECT rolname FROM pg_roles WHERE rolname LIKE 'planwright%'`,
  );
  return rows.map(({ name }) => name);
}

async function asked<Row>(url: string, sql: string): Promise<readonly Row[]> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Numbers from 0 to 1, the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
