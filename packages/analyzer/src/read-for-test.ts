import type { Operation, Snapshot, Table } from '@planwright/spec';
import { loadPostgresql, type PostgresqlDialect } from '@planwright/sql/postgresql';
import { Draft } from './draft/draft.js';
import { type ReadStatement, readScript } from './read-script.js';

let loaded: Promise<PostgresqlDialect> | undefined;

/** PostgreSQL's dialect, loaded once for a test file. */
export function dialectForTest(): Promise<PostgresqlDialect> {
  loaded ??= loadPostgresql();
  return loaded;
}

/** What a script does to an empty schema, or to the one that `before` makes. */
export async function readForTest(
  sql: string,
  before = '',
): Promise<{
  readonly statements: readonly ReadStatement[];
  readonly operations: readonly Operation[];
  readonly snapshot: Snapshot;
  readonly codes: readonly string[];
}> {
  const dialect = await dialectForTest();
  const draft = new Draft();
  readScript(dialect, { path: 'before.sql', text: before }, draft);
  const { statements, issues } = readScript(dialect, { path: 'change.sql', text: sql }, draft);
  return { statements, operations: statements.flatMap(({ operations }) => operations), snapshot: draft.finish(), codes: issues.map(({ code }) => code) };
}

/** A table of a snapshot that must be there. */
export function tableIn(snapshot: Snapshot, name: string): Table {
  const table = snapshot.tables.find((candidate) => candidate.name === name);
  if (!table) throw new Error(`The snapshot has no table ${name}.`);
  return table;
}

/** The shop before its change. */
export const shop = `
CREATE TABLE customers (
  id bigserial PRIMARY KEY,
  email varchar(120) NOT NULL UNIQUE,
  nickname text
);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  placed_by bigint NOT NULL REFERENCES customers,
  total_cents integer NOT NULL DEFAULT 0,
  legacy_ref varchar(40),
  status text NOT NULL DEFAULT 'open',
  CHECK (total_cents >= 0)
);
CREATE INDEX ix_orders_legacy ON orders (legacy_ref) WHERE legacy_ref IS NOT NULL;
CREATE TABLE order_items (
  order_id bigint NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  sku text NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, sku)
);
`;

/** The change of the shop, as its author wrote it. */
export const shopChange = `
-- Several currencies.
CREATE TABLE currencies (code char(3) PRIMARY KEY, name text NOT NULL);
CREATE TABLE order_refunds (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  order_id bigint NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  amount_cents bigint NOT NULL CHECK (amount_cents > 0)
);
ALTER TABLE orders ADD COLUMN currency_code char(3) NOT NULL DEFAULT 'EUR' REFERENCES currencies (code);
ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;
ALTER TABLE orders RENAME COLUMN placed_by TO customer_id;
ALTER TABLE orders DROP COLUMN legacy_ref;
CREATE INDEX ix_orders_customer_id ON orders (customer_id);
`;
