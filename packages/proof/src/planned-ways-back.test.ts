// What a plan says is the way back is the whole way back: PostgreSQL is left as it was, and nothing has to be completed from the catalogues.
import { createPlan, type Rehearsable } from '@planwright/plan';
import { createPglite, emptyDatabase, type OpenEngine, rehearse } from '@planwright/rehearsal';
import type { Evidence } from '@planwright/spec';
import { expect, it } from 'vitest';

const before = `
  CREATE TYPE order_status AS ENUM ('open', 'paid');
  CREATE TABLE orders (
    id bigint PRIMARY KEY,
    status order_status NOT NULL DEFAULT 'open',
    earlier order_status[] NOT NULL DEFAULT '{}',
    note text
  );
  CREATE INDEX orders_open ON orders (status) WHERE status = 'open';
  CREATE VIEW open_orders AS SELECT id FROM orders WHERE status = 'open';
  CREATE TABLE invoices (id bigint PRIMARY KEY, total integer);
  CREATE VIEW all_invoices AS SELECT i.*, o.note FROM invoices i JOIN orders o ON o.id = i.id;
  ALTER TABLE invoices ADD note text;
  CREATE TYPE parcel_status AS ENUM ('packed', 'lost');
  CREATE TYPE parcel_size AS ENUM ('small', 'large');
  CREATE TABLE parcels (id bigint PRIMARY KEY, status parcel_status NOT NULL DEFAULT 'packed', size parcel_size);
  CREATE TABLE staff (id bigint PRIMARY KEY, name varchar(40), wage numeric NOT NULL, note text, CONSTRAINT paid CHECK (wage > 0));
  CREATE TABLE night_staff (bonus numeric) INHERITS (staff);
  CREATE TABLE watch (post text) INHERITS (night_staff);
  CREATE TABLE widgets (id bigint PRIMARY KEY, base_url text NOT NULL, endpoint text NOT NULL);
  CREATE SCHEMA billing;
  CREATE TABLE billing.bills (id bigint PRIMARY KEY, total integer NOT NULL, note text);
  CREATE FUNCTION net(gross numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT gross / 1.19';
`;

async function rehearsed(change: string, rows?: number, ...further: readonly string[]): Promise<Evidence> {
  const changes = [change, ...further].map((text, place) => ({ path: `migrations/000${place + 2}_change.sql`, text }));
  const files = [{ path: 'migrations/0001_before.sql', text: before }, ...changes];
  const open: OpenEngine = async ({ from }) => createPglite({ from: from ?? (await emptyDatabase()) });
  let evidence: Evidence | undefined;
  const tried = async (rehearsal: Rehearsable): Promise<Evidence> => {
    evidence = await rehearse({ ...rehearsal, ...(rows !== undefined && { rows }) }, open);
    return evidence;
  };
  const migrations = changes.map((_, place) => `000${place + 2}_change`);
  await createPlan({ files, migrations, rehearse: tried, templates: [], now: '2026-11-20T10:30:00Z' });
  if (!evidence) throw new Error('Nothing was rehearsed.');
  return evidence;
}

// A label is taken away by a type that takes the name of the old one.
const replacedType = `CREATE TYPE parcel_status_new AS ENUM ('packed');
  ALTER TABLE parcels ALTER status DROP DEFAULT, ALTER status TYPE parcel_status_new USING (status::text::parcel_status_new);
  ALTER TYPE parcel_status RENAME TO parcel_status_old;
  ALTER TYPE parcel_status_new RENAME TO parcel_status;
  DROP TYPE parcel_status_old;`;
const replacedTypes = `${replacedType}
  CREATE TYPE parcel_size_new AS ENUM ('small', 'large', 'huge');
  ALTER TABLE parcels ALTER size TYPE parcel_size_new USING (size::text::parcel_size_new);
  ALTER TYPE parcel_size RENAME TO parcel_size_old;
  ALTER TYPE parcel_size_new RENAME TO parcel_size;
  DROP TYPE parcel_size_old;`;
const typeOfTheSameName = `ALTER TYPE parcel_status RENAME TO parcel_status_old;
  CREATE TYPE parcel_status AS ENUM ('lost', 'packed');
  ALTER TABLE parcels ALTER status DROP DEFAULT, ALTER status TYPE parcel_status USING (status::text::parcel_status), ALTER status SET DEFAULT 'packed';
  DROP TYPE parcel_status_old;`;

it.each([
  "ALTER TYPE order_status ADD VALUE 'returned'",
  "ALTER TYPE order_status ADD VALUE 'draft' BEFORE 'open'",
  replacedType,
  replacedTypes,
  typeOfTheSameName,
  'DROP VIEW all_invoices',
  // Steps name the schema, what stays as written has its search path.
  'SET search_path TO billing; ALTER TABLE bills ADD paid boolean; ALTER TABLE bills ALTER note SET NOT NULL; ALTER TABLE bills ALTER total TYPE bigint; CREATE INDEX ON bills (note)',
  // Heirs follow their parents.
  "ALTER TABLE staff ADD lang text NOT NULL DEFAULT 'en', ADD CONSTRAINT known CHECK (name <> '')",
  'ALTER TABLE staff ALTER name SET NOT NULL, ALTER name TYPE text, ALTER wage DROP NOT NULL',
  'ALTER TABLE night_staff ADD post text; ALTER TABLE staff RENAME note TO remark',
  'ALTER TABLE staff DROP CONSTRAINT paid; ALTER TABLE staff ALTER note SET DEFAULT 7',
])(
  'of %s',
  async (change) => {
    const { migrations = [], comparisons = [], notes = [] } = await rehearsed(change);
    expect(migrations.flatMap(({ statements }) => statements.flatMap(({ error }) => error ?? []))).toEqual([]);
    expect(notes.filter((note) => note.startsWith('The way back'))).toEqual([]);
    expect(comparisons.filter(({ kind }) => kind === 'down' || kind === 'up again')).not.toHaveLength(0);
    expect(comparisons.filter(({ equal }) => !equal)).toEqual([]);
  },
  120_000,
);

it('of what comes before the values are lost, tried on empty tables where those values would be missed', async () => {
  const merged = `ALTER TABLE widgets ADD url text;
    UPDATE widgets SET url = base_url || endpoint;
    ALTER TABLE widgets DROP COLUMN base_url, DROP COLUMN endpoint;`;
  const { migrations = [], comparisons = [], notes = [] } = await rehearsed(merged, 50);
  const downs = comparisons.filter(({ kind }) => kind === 'down');
  expect(downs.length).toBeGreaterThan(1);
  expect(comparisons.filter(({ equal }) => !equal)).toEqual([]);
  // The column comes back without its values, so that NOT NULL cannot: that is the loss which was announced, and no failure of the step before it.
  expect(notes.filter((note) => note.includes('empty tables'))).toHaveLength(1);
  expect(migrations.flatMap(({ statements }) => statements.flatMap(({ error }) => error ?? [])).filter((error) => !error.startsWith('not run'))).toEqual([]);
}, 60_000);

it('of rows of a query that fill tables which an earlier migration of the plan has made: they are emptied, what refers to others first', async () => {
  const made = `CREATE TABLE accounts (id bigint PRIMARY KEY, note text);
    CREATE TABLE bills (id bigint PRIMARY KEY, account bigint NOT NULL REFERENCES accounts (id));`;
  const filled = `INSERT INTO accounts SELECT id, note FROM invoices WHERE id <= 20;
    INSERT INTO bills SELECT id, id FROM invoices WHERE id <= 20;
    INSERT INTO accounts SELECT id, note FROM invoices WHERE id > 20;`;
  const { migrations = [], comparisons = [], notes = [] } = await rehearsed(made, 50, filled);
  expect(migrations.flatMap(({ statements }) => statements.flatMap(({ error }) => error ?? []))).toEqual([]);
  expect(notes.filter((note) => note.startsWith('The way back'))).toEqual([]);
  const back = comparisons.filter(({ kind }) => kind === 'down' || kind === 'up again');
  expect(back).not.toHaveLength(0);
  expect(back.filter(({ equal }) => !equal)).toEqual([]);
}, 120_000);
