import { describe, expect, it } from 'vitest';
import { clock, contextOf, shopChange } from './fixtures/shop.js';
import { createPlan, planFromContext } from './index.js';

const files = [
  { path: 'migrations/0001_orders.sql', text: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);' },
  { path: 'migrations/0002_gift_note.sql', text: 'ALTER TABLE orders ADD COLUMN gift_note text;' },
  { path: 'migrations/0003_drop_note.sql', text: 'ALTER TABLE orders DROP COLUMN note;' },
];
const template = {
  format: 1 as const,
  manifest: { name: 'tiny', title: 'Tiny', file: 'tiny.md' },
  version: '1.0.0',
  requires: [],
  defaults: {},
  // The renderer hands every section its view: here only the title is read.
  outputs: [{ name: 'document', file: 'tiny.md', body: (it: unknown) => `# ${String((it as { title: string }).title)}\n` }],
  sections: {},
};

describe('creating a plan from files', () => {
  it('plans the newest migration, with the schema that the earlier ones make', async () => {
    const plan = await createPlan({ files, templates: [template], now: clock });
    expect(plan.context?.change).toMatchObject({ migrations: [{ id: '0003_drop_note', file: 'migrations/0003_drop_note.sql' }], earlier: 2 });
    expect(plan.context?.change.before?.tables[0]?.columns.map(({ name }) => name)).toEqual(['id', 'note', 'gift_note']);
    expect(plan.context?.classification?.changeType).toBe('breaking');
    expect(plan.context?.tables?.modified?.[0]?.columns).toMatchObject([{ change: 'DROP', column: 'note', from: 'text' }]);
    expect(plan.context && plan.documents.map(({ template: name, path, text }) => [name, path, text])).toEqual([['tiny', 'tiny.md', '# Drop note\n']]);
  });

  it('plans those that are named, by the whole id or its end, in the order of the history', async () => {
    const plan = await createPlan({ files, migrations: ['drop_note', '0002_gift_note'], templates: [], now: clock });
    expect(plan.context?.sequence?.migrations.map(({ id, name }) => [id, name])).toEqual([
      ['001', 'gift_note'],
      ['002', 'drop_note'],
    ]);
  });

  it('plans those whose files have changed', async () => {
    const plan = await createPlan({ files, changed: ['migrations/0002_gift_note.sql', 'README.md'], templates: [], now: clock });
    expect(plan.context?.change.migrations.map(({ id }) => id)).toEqual(['0002_gift_note']);
  });

  it('names the nearest migration for one that is not there', async () => {
    const plan = await createPlan({ files, migrations: ['0002_gift_notes'], templates: [], now: clock });
    expect(plan.context).toBeUndefined();
    expect(plan.issues.filter(({ severity }) => severity !== 'warning')).toMatchObject([
      { code: 'unknown-migration', message: "No migration is called '0002_gift_notes': did you mean '0002_gift_note'?" },
    ]);
  });

  it('says what it looked for where there are no migrations', async () => {
    const plan = await createPlan({ files: [{ path: 'README.md', text: '' }], templates: [], now: clock });
    expect(plan.issues.map(({ code }) => code)).toEqual(['no-migrations']);
  });

  it('lays answers over what is derived', async () => {
    const answers = {
      title: 'Notes go',
      sequence: { migrations: [{ id: '001', purpose: 'Nobody reads notes.' }] },
      monitoring: [{ id: 'query-performance', baseline: 45 }],
      classification: { zeroDowntime: true },
      environments: [],
    };
    const plan = await createPlan({ files, templates: [template], answers, now: clock });
    expect(plan.context?.title).toBe('Notes go');
    expect(plan.context?.sequence?.migrations[0]).toMatchObject({ name: 'drop_note', purpose: 'Nobody reads notes.' });
    expect(plan.context?.monitoring?.[0]).toMatchObject({ name: 'Query Performance', baseline: 45, alert: { value: 25 } });
    expect(plan.context?.origins).toMatchObject({
      '/title': 'given',
      '/target': 'derived',
      '/change': 'derived',
      '/monitoring': 'given',
      '/monitoring/0/alert': 'derived',
      '/classification': 'given',
      '/classification/risk': 'derived',
    });
  });

  it('fills rows in batches as the project is used to', async () => {
    const files = [
      { path: 'migrations/0001_create_orders.sql', text: 'CREATE TABLE orders (id bigint PRIMARY KEY, placed_by bigint);' },
      { path: 'migrations/0002_rename.sql', text: 'ALTER TABLE orders RENAME COLUMN placed_by TO customer_id;' },
    ];
    const plan = await createPlan({ files, templates: [], answers: { project: { conventions: { batchSize: 500, pause: 0.1 } } }, now: clock });
    const sql = plan.context?.sequence?.migrations.flatMap(({ statements }) => statements.map((statement) => statement.sql));
    expect(sql).toContain('CALL backfill_orders_rows(500, 0.1)');
  });

  it('takes sizes of tables and a rehearsal as arguments', async () => {
    const plan = await createPlan({
      files,
      migrations: ['0002_gift_note'],
      stats: [{ table: 'orders', rows: 12 }],
      rehearse: async () => ({ engine: { name: 'PGlite', version: '18.6' } }),
      templates: [],
      now: clock,
    });
    expect(plan.context?.tables?.facts).toEqual([{ table: 'orders', rows: 12 }]);
    expect(plan.context?.evidence?.engine.name).toBe('PGlite');
    expect(plan.context?.origins?.['/evidence']).toBe('observed');
  });

  it('carries what its files are accused of', async () => {
    const plan = await createPlan({
      files: [...files, { path: 'migrations/0004_typo.sql', text: 'ALTER TABEL orders ADD x int;' }],
      templates: [],
      now: clock,
    });
    expect(plan.issues).toContainEqual(expect.objectContaining({ file: 'migrations/0004_typo.sql', line: 1 }));
  });
});

describe('planning from a context', () => {
  it('writes the SQL of operations that have none', async () => {
    const plan = await planFromContext(shopChange(), { templates: [template], now: clock });
    const migrations = plan.context.sequence?.migrations ?? [];
    const unwritten = migrations.flatMap(({ statements }, place) =>
      statements.flatMap(({ sql, operations }, index) =>
        sql === undefined ? operations.map(({ type }) => ({ type, pointer: `/sequence/migrations/${place}/statements/${index}` })) : [],
      ),
    );
    // The rows of an INSERT are not in its operation.
    expect(unwritten.map(({ type }) => type)).toEqual(['insertRows']);
    expect(plan.issues.map(({ code, pointer }) => [code, pointer])).toEqual(unwritten.map(({ pointer }) => ['operation-not-writable', pointer]));
  });

  it('plans the safe way of operations alone', async () => {
    const plan = await planFromContext(shopChange(), { templates: [template], now: clock });
    const texts = plan.context.sequence?.migrations.flatMap(({ statements }) => statements.map(({ sql = '' }) => sql)) ?? [];
    expect(texts.some((sql) => sql.startsWith('ALTER TABLE orders RENAME COLUMN placed_by'))).toBe(false);
    expect(texts.some((sql) => sql.includes('ADD COLUMN customer_id bigint'))).toBe(true);
    expect(plan.context.change.migrations[0]?.replacedBy).toBe(true);
  });

  it('renders each template, and asks each question once', async () => {
    const plan = await planFromContext(contextOf({ a: [[{ type: 'dropTable', table: 'customers' }]] }), {
      templates: [template, { ...template, manifest: { ...template.manifest, name: 'other' } }],
      now: clock,
    });
    expect(plan.documents.map(({ template: name }) => name)).toEqual(['tiny', 'other']);
    expect(plan.questions.map(({ id }) => id)).toEqual(['Q-archive-customers']);
    expect(JSON.parse(plan.companions[0]?.text ?? '{}')).toMatchObject({ template: 'tiny' });
  });

  it('reports a tick whose place is gone', async () => {
    const plan = await planFromContext(shopChange(), { templates: [template], state: { tiny: { ticks: { 'overview.strategy': true } } }, now: clock });
    expect(plan.issues.map(({ code }) => code)).toContain('tick-lost');
  });
});

it('asks for the sizes of tables that production has, not of those that the change makes for its own use', async () => {
  const copy =
    'CREATE TEMP TABLE chosen ON COMMIT DROP AS SELECT id FROM orders; INSERT INTO orders (id) SELECT orders.id + 1 FROM chosen JOIN orders ON orders.id = chosen.id;';
  const { context } = await createPlan({ files: [...files, { path: 'migrations/0004_copy.sql', text: copy }], templates: [template], now: clock });
  expect(context?.questions?.find(({ id }) => id === 'Q-rows-inserted-001')?.question).toContain('the size of orders, which the query reads');
});
