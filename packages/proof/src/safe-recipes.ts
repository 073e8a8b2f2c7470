/** A change for which a safe way is known, with the schema that it meets. */
export interface Recipe {
  readonly name: string;
  readonly before: string;
  readonly change: string;
  readonly version?: string;
  /** The statement itself stays: what the sequence adds is the gate before it. */
  readonly gateOnly?: boolean;
  /** Makes rows fit the change. */
  readonly clean?: string;
  /** Why statements stay as written all the same. */
  readonly kept?: readonly string[];
  /** Migrations that have no way back. */
  readonly withoutDown?: readonly string[];
  /** How the end differs, where PostgreSQL leaves something of its own. */
  readonly differences?: readonly string[];
}

const customers = 'CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL);';
const orders = `${customers}
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  placed_by bigint NOT NULL REFERENCES customers (id),
  total_cents integer NOT NULL DEFAULT 0,
  status text DEFAULT 'open',
  note text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ix_orders_placed_by ON orders (placed_by) WHERE placed_by > 0;`;

const events = `CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM ('1990-01-01') TO ('2020-01-01');
CREATE TABLE events_new PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2100-01-01') PARTITION BY HASH (id);
CREATE TABLE events_even PARTITION OF events_new FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE events_odd PARTITION OF events_new FOR VALUES WITH (MODULUS 2, REMAINDER 1);`;

export const recipes: readonly Recipe[] = [
  { name: 'a column rename', before: orders, change: 'ALTER TABLE orders RENAME COLUMN placed_by TO customer_id;' },
  {
    name: 'a column rename under views',
    before: `${orders}
CREATE VIEW order_list WITH (security_barrier = true) AS SELECT * FROM orders;
CREATE VIEW buyers (buyer, email, open_orders) AS
  SELECT o.placed_by, c.email, count(*) FROM orders o JOIN customers c ON c.id = o.placed_by WHERE o.status = 'open' GROUP BY o.placed_by, c.email;
CREATE VIEW busy_buyers AS SELECT buyer FROM buyers WHERE open_orders > 9;
COMMENT ON VIEW buyers IS 'who buys';`,
    change: 'ALTER TABLE orders RENAME COLUMN placed_by TO customer_id;',
  },
  {
    name: 'a rename of keys that others reference',
    before: `${orders.replace('id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  placed_by', 'id serial PRIMARY KEY,\n  placed_by')}
CREATE TABLE order_lines (order_id int REFERENCES orders (id) ON DELETE CASCADE, number int, PRIMARY KEY (order_id, number));
CREATE VIEW emails AS SELECT id, email FROM customers;`,
    change: `ALTER TABLE customers RENAME COLUMN id TO customer_id;
ALTER TABLE orders RENAME COLUMN id TO order_id;
ALTER TABLE order_lines RENAME COLUMN number TO line_number;`,
  },
  { name: 'a type change', before: orders, change: 'ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;' },
  {
    name: 'a wider primary key',
    before: 'CREATE TABLE visits (id serial PRIMARY KEY, at timestamptz NOT NULL);',
    change: 'ALTER TABLE visits ALTER COLUMN id TYPE bigint;',
  },
  {
    name: 'a wider identity that other tables reference',
    before: `CREATE TABLE categories (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent_id int REFERENCES categories (id), name text);
CREATE TABLE articles (id bigint PRIMARY KEY, category_id int NOT NULL REFERENCES categories ON DELETE CASCADE);`,
    change: 'ALTER TABLE categories ALTER COLUMN id TYPE bigint;',
  },
  {
    name: 'a wider key with the columns that reference it',
    before: `CREATE TABLE categories (id serial PRIMARY KEY, parent_id int REFERENCES categories (id), name text);
CREATE TABLE articles (id bigint PRIMARY KEY, category_id int NOT NULL REFERENCES categories ON DELETE CASCADE);
CREATE INDEX articles_category_id_idx ON articles (category_id);`,
    change: `ALTER TABLE articles ALTER COLUMN category_id TYPE bigint;
ALTER TABLE categories ALTER COLUMN id TYPE bigint;
ALTER TABLE categories ALTER COLUMN parent_id TYPE bigint;`,
  },
  {
    name: 'a wider part of a primary key',
    before: 'CREATE TABLE lines (order_id bigint, number smallint, quantity int, PRIMARY KEY (order_id, number));',
    change: 'ALTER TABLE lines ALTER COLUMN number TYPE integer;',
  },
  {
    name: 'a type change under views that step aside',
    before: `${orders}
CREATE VIEW order_list AS SELECT * FROM orders;
CREATE VIEW totals WITH (security_barrier = true) AS SELECT placed_by, sum(total_cents) AS total FROM orders GROUP BY placed_by;
CREATE VIEW large_totals AS SELECT * FROM totals WHERE total > 9;
COMMENT ON VIEW totals IS 'by buyer';`,
    change: `DROP VIEW large_totals, totals;
DROP VIEW order_list;
ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;
CREATE VIEW order_list AS SELECT * FROM orders;
CREATE VIEW totals WITH (security_barrier = true) AS SELECT placed_by, sum(total_cents) AS total FROM orders GROUP BY placed_by;
COMMENT ON VIEW totals IS 'by buyer';
GRANT SELECT ON totals TO pg_monitor;
CREATE VIEW large_totals AS SELECT * FROM totals WHERE total > 9;`,
  },
  { name: 'a conversion', before: orders, change: 'ALTER TABLE orders ALTER COLUMN note TYPE jsonb USING to_jsonb(note);' },
  {
    name: 'a type change, a rename, NOT NULL, an index and a drop on one table',
    before: orders,
    change: `ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;
ALTER TABLE orders RENAME COLUMN placed_by TO customer_id;
ALTER TABLE orders ALTER COLUMN status SET NOT NULL;
CREATE INDEX ix_orders_total ON orders (total_cents, customer_id);
ALTER TABLE orders DROP COLUMN note;`,
  },
  { name: 'NOT NULL', before: orders, change: 'ALTER TABLE orders ALTER COLUMN status SET NOT NULL;' },
  { name: 'CHECK', before: orders, change: 'ALTER TABLE orders ADD CHECK (total_cents >= 0);' },
  {
    name: 'FOREIGN KEY',
    before: `${orders} ALTER TABLE orders ADD COLUMN gift_for bigint;`,
    change: 'ALTER TABLE orders ADD FOREIGN KEY (gift_for) REFERENCES customers (id);',
  },
  { name: 'UNIQUE', before: orders, change: 'ALTER TABLE customers ADD UNIQUE (email);' },
  { name: 'PRIMARY KEY', before: 'CREATE TABLE visits (number bigint, at timestamptz);', change: 'ALTER TABLE visits ADD PRIMARY KEY (number);' },
  { name: 'an index', before: orders, change: 'CREATE INDEX ON orders (created_at DESC, lower(note));' },
  {
    name: 'an index for another',
    before: orders,
    change: 'DROP INDEX ix_orders_placed_by; CREATE INDEX ix_orders_placed_by_total ON orders (placed_by, total_cents);',
  },
  { name: 'a volatile default', before: orders, change: 'ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();' },
  { name: 'a serial column', before: orders, change: 'ALTER TABLE orders ADD COLUMN number serial;' },
  {
    name: 'an identity column',
    before: orders.replaceAll('GENERATED ALWAYS AS IDENTITY ', ''),
    change: 'ALTER TABLE orders ADD COLUMN number bigint GENERATED BY DEFAULT AS IDENTITY;',
  },
  {
    name: 'a new column with a foreign key, a check and a unique key',
    before: orders,
    change: 'ALTER TABLE orders ADD COLUMN gift_for bigint REFERENCES customers (id) CHECK (gift_for > 0) UNIQUE;',
  },
  { name: 'a column drop', before: orders, change: 'ALTER TABLE orders DROP COLUMN placed_by;' },
  { name: 'a table drop', before: orders, change: 'DROP TABLE orders;' },
  { name: 'a table rename', before: orders, change: 'ALTER TABLE orders RENAME TO purchases;' },
  {
    name: 'a label and its use',
    before: "CREATE TYPE order_status AS ENUM ('open', 'paid'); CREATE TABLE orders (id bigint PRIMARY KEY, status order_status NOT NULL DEFAULT 'open');",
    change: "ALTER TYPE order_status ADD VALUE 'refunded'; ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'refunded';",
  },
  {
    name: 'a label less',
    clean: "UPDATE orders SET status = 'open' WHERE status = 'lost'",
    before:
      "CREATE TYPE order_status AS ENUM ('open', 'paid', 'lost'); CREATE TABLE orders (id bigint PRIMARY KEY, status order_status NOT NULL DEFAULT 'open');",
    change: `ALTER TYPE order_status RENAME TO order_status_old;
CREATE TYPE order_status AS ENUM ('open', 'paid');
ALTER TABLE orders ALTER COLUMN status DROP DEFAULT;
ALTER TABLE orders ALTER COLUMN status TYPE order_status USING status::text::order_status;
ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'open';
DROP TYPE order_status_old;`,
  },
  {
    name: 'another name for a label',
    gateOnly: true,
    before: "CREATE TYPE order_status AS ENUM ('open', 'payed'); CREATE TABLE orders (id bigint PRIMARY KEY, status order_status NOT NULL DEFAULT 'open');",
    change: "ALTER TYPE order_status RENAME VALUE 'payed' TO 'paid';",
  },
  {
    name: 'an index of partitions',
    before: events,
    change: 'CREATE INDEX events_at_idx ON events (at DESC);',
  },
  { name: 'a unique index of partitions', before: events, change: 'CREATE UNIQUE INDEX ON events (id, at);' },
  { name: 'a unique key of partitions', before: events, change: 'ALTER TABLE events ADD UNIQUE (at, id);' },
  { name: 'a primary key of partitions', before: events, change: 'ALTER TABLE events ADD PRIMARY KEY (id, at);' },
  {
    name: 'a primary key of partitions over columns that take NULL',
    before: events.replaceAll(' NOT NULL', ''),
    change: 'ALTER TABLE events ADD CONSTRAINT pk_events PRIMARY KEY (id, at);',
  },
  {
    name: 'a partition attached',
    before: `CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_old (id bigint NOT NULL, at date NOT NULL);`,
    change: "ALTER TABLE events ATTACH PARTITION events_old FOR VALUES FROM ('1990-01-01') TO ('2100-01-01');",
  },
  {
    name: 'a partition beside a default one',
    before: `CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_rest PARTITION OF events DEFAULT;`,
    change: "CREATE TABLE events_2190 PARTITION OF events FOR VALUES FROM ('2190-01-01') TO ('2191-01-01');",
  },
  {
    name: 'a partition detached',
    before: `CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM ('1990-01-01') TO ('2100-01-01');`,
    change: 'ALTER TABLE events DETACH PARTITION events_old;',
  },
  {
    name: 'row security',
    before: orders,
    change: 'ALTER TABLE orders ENABLE ROW LEVEL SECURITY;',
  },
  {
    name: 'a column split',
    before: 'CREATE TABLE people (id bigint PRIMARY KEY, full_name text NOT NULL);',
    change: `ALTER TABLE people ADD COLUMN first_name text, ADD COLUMN last_name text;
UPDATE people SET first_name = split_part(full_name, ' ', 1), last_name = split_part(full_name, ' ', 2);
ALTER TABLE people DROP COLUMN full_name;`,
  },
  {
    name: 'a column merge',
    before: 'CREATE TABLE people (id uuid PRIMARY KEY, first_name text NOT NULL, last_name text);',
    change: `ALTER TABLE people ADD COLUMN full_name text;
UPDATE people SET full_name = concat_ws(' ', first_name, last_name);
ALTER TABLE people ALTER COLUMN full_name SET NOT NULL;
ALTER TABLE people DROP COLUMN first_name, DROP COLUMN last_name;`,
  },
];
