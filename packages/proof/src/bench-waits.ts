import { createPlan, type Rehearsable } from '@planwright/plan';
import { measureWaits, openServer } from '@planwright/rehearsal';
import type { Wait } from '@planwright/spec';
import { startServer } from './server-for-test.js';

export interface Hazard {
  readonly name: string;
  /** The change, in the words of the table. */
  readonly shown: string;
  readonly change: string;
}

const tables = `CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint,
  total_cents integer NOT NULL,
  status text NOT NULL DEFAULT 'open',
  placed_at timestamptz NOT NULL DEFAULT now()
);
`;

/** The five whose wait grows with the table. */
export const hazards: readonly Hazard[] = [
  { name: 'index', shown: 'CREATE INDEX', change: 'CREATE INDEX orders_customer_id ON orders (customer_id);\n' },
  { name: 'not_null', shown: 'SET NOT NULL', change: 'ALTER TABLE orders ALTER COLUMN customer_id SET NOT NULL;\n' },
  {
    name: 'foreign_key',
    shown: 'ADD FOREIGN KEY',
    change: 'ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id);\n',
  },
  { name: 'bigint', shown: 'integer to bigint', change: 'ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;\n' },
  { name: 'volatile', shown: 'ADD COLUMN with a volatile default', change: 'ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();\n' },
];

/** What a rehearsal of the hazard's plan is given. */
export async function planOf({ name, change }: Hazard): Promise<Rehearsable> {
  let what: Rehearsable | undefined;
  const plan = await createPlan({
    files: [
      { path: 'migrations/0001_shop.sql', text: tables },
      { path: `migrations/0002_${name}.sql`, text: change },
    ],
    templates: [],
    now: '2026-11-20T10:30:00Z',
    rehearse: async (asked) => {
      what = asked;
      return undefined;
    },
  });
  if (!what) throw new Error(`no plan: ${plan.issues.map(({ message }) => message).join('; ')}`);
  return what;
}

/** Prints a Markdown table: how long the application waited, as written and as planned. */
export async function benchWaits(args: readonly string[], print: (line: string) => void): Promise<number> {
  const rows = Number(args[args.indexOf('--rows') + 1] ?? Number.NaN) || 1_000_000;
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
  const started = await startServer();
  if ('reason' in started) {
    print(`skipped: ${started.reason}`);
    return 0;
  }
  const { url, stop, from } = started.server;
  try {
    const server = await openServer({ url, limits: { statement: 600_000, whole: 3_600_000 } });
    try {
      print(`${rows.toLocaleString('en')} rows in \`orders\`, ${from}; longest wait of one operation beside it, and all waits over 50 ms together.\n`);
      print('| change | who | as written: longest | as written: waited | as planned: longest | as planned: waited | planned migrations |');
      print('| --- | --- | --- | --- | --- | --- | --- |');
      for (const hazard of hazards.filter(({ name }) => only === undefined || name === only)) {
        const { context, history } = await planOf(hazard);
        const { waits, notes } = await measureWaits({ context, history, rows }, server.open);
        for (const who of ['reader', 'writer'] as const) {
          const [written, planned] = (['change', 'sequence'] as const).map((subject) =>
            waits.find((wait) => wait.table === 'orders' && wait.who === who && wait.subject === subject),
          );
          print(
            `| ${hazard.shown} | ${who} | ${longest(written)} | ${total(written)} | ${longest(planned)} | ${total(planned)} | ${context.sequence?.migrations.length ?? 0} |`,
          );
        }
        for (const note of notes) print(`<!-- ${hazard.name}: ${note} -->`);
      }
      return 0;
    } finally {
      await server.close();
    }
  } finally {
    await stop();
  }
}

function longest(wait: Wait | undefined): string {
  return wait ? `${wait.longest} ms` : 'runs as written';
}

function total(wait: Wait | undefined): string {
  return wait?.total === undefined
    ? ''
    : `${Math.round(wait.total)} ms${
        wait.errors
          ? ` (${Object.entries(wait.errors)
              .map(([code, times]) => `${code} ×${times}`)
              .join(', ')})`
          : ''
      }`;
}
