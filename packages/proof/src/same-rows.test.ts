// What a sequence does to rows is what the change does, however its statements were moved: PostgreSQL runs both from the same rows, and what they leave is compared.
import { createPlan, type Rehearsable } from '@planwright/plan';
import { createPglite, emptyDatabase, type OpenEngine, rehearse } from '@planwright/rehearsal';
import type { Context, Evidence } from '@planwright/spec';
import { describe, expect, it } from 'vitest';

const before = `
  CREATE TYPE state AS ENUM ('open', 'done');
  CREATE TABLE owners (id bigint PRIMARY KEY, slug text NOT NULL UNIQUE, region text);
  CREATE TABLE projects (id bigint PRIMARY KEY, owner_id bigint NOT NULL REFERENCES owners (id), note text, meta json);
  CREATE TABLE items (id uuid PRIMARY KEY, project_id bigint NOT NULL REFERENCES projects (id), kind text, total integer);
  CREATE TABLE runs (id bigint PRIMARY KEY, item_id uuid NOT NULL REFERENCES items (id), progress integer, upto text, changed boolean, batch_size integer, state state NOT NULL DEFAULT 'open');
`;

async function rehearsed(change: string): Promise<{ readonly evidence: Evidence; readonly sequence: NonNullable<Context['sequence']> }> {
  const files = [
    { path: 'migrations/0001_before.sql', text: before },
    { path: 'migrations/0002_change.sql', text: change },
  ];
  const open: OpenEngine = async ({ from }) => createPglite({ from: from ?? (await emptyDatabase()) });
  const tried = ({ context, ...rehearsal }: Rehearsable): Promise<Evidence> => rehearse({ ...rehearsal, context, rows: 40 }, open);
  const { context } = await createPlan({ files, migrations: ['0002_change'], rehearse: tried, templates: [], now: '2026-11-20T10:30:00Z' });
  if (!context?.evidence || !context.sequence) throw new Error('Nothing was rehearsed.');
  return { evidence: context.evidence, sequence: context.sequence };
}

/** Errors on the way up: what was changed in a value cannot always be taken back. */
const errorsOf = ({ migrations = [] }: Evidence) =>
  migrations.flatMap(({ direction = 'up', statements }) => (direction === 'up' ? statements.flatMap(({ error }) => error ?? []) : []));
const textsOf = ({ migrations }: NonNullable<Context['sequence']>) => migrations.flatMap(({ statements }) => statements.map(({ sql = '' }) => sql));
/** Whether rows of the table are changed in batches. */
const inBatches = (sequence: NonNullable<Context['sequence']>, table: string) => textsOf(sequence).some((sql) => sql.startsWith(`CALL backfill_${table}_rows`));

const fill = 'ALTER TABLE items ADD COLUMN code text; UPDATE items SET code = upper(kind) WHERE total > 3;';
const lookedUp =
  'ALTER TABLE items ADD COLUMN owner_id bigint; UPDATE items AS i SET owner_id = p.owner_id FROM projects AS p WHERE p.id = i.project_id; ALTER TABLE items ALTER COLUMN owner_id SET NOT NULL;';

describe('in batches', () => {
  it.each([
    [
      'of rows that are deleted by what was filled, and that others are made of',
      `${fill} DELETE FROM runs WHERE item_id IN (SELECT id FROM items WHERE code IS NULL);
       INSERT INTO owners (id, slug) SELECT 900000 + count(*), 'codes' FROM items WHERE code IS NOT NULL`,
      ['items'],
    ],
    ['of a table that is emptied afterwards', `${fill} TRUNCATE runs, items`, ['items']],
    [
      'of values that are looked up: in what is filled itself, and in what is changed afterwards',
      `${lookedUp} ALTER TABLE runs ADD COLUMN owner_id bigint, ADD COLUMN slug text;
       UPDATE runs SET owner_id = items.owner_id, slug = o.slug FROM items JOIN owners o ON o.id = items.owner_id WHERE items.id = item_id;
       ALTER TABLE runs ADD CONSTRAINT runs_owner FOREIGN KEY (owner_id) REFERENCES owners (id); DELETE FROM runs WHERE slug IS NULL;
       UPDATE projects SET owner_id = (SELECT min(id) FROM owners) WHERE note IS NOT NULL`,
      ['items', 'runs'],
    ],
    [
      'by another name of the table, of values of another type, of columns with the names of the procedure or without equality',
      `ALTER TABLE items ADD COLUMN ref text, ADD COLUMN body jsonb; UPDATE items i SET ref = i.total, body = json_build_object('kind', i.kind);
       ALTER TABLE runs ADD COLUMN done boolean; UPDATE runs SET done = progress > 5 AND changed WHERE batch_size IS NOT NULL;
       ALTER TABLE projects RENAME COLUMN meta TO payload`,
      ['items', 'runs', 'projects'],
    ],
    [
      'of types that are changed before values of the new ones are given, one of them of the name of its column',
      `ALTER TABLE items ALTER COLUMN total TYPE text; UPDATE items SET total = total || kind WHERE kind IS NOT NULL;
       ALTER TYPE state RENAME TO state_old; CREATE TYPE state AS ENUM ('paused', 'open', 'done');
       ALTER TABLE runs ALTER state DROP DEFAULT, ALTER state TYPE state USING state::text::state, ALTER state SET DEFAULT 'open';
       DROP TYPE state_old; UPDATE runs SET state = 'paused' WHERE progress > 5`,
      ['items', 'runs'],
    ],
    [
      'of values that are looked up in other rows of the table, and replaced for some, while triggers are kept away',
      `ALTER TABLE items ADD COLUMN place bigint; ALTER TABLE items DISABLE TRIGGER USER;
       UPDATE items SET place = (SELECT count(*) FROM items other WHERE other.total < items.total);
       UPDATE items SET place = owners.id FROM projects JOIN owners ON owners.id = projects.owner_id WHERE projects.id = items.project_id AND items.total > 5000;
       ALTER TABLE items ENABLE TRIGGER USER`,
      ['items'],
    ],
  ])('%s', async (_, change, tables) => {
    const { evidence, sequence } = await rehearsed(change);
    expect(tables.filter((table) => !inBatches(sequence, table))).toEqual([]);
    expect(errorsOf(evidence)).toEqual([]);
    expect(evidence.comparisons).toContainEqual(expect.objectContaining({ kind: 'same end', equal: true }));
    expect(evidence.comparisons).toContainEqual({ kind: 'same rows', what: 'the rows after the change as written against after the sequence', equal: true });
  });
});

it('not in batches where they would read what they write of other rows, or know no value', async () => {
  const { evidence, sequence } = await rehearsed(
    `UPDATE items SET total = (SELECT max(other.total) FROM items other WHERE other.kind = items.kind);
     ALTER TABLE runs ADD COLUMN n bigint; WITH s AS (SELECT id, length(kind) AS n FROM items) UPDATE runs SET n = s.n FROM s WHERE s.id = item_id`,
  );
  expect(['items', 'runs'].filter((table) => inBatches(sequence, table))).toEqual([]);
  expect(errorsOf(evidence)).toEqual([]);
});

it('sees where a sequence leaves other rows than the change', async () => {
  const change: Context['change'] = {
    before: {
      tables: [
        {
          name: 'items',
          columns: [
            { name: 'id', type: 'bigint', notNull: true },
            { name: 'kind', type: 'text' },
          ],
          constraints: [{ type: 'primaryKey', columns: ['id'] }],
        },
      ],
    },
    migrations: [{ id: '002', statements: [{ sql: 'DELETE FROM items WHERE id < 0', operations: [{ type: 'deleteRows', table: 'items', where: 'id < 0' }] }] }],
  };
  const other = (sql: string): Context['sequence'] => ({
    migrations: [{ id: '001', name: 'other', statements: [{ sql, operations: [{ type: 'deleteRows', table: 'items' }] }] }],
  });
  const open: OpenEngine = async ({ from }) => createPglite({ from: from ?? (await emptyDatabase()) });
  const seen = async (sql: string) => {
    const sequence = other(sql);
    const { comparisons = [] } = await rehearse({ context: { target: { database: 'postgresql' }, change, ...(sequence && { sequence }) }, rows: 20 }, open);
    return comparisons.find(({ kind }) => kind === 'same rows');
  };
  expect(await seen('DELETE FROM items')).toMatchObject({
    equal: false,
    differences: ['`items` has 0 rows after the sequence and 20 after the change as written.'],
  });
  expect(await seen("UPDATE items SET kind = 'x'")).toMatchObject({
    equal: false,
    differences: ['Values of `items.kind` are others after the sequence than after the change as written.'],
  });
});
