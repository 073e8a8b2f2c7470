import type { Context, Evidence, Statement } from '@planwright/spec';
import { expect, it } from 'vitest';
import type { OpenEngine } from './engine.js';
import { createPglite, emptyDatabase } from './engines/pglite/create-pglite.js';
import type { EarlierMigration, RehearsalInput } from './rehearsal-input.js';
import { rehearse } from './rehearse.js';

const open: OpenEngine = async ({ from, extensions }) => createPglite({ extensions, from: from ?? (await emptyDatabase()) });

const history: readonly EarlierMigration[] = [
  {
    id: '001_orders',
    transaction: 'transactional',
    statements: ['CREATE TABLE customers (id bigint PRIMARY KEY)', 'CREATE TABLE orders (id bigint PRIMARY KEY, placed_by bigint, total integer)'],
  },
];

const change: Context['change'] = {
  migrations: [
    {
      id: '002_big_totals',
      transaction: 'transactional',
      statements: [
        {
          id: 's1',
          sql: 'ALTER TABLE orders ALTER total TYPE bigint',
          operations: [],
          verdicts: { lock: { basis: 'predicted', locks: [{ relation: 'orders', mode: 'SHARE', held: 'brief' }] } },
        },
        { id: 's2', sql: 'ALTER TABLE orders ADD FOREIGN KEY (placed_by) REFERENCES customers', operations: [] },
      ],
      down: { statements: [{ sql: 'ALTER TABLE orders ALTER total TYPE integer', operations: [] }] },
    },
  ],
};

const sequence: Context['sequence'] = {
  migrations: [
    {
      id: '001',
      name: 'big_totals',
      statements: [
        { sql: 'ALTER TABLE orders ALTER total TYPE bigint', down: 'ALTER TABLE orders ALTER total TYPE integer', from: 's1', operations: [] },
        {
          sql: 'ALTER TABLE orders ADD FOREIGN KEY (placed_by) REFERENCES customers NOT VALID',
          down: 'ALTER TABLE orders DROP CONSTRAINT orders_placed_by_fkey',
          from: 's2',
          operations: [],
        },
      ],
    },
    {
      id: '002',
      name: 'validate',
      transaction: 'none',
      statements: [
        { sql: 'ALTER TABLE orders VALIDATE CONSTRAINT orders_placed_by_fkey', down: '', from: 's2', operations: [] },
        { sql: 'CREATE INDEX CONCURRENTLY orders_total ON orders (total)', down: 'DROP INDEX CONCURRENTLY orders_total', operations: [] },
      ],
    },
  ],
};

const run = (context: Omit<Context, 'target'>, more: Partial<RehearsalInput> = {}) =>
  rehearse({ context: { target: { database: 'postgresql' }, ...context }, history, ...more }, open);
const runs = ({ migrations = [] }: Evidence) => migrations.map(({ subject, direction = 'up', migration }) => `${subject} ${direction} ${migration}`);
const only = (...statements: readonly Statement[]): Context['change'] => ({
  migrations: [{ id: '002', transaction: 'transactional', statements: [...statements] }],
});

it('runs sequence and change from the same start, back and up again, and says where they differ', async () => {
  const validation: Context['validation'] = [{ id: 'P1', when: 'pre-flight', sql: 'SELECT count(*) FROM orders', expected: '0' }];
  const evidence = await run({ change, sequence, validation });
  expect(runs(evidence)).toEqual([
    'sequence up 001',
    'sequence up 002',
    'sequence down 002',
    'sequence down 002',
    'sequence down 001',
    'sequence up again 001',
    'sequence up again 002',
    'change up 002_big_totals',
    "change author's down 002_big_totals",
  ]);
  expect(evidence.queries).toMatchObject([{ query: 'P1', observed: '0' }]);
  expect(evidence.comparisons).toMatchObject([
    { kind: 'down', migration: '002', equal: true, strict: true },
    { kind: 'down', migration: '001', equal: true, strict: true },
    { kind: 'up again', equal: true, strict: true },
    { kind: 'same end', equal: false, differences: ['index orders: `orders_total` is there after the sequence and not after the change as written.'] },
    {
      kind: "author's down",
      equal: false,
      differences: ["constraint orders: `orders_placed_by_fkey` is there after its author's down and not before the change."],
    },
  ]);
  // The planned way back leaves the constraint valid, which it was not.
  expect(evidence.notes).toEqual([
    expect.stringMatching(
      /^The way back of 002 as planned leaves 1 difference \(constraint orders: .*\); \d+ statements? from the two catalogues (was|were) run after it\.$/,
    ),
  ]);
  // What was seen stands beside what was predicted.
  const asWritten = evidence.migrations?.find(({ subject, direction }) => subject === 'change' && direction === undefined);
  expect(asWritten?.statements).toMatchObject([
    {
      locks: [{ relation: 'orders', mode: 'ACCESS EXCLUSIVE', held: 'rewrite' }],
      rewrites: ['orders'],
      disagrees: ['`orders`: SHARE was predicted, ACCESS EXCLUSIVE was seen.', '`orders` was written anew; no rewrite was predicted.'],
    },
    { scans: ['orders'] },
  ]);
});

it('takes a table that has the name of one renamed away for what it is: nobody can wait for it yet', async () => {
  const share: NonNullable<Statement['verdicts']>['lock'] = {
    basis: 'predicted',
    locks: [{ relation: 'orders', mode: 'SHARE', held: 'scan' }],
    scans: ['orders'],
  };
  const evidence = await run({
    change: only(
      { id: 's1', sql: 'ALTER TABLE orders RENAME TO old_orders', operations: [] },
      { id: 's2', sql: 'CREATE TABLE orders (id bigint)', operations: [] },
      { id: 's3', sql: 'CREATE UNIQUE INDEX orders_id ON orders (id)', operations: [], verdicts: { lock: share } },
      { id: 's4', sql: 'ALTER TABLE old_orders RENAME TO gone_orders', operations: [], verdicts: { lock: { ...share, scans: ['old_orders'] } } },
    ),
  });
  const [, , index, renamed] = evidence.migrations?.[0]?.statements ?? [];
  expect(index).toEqual(expect.not.objectContaining({ disagrees: expect.anything() }));
  // What is predicted of the one that was renamed is still held to.
  expect(renamed?.disagrees).toContainEqual(expect.stringMatching(/^`old_orders`/));
});

it('makes rows, breaks a step with some, and shows that none is lost', async () => {
  const notNull: Statement = {
    id: 's1',
    sql: 'ALTER TABLE orders ALTER total SET NOT NULL',
    operations: [{ type: 'setNotNull', table: 'orders', column: 'total' }],
    verdicts: { data: { basis: 'predicted', outcome: 'may fail', sql: 'SELECT count(*) FROM orders WHERE total IS NULL' } },
  };
  const columns = [
    { name: 'id', type: 'bigint' },
    { name: 'placed_by', type: 'bigint' },
    { name: 'total', type: 'integer', notNull: true },
  ];
  const after: Context['change']['after'] = { tables: [{ name: 'orders', columns, constraints: [{ type: 'primaryKey', columns: ['id'] }] }] };
  const evidence = await run({ change: { ...only(notNull), after } }, { rows: 50, seed: 7 });
  expect(evidence).toMatchObject({ seed: 7, rows: { customers: 50, orders: 50 } });
  expect(evidence.breaking).toMatchObject([
    { migration: '002', table: 'orders', made: 3, found: 3, expected: '23502', failed: true, error: expect.stringMatching(/^23502: /) },
  ]);
  expect(evidence.comparisons).toMatchObject([
    { kind: 'prediction', equal: true },
    { kind: 'rows', equal: true },
    { kind: 'down', equal: true },
    { kind: 'up again', equal: true },
  ]);
  // Nobody has written a way back: the two catalogues tell it.
  expect(runs(evidence)).toEqual(['sequence up 002', 'sequence down 002', 'sequence up again 002']);
});

it('runs the second way up on empty tables where the way back has lost the values that it needs, and says so', async () => {
  const lossy: Context['sequence'] = {
    migrations: [
      {
        id: '001',
        name: 'copy',
        transaction: 'transactional',
        statements: [
          { sql: 'ALTER TABLE orders ADD amount integer', down: 'ALTER TABLE orders DROP COLUMN amount', operations: [] },
          { sql: 'UPDATE orders SET amount = total', down: '', operations: [] },
          { sql: 'ALTER TABLE orders ALTER amount SET NOT NULL', down: '', operations: [] },
        ],
      },
      {
        id: '002',
        name: 'drop_old',
        transaction: 'transactional',
        statements: [{ sql: 'ALTER TABLE orders DROP COLUMN total', down: 'ALTER TABLE orders ADD COLUMN total integer', operations: [] }],
        reversibility: { kind: 'irreversible', reason: 'the values of orders.total are gone' },
      },
    ],
  };
  const before: Context['change']['before'] = {
    tables: [
      {
        name: 'orders',
        columns: [
          { name: 'id', type: 'bigint' },
          { name: 'placed_by', type: 'bigint' },
          { name: 'total', type: 'integer', notNull: true },
        ],
        constraints: [{ type: 'primaryKey', columns: ['id'] }],
      },
    ],
  };
  const evidence = await run({ change: { migrations: [], before, after: before }, sequence: lossy }, { rows: 5 });
  const again = evidence.migrations?.filter(({ direction }) => direction === 'up again') ?? [];
  expect(again.map(({ migration }) => migration)).toEqual(['001', '001', '002']);
  expect(again.flatMap(({ statements }) => statements.flatMap(({ error }) => error ?? []))).toEqual([
    expect.stringMatching(/^not run: the way back has not left the rows that it needs \(23502: /),
  ]);
  expect(evidence.comparisons?.find(({ kind }) => kind === 'up again')).toMatchObject({ equal: true });
  expect(evidence.notes).toContainEqual(
    expect.stringMatching(
      /^The way back of 002 does not bring the rows back as they were \(the values of orders\.total are gone\), and with what is left of them 001 meets 23502: .*: the second way up was run on empty tables\.$/,
    ),
  );
});

it.each(['none', 'transactional'] as const)('begins a transaction with the isolation level that its first statement asks for: %s', async (transaction) => {
  const statements = [
    'BEGIN',
    'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ',
    'ALTER TABLE orders ADD isolation text',
    "UPDATE orders SET isolation = 1 / (current_setting('transaction_isolation') = 'repeatable read')::int",
    'COMMIT',
    'START TRANSACTION ISOLATION LEVEL SERIALIZABLE',
    "SELECT 1 / (current_setting('transaction_isolation') = 'serializable')::int",
    'COMMIT',
  ];
  const evidence = await run({
    change: { migrations: [{ id: '002', transaction, statements: statements.map((sql) => ({ sql, operations: [] })) }] },
  });
  expect(evidence.migrations?.[0]?.statements).toHaveLength(statements.length);
  expect(evidence.migrations?.[0]?.statements.flatMap(({ error }) => error ?? [])).toEqual([]);
});

it('leaves out what reaches outside, with its place; what the engine lacks; and makes roles that nobody makes', async () => {
  const hidden = "DO $$ BEGIN EXECUTE 'COPY orders TO ''/tmp/orders'''; END $$";
  const earlier: EarlierMigration = {
    id: '001',
    transaction: 'transactional',
    statements: ['CREATE EXTENSION postgis', 'CREATE TABLE orders (id bigint)', 'GRANT SELECT ON orders TO reporting'],
  };
  const evidence = await run(
    {
      change: only(
        { id: 's1', sql: hidden, file: '002.sql', line: 3, column: 1, operations: [] },
        { id: 's2', sql: 'ALTER TABLE orders ADD note text', operations: [] },
        { id: 's3', sql: 'ALTER TABLE nothing ADD note text', operations: [] },
      ),
    },
    { history: [earlier] },
  );
  expect(evidence.refused).toMatchObject([{ code: 'reaches-outside', file: '002.sql', line: 3, column: 1 }]);
  expect(evidence.migrations).toHaveLength(1);
  expect(evidence.migrations?.[0]?.statements).toMatchObject([
    { id: 's1', error: 'not run: COPY reads or writes a file of the server' },
    { id: 's2', locks: [{ relation: 'orders', mode: 'ACCESS EXCLUSIVE', held: 'brief' }] },
    { id: 's3', error: '42P01: relation "nothing" does not exist' },
  ]);
  expect(evidence.notes).toEqual([
    expect.stringMatching(/^The extension `postgis` is not there on PGlite 18\.\d+: its statements were left out, and what needs it does not run\.$/),
    'Roles that no migration makes were made for the rehearsal, without rights: `reporting`.',
  ]);
  expect(evidence.comparisons).toBeUndefined();
});

it('creates an extension that the history or the change uses and nobody creates', async () => {
  const earlier: EarlierMigration = {
    id: '001',
    transaction: 'transactional',
    statements: ['CREATE TABLE guests (id bigint, name text)', 'CREATE INDEX guests_name ON guests USING gin (name gin_trgm_ops)'],
  };
  const evidence = await run({ change: only({ id: 's1', sql: 'ALTER TABLE guests ADD email citext', operations: [] }) }, { history: [earlier] });
  expect(evidence.migrations?.[0]?.statements).toMatchObject([{ locks: [{ relation: 'guests', mode: 'ACCESS EXCLUSIVE' }] }]);
  expect(evidence.notes?.filter((note) => !note.startsWith('The way back'))).toEqual([
    'The history uses `pg_trgm` and does not create it: it was created for the rehearsal.',
    'The change uses `citext` and does not create it: it was created for the rehearsal.',
  ]);
});

it('calls what needs an extension that the engine does not have not rehearsed, and no failure', async () => {
  const evidence = await run({ change: only({ id: 's1', sql: 'ALTER TABLE orders ADD place geometry', operations: [] }) });
  expect(evidence.migrations?.[0]?.statements).toMatchObject([
    { error: expect.stringMatching(/^not run: it needs the extension `postgis`, which PGlite 18\.\d+ does not have$/) },
  ]);
  expect(evidence.notes).toEqual([
    expect.stringMatching(/^The change uses `postgis` and does not create it, and PGlite 18\.\d+ does not have it: what needs it was not rehearsed\.$/),
  ]);
});

it('starts from the schema that a plan tells of, and says where the end is not as predicted', async () => {
  const orders = { name: 'orders', columns: [{ name: 'id', type: 'bigint' }], constraints: [{ type: 'primaryKey' as const, columns: ['id'] }] };
  const before = { tables: [orders, { name: 'invoices', columns: [{ name: 'id', type: 'bigint' }] }] };
  const after = {
    tables: [{ ...orders, columns: [...orders.columns, { name: 'total', type: 'character varying(40)', notNull: true }, { name: 'note', type: 'text' }] }],
  };
  const statement = { id: 's1', sql: 'ALTER TABLE orders ADD total varchar(40), ADD placed_at timestamptz', operations: [] };
  const evidence = await run({ change: { ...only(statement), before, after } }, { history: [] });
  expect(evidence.migrations?.[0]?.statements).toMatchObject([{ locks: [{ relation: 'orders', mode: 'ACCESS EXCLUSIVE' }] }]);
  expect(evidence.comparisons?.find(({ kind }) => kind === 'prediction')).toEqual({
    kind: 'prediction',
    what: 'the objects that the change touches, as predicted against as they are after it',
    equal: false,
    strict: false,
    differences: [
      'table `invoices` is there; it was predicted to be gone.',
      'column `orders.total`: NOT NULL was predicted, it takes NULL.',
      'column `orders.note` was predicted and is not there.',
      'column `orders.placed_at` is there and was not predicted.',
    ],
  });
});

it('says which part of the schema before could not be made', async () => {
  const before = {
    tables: [
      {
        name: 'orders',
        columns: [{ name: 'placed_by', type: 'bigint' }],
        constraints: [{ type: 'foreignKey' as const, columns: ['placed_by'], references: { table: 'customers', columns: ['id'] } }],
      },
    ],
  };
  const evidence = await run({ change: { ...only({ id: 's1', sql: 'ALTER TABLE orders ADD total integer', operations: [] }), before } }, { history: [] });
  expect(evidence.migrations?.[0]?.statements[0]?.error).toBeUndefined();
  expect(evidence.notes?.[0]).toMatch(/^The schema before the change was made without one part, 42P01: relation "customers" does not exist: `ALTER TABLE/);
});
