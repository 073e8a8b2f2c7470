// What a plan says is the way back is the whole way back: PostgreSQL is left as it was, and nothing has to be completed from the catalogues.
import { createPlan, type Rehearsable } from '@planwright/plan';
import { createPglite, type OpenEngine, rehearse } from '@planwright/rehearsal';
import type { Evidence } from '@planwright/spec';
import { beforeAll, expect, it } from 'vitest';

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
  CREATE TABLE parcels (id bigint PRIMARY KEY, status parcel_status NOT NULL DEFAULT 'packed');
  CREATE FUNCTION net(gross numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT gross / 1.19';
`;

let template: Blob;
beforeAll(async () => {
  const engine = await createPglite();
  template = await engine.template();
  await engine.close();
}, 60_000);

async function rehearsed(change: string): Promise<Evidence> {
  const files = [
    { path: 'migrations/0001_before.sql', text: before },
    { path: 'migrations/0002_change.sql', text: change },
  ];
  const open: OpenEngine = ({ from }) => createPglite({ template: from ? new Blob([from]) : template });
  let evidence: Evidence | undefined;
  const tried = async (rehearsal: Rehearsable): Promise<Evidence> => {
    evidence = await rehearse(rehearsal, open);
    return evidence;
  };
  await createPlan({ files, migrations: ['0002_change'], rehearse: tried, templates: [], now: '2026-11-20T10:30:00Z' });
  if (!evidence) throw new Error('Nothing was rehearsed.');
  return evidence;
}

// A label is taken away by a type that takes the name of the old one.
const replacedType = `CREATE TYPE parcel_status_new AS ENUM ('packed');
  ALTER TABLE parcels ALTER status DROP DEFAULT, ALTER status TYPE parcel_status_new USING (status::text::parcel_status_new);
  ALTER TYPE parcel_status RENAME TO parcel_status_old;
  ALTER TYPE parcel_status_new RENAME TO parcel_status;
  DROP TYPE parcel_status_old;`;
const typeOfTheSameName = `ALTER TYPE parcel_status RENAME TO parcel_status_old;
  CREATE TYPE parcel_status AS ENUM ('lost', 'packed');
  ALTER TABLE parcels ALTER status DROP DEFAULT, ALTER status TYPE parcel_status USING (status::text::parcel_status), ALTER status SET DEFAULT 'packed';
  DROP TYPE parcel_status_old;`;

it.each([
  "ALTER TYPE order_status ADD VALUE 'returned'",
  "ALTER TYPE order_status ADD VALUE 'draft' BEFORE 'open'",
  replacedType,
  typeOfTheSameName,
  'DROP VIEW all_invoices',
])(
  'of %s',
  async (change) => {
    const { migrations = [], comparisons = [], notes = [] } = await rehearsed(change);
    expect(migrations.flatMap(({ statements }) => statements.flatMap(({ error }) => error ?? []))).toEqual([]);
    expect(notes.filter((note) => note.startsWith('The way back'))).toEqual([]);
    expect(comparisons.filter(({ kind }) => kind === 'down' || kind === 'up again')).not.toHaveLength(0);
    expect(comparisons.filter(({ equal }) => !equal)).toEqual([]);
  },
  60_000,
);
