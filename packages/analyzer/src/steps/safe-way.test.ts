import { describe, expect, it } from 'vitest';
import { safeWayOf } from './safe-way-for-test.js';

const before = `CREATE TABLE orders (id bigint PRIMARY KEY, placed_by bigint NOT NULL, total_cents integer, status text);
CREATE TABLE tags (name text);`;

async function outcome(change: string, options: Parameters<typeof safeWayOf>[2] = {}) {
  const { sequence, migrations } = await safeWayOf(before, change, options);
  const statements = migrations.flatMap((migration) => migration.statements.map(({ statement }) => statement));
  return {
    names: sequence.migrations.map(({ name }) => name),
    gates: (sequence.gates ?? []).map(({ id, before: next }) => `${id} before ${next}`),
    kept: statements.flatMap(({ findings = [] }) => findings.flatMap((finding) => finding.kept ?? [])),
    sequence,
  };
}

describe('a statement stays as written', () => {
  it('where its table is known to be small', async () => {
    const { names, kept } = await outcome('CREATE INDEX ON orders (status)', { stats: [{ table: 'orders', rows: 200 }] });
    expect(names).toEqual(['change']);
    expect(kept[0]).toMatch(/^Stays as written: it is estimated to take at most [\d.]+ s \(200 rows of 50 to 500 bytes of orders read/);
  });

  it('where a maintenance window is allowed', async () => {
    const { names, kept } = await outcome('ALTER TABLE orders RENAME COLUMN placed_by TO customer_id', { zeroDowntime: false });
    expect(names).toEqual(['change']);
    expect(kept).toContain('Stays as written: a maintenance window is allowed.');
  });

  it('where another statement takes the name that it gives up', async () => {
    const { kept, sequence } = await outcome('ALTER TABLE orders DROP COLUMN status; ALTER TABLE orders ADD COLUMN status integer NOT NULL');
    expect(kept.length).toBeGreaterThan(0);
    expect(sequence.migrations.flatMap(({ statements }) => statements.map(({ sql }) => sql)).filter((sql) => sql?.startsWith('ALTER'))).toEqual([
      'ALTER TABLE orders DROP COLUMN status',
      'ALTER TABLE orders ADD COLUMN status integer NOT NULL',
    ]);
  });

  it('where it needs what an earlier statement makes that waits for a release', async () => {
    const change = 'ALTER TABLE orders DROP COLUMN status, ADD COLUMN batch bigint; CREATE INDEX ON orders (batch)';
    const { sequence } = await outcome(change);
    const texts = sequence.migrations.flatMap(({ statements }) => statements.map(({ sql = '' }) => sql));
    expect(texts.findIndex((sql) => sql.includes('ADD COLUMN batch'))).toBeLessThan(texts.findIndex((sql) => /^CREATE INDEX/.test(sql)));
  });

  it('where an earlier statement empties its table, and waits for a release', async () => {
    const change = `ALTER TABLE orders DROP COLUMN status; TRUNCATE tags; ALTER TABLE tags ADD COLUMN id bigint; CREATE UNIQUE INDEX ON tags (id);
      ALTER TABLE orders ADD COLUMN tag bigint REFERENCES tags(id)`;
    const { sequence } = await outcome(change);
    const texts = sequence.migrations.flatMap(({ statements }) => statements.map(({ sql = '' }) => sql)).filter((sql) => sql.includes('tags'));
    // A key that points at a table forbids TRUNCATE.
    expect(texts[0]).toBe('TRUNCATE tags');
    expect(texts).toHaveLength(4);
  });

  const retyped = 'ALTER TABLE orders ALTER total_cents TYPE text; UPDATE orders SET total_cents = total_cents || tags.name FROM tags WHERE tags.name = status';

  it('where rows that stay in one statement are given values of its new type, which a later one needs', async () => {
    const { sequence } = await outcome(`${retyped}; ALTER TABLE orders ADD CHECK (total_cents <> '')`);
    const texts = sequence.migrations.flatMap(({ statements }) => statements.map(({ sql = '' }) => sql));
    expect(texts.findIndex((sql) => sql.includes('TYPE text'))).toBeGreaterThan(-1);
    expect(texts.findIndex((sql) => sql.includes('TYPE text'))).toBeLessThan(texts.findIndex((sql) => sql.startsWith('UPDATE orders SET total_cents')));
  });

  it('where it gives rows values of a new type, and then once the old column is gone', async () => {
    const { sequence, names } = await outcome(`${retyped}; ALTER TABLE orders ADD COLUMN note text`);
    expect(names.slice(-2)).toEqual(['drop_replaced_orders', 'update_orders']);
    expect(sequence.migrations.at(-1)?.phase).toBe('cleanup');
  });

  it('where one pass over the rows would not end as several statements do', async () => {
    const reason = 'Stays as written: it reads or replaces the values that an earlier statement gives, and one pass over the rows would not end as the two do.';
    for (const later of ["status = 'new' WHERE status IS NULL", "status = 'new'", 'placed_by = length(status)']) {
      const { kept } = await outcome(`UPDATE orders SET status = 'old' WHERE id < 100; UPDATE orders SET ${later}`);
      expect(kept, later).toContain(reason);
    }
    const { kept, sequence } = await outcome("UPDATE orders SET status = 'old' WHERE id < 100; UPDATE orders SET status = 'new' WHERE id > 50");
    expect(kept).toEqual([]);
    expect(JSON.stringify(sequence)).toContain("status = CASE WHEN id > 50 THEN 'new' WHEN id < 100 THEN 'old' ELSE status END");
  });

  it('where nothing by which batches could go is known', async () => {
    const { kept } = await outcome("UPDATE tags SET name = 'none'");
    expect(kept).toEqual(['Stays as written: `tags` has no primary key to go by in batches.']);
  });
});

describe('a migration of steps is called what it does', () => {
  const told = async (change: string, given = before) => {
    const { sequence } = await safeWayOf(given, change);
    return sequence.migrations.map(({ name, purpose = '' }) => [name, purpose]);
  };

  it('where a table is renamed behind a view', async () => {
    expect(await told('ALTER TABLE orders RENAME TO purchases')).toEqual([
      ['rename_orders', '`orders` gets its new name, and a view keeps the old one for the release that knows no other.'],
      ['drop_replaced_orders', 'The view that has kept the name `orders` goes.'],
    ]);
  });

  it('where a table moves to another schema, and what points at it there comes behind', async () => {
    const change = `CREATE SCHEMA billing; ALTER TABLE orders SET SCHEMA billing; CREATE TABLE billing.items (id int, order_id bigint);
      ALTER TABLE billing.items ADD CONSTRAINT items_order FOREIGN KEY (order_id) REFERENCES billing.orders (id);`;
    expect(await told(change)).toEqual([
      ['change', ''],
      ['move_orders', '`orders` moves, and a view stands in its place for the release that knows no other.'],
      ['change', ''],
      ['drop_replaced_orders', 'The view that has kept the name `orders` goes.'],
    ]);
    const { sequence } = await safeWayOf(`${before} CREATE SCHEMA billing;`, 'ALTER TABLE orders SET SCHEMA billing', { version: 14 });
    expect(sequence.migrations[0]?.statements.map(({ sql }) => sql)).toEqual([
      "SET LOCAL lock_timeout = '2s'",
      'ALTER TABLE orders SET SCHEMA billing',
      'CREATE VIEW orders AS SELECT * FROM billing.orders',
    ]);
  });

  it('where foreign keys on a column whose type changes are taken over', async () => {
    const given = `${before} CREATE TABLE items (id bigint PRIMARY KEY, order_id bigint CONSTRAINT items_order REFERENCES orders (id));`;
    const names = await told('ALTER TABLE orders ALTER COLUMN id TYPE numeric', given);
    expect(names).toContainEqual(['replace_items_constraints', 'What has been validated beside the old constraints of `items` takes their place.']);
    expect(names.filter(([name]) => name?.includes('helpers'))).toEqual([]);
  });
});

it('leaves a primary key to who names it while its column gets another type', async () => {
  const brokenBy = async (change: string) => {
    const { sequence } = await safeWayOf(before, change);
    const drop = sequence.migrations.flatMap(({ statements }) => statements).find(({ sql }) => sql?.includes('DROP CONSTRAINT orders_pkey'));
    return drop?.verdicts?.code?.breaksOld;
  };
  // Until a column is renamed, ON CONFLICT names the old one.
  expect(await brokenBy('ALTER TABLE orders ALTER COLUMN id TYPE numeric')).toBe(false);
  expect(await brokenBy('ALTER TABLE orders RENAME COLUMN id TO number')).toBe(true);
});

it('brings a column back with the trigger that keeps it, before its values', async () => {
  const { sequence } = await safeWayOf(before, 'ALTER TABLE orders RENAME COLUMN placed_by TO customer_id');
  const downs = sequence.migrations.at(-1)?.statements.flatMap(({ down }) => down || []) ?? [];
  const back = downs.find((down) => down.includes('ADD COLUMN placed_by')) ?? '';
  const places = ['ADD COLUMN placed_by', 'CREATE TRIGGER', 'SET placed_by = customer_id', 'SET NOT NULL'].map((text) => back.indexOf(text));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(places).not.toContain(-1);
  expect(downs.filter((down) => down.includes('CREATE TRIGGER'))).toHaveLength(1);
});

it('lets a rename of a table break nobody before its view goes', async () => {
  const { sequence } = await safeWayOf(before, 'ALTER TABLE orders RENAME TO purchases');
  const codes = sequence.migrations.flatMap(({ statements }) =>
    statements.flatMap(({ sql, verdicts }) => (/RENAME|DROP/.test(sql ?? '') ? [verdicts?.code?.breaksOld] : [])),
  );
  expect(codes).toEqual([false, true]);
});

describe('what must run outside a transaction', () => {
  const reasonsOf = async (framework: string, change: string) => {
    const { sequence } = await safeWayOf(before, change, { framework });
    return sequence.migrations.flatMap(({ transactionReason }) => transactionReason ?? []);
  };
  const index = 'CREATE INDEX ON orders (status)';
  const why = 'CREATE INDEX CONCURRENTLY cannot run inside one.';

  it.each([
    ['drizzle', ' Marked by `COMMIT;` and `--> statement-breakpoint` before its statement.'],
    ['sqlx', ' Marked by `-- no-transaction` as the first line.'],
    // A file of one statement runs in no transaction there, or the framework sees by itself what it must not run in one.
    ['prisma', ''],
    ['flyway', ''],
  ])('says how its file tells %s', async (framework, mark) => {
    expect(await reasonsOf(framework, index)).toEqual([`${why}${mark}`]);
  });

  it('tells Flyway of the call whose batches commit, which it does not see', async () => {
    expect(await reasonsOf('flyway', 'UPDATE orders SET status = lower(status)')).toEqual([
      'The procedure commits each batch. Marked by `executeInTransaction=false` in a .conf file beside it.',
    ]);
  });
});

describe('as few steps as the promise allows', () => {
  it('fills a new column of a small table behind the release that gives new rows a value, and proves nothing that a moment shows', async () => {
    const change = 'ALTER TABLE orders ADD COLUMN code text; UPDATE orders SET code = upper(status); ALTER TABLE orders ALTER COLUMN code SET NOT NULL';
    const { names, gates, sequence } = await outcome(change, { stats: [{ table: 'orders', rows: 200 }] });
    expect([names, gates]).toEqual([['change', 'require_orders'], ['G1 before 002']]);
    expect(sequence.migrations[1]?.statements.map(({ sql }) => sql?.replace(/\s+/g, ' '))).toEqual([
      "SET LOCAL lock_timeout = '2s'",
      'UPDATE orders SET code = upper(status) WHERE code IS NULL',
      'ALTER TABLE orders ALTER COLUMN code SET NOT NULL',
    ]);
    expect(sequence.migrations[1]?.reversibility?.kind).toBe('reversible');
  });

  it('takes one migration before the release and one after it where the table is small', async () => {
    const { names, gates } = await outcome('ALTER TABLE orders RENAME COLUMN placed_by TO customer_id', { stats: [{ table: 'orders', rows: 200 }] });
    expect(names).toEqual(['prepare_orders', 'drop_replaced_orders']);
    expect(gates).toEqual(['G1 before 002']);
  });

  it('puts what several statements do to one table together', async () => {
    const { sequence } = await outcome('ALTER TABLE orders ALTER COLUMN status SET NOT NULL; ALTER TABLE orders ALTER COLUMN total_cents SET NOT NULL');
    expect(sequence.migrations.map(({ statements }) => statements.at(-1)?.sql)).toEqual([
      'ALTER TABLE orders\n  ADD CONSTRAINT orders_status_present CHECK (status IS NOT NULL) NOT VALID,\n  ADD CONSTRAINT orders_total_cents_present CHECK (total_cents IS NOT NULL) NOT VALID',
      'ALTER TABLE orders\n  VALIDATE CONSTRAINT orders_status_present,\n  VALIDATE CONSTRAINT orders_total_cents_present',
      'ALTER TABLE orders\n  DROP CONSTRAINT orders_status_present,\n  DROP CONSTRAINT orders_total_cents_present',
    ]);
  });

  it('leaves a change without danger as it is', async () => {
    const { names, sequence } = await outcome('ALTER TABLE orders ADD COLUMN note text; CREATE TABLE refunds (id bigint)');
    expect(names).toEqual(['change']);
    expect(sequence.migrations[0]?.file).toBe('migrations/20261120103000_change.up.sql');
    expect(sequence.gates).toBeUndefined();
  });
});

it('makes a trigger behind its function, which is made behind the columns that it names', async () => {
  const change = `ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();
    CREATE FUNCTION new_token() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.token := gen_random_uuid(); RETURN NEW; END $$;
    CREATE TRIGGER orders_token BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION new_token()`;
  const { sequence } = await outcome(change);
  const texts = sequence.migrations.flatMap(({ statements }) => statements.map(({ sql = '' }) => sql));
  const at = (start: string): number => texts.findIndex((sql) => sql.startsWith(start));
  expect(at('ALTER TABLE orders ADD COLUMN token')).toBeGreaterThan(-1);
  expect(at('CREATE FUNCTION new_token')).toBeGreaterThan(at('ALTER TABLE orders ADD COLUMN token'));
  expect(at('CREATE TRIGGER orders_token')).toBeGreaterThan(at('CREATE FUNCTION new_token'));
});

const keyed = `CREATE TABLE projects (id text NOT NULL, owner text NOT NULL, CONSTRAINT projects_pkey PRIMARY KEY (id));
CREATE UNIQUE INDEX projects_id_owner ON projects (id, owner);
CREATE TABLE runs (id text PRIMARY KEY, project_id text, owner text, legacy text);`;

it('adds a foreign key behind the key that it rests on', async () => {
  const change = `ALTER TABLE runs DROP COLUMN legacy;
    ALTER TABLE projects DROP CONSTRAINT projects_pkey, ADD CONSTRAINT projects_pkey PRIMARY KEY (owner, id);
    ALTER TABLE runs ADD CONSTRAINT runs_project FOREIGN KEY (owner, project_id) REFERENCES projects (owner, id);`;
  const { sequence } = await safeWayOf(keyed, change);
  const texts = sequence.migrations.flatMap(({ statements }) => statements.map(({ sql = '' }) => sql));
  const at = (part: string): number => texts.findIndex((sql) => sql.includes(part));
  const built = at('projects_pkey_new ON projects (owner, id)');
  expect(built).toBeGreaterThan(-1);
  expect(at('runs_project')).toBeGreaterThan(built);
  // The old key goes in the same transaction that makes the index the new one's.
  const [dropped, used] = [at('DROP CONSTRAINT projects_pkey'), at('ADD CONSTRAINT projects_pkey PRIMARY KEY USING INDEX projects_pkey_new')];
  expect([built < dropped, used - dropped]).toEqual([true, 1]);
});

it('makes a new table that points at a new key once the key is there', async () => {
  const { kept, names } = await outcome(
    'ALTER TABLE orders ADD CONSTRAINT orders_status UNIQUE (status); CREATE TABLE states (status text REFERENCES orders (status))',
  );
  expect(names).toEqual(['build_orders_status', 'require_orders', 'change']);
  expect(kept).toEqual([]);
});

it('drops a unique index before a foreign key that would rest on it', async () => {
  const change = `DROP INDEX projects_id_owner;
    ALTER TABLE projects DROP CONSTRAINT projects_pkey, ADD CONSTRAINT projects_pkey PRIMARY KEY (id, owner);
    ALTER TABLE runs ADD CONSTRAINT runs_project FOREIGN KEY (project_id, owner) REFERENCES projects (id, owner);`;
  const { sequence } = await safeWayOf(keyed, change);
  const texts = sequence.migrations.flatMap(({ statements }) => statements.map(({ sql = '' }) => sql));
  const at = (part: string): number => texts.findIndex((sql) => sql.includes(part));
  expect(at('DROP INDEX')).toBeGreaterThan(-1);
  expect(at('runs_project')).toBeGreaterThan(at('DROP INDEX'));
});

it('leaves a change with a temporary table in its one session', async () => {
  const change = `CREATE TEMPORARY TABLE prices AS SELECT id, total_cents FROM orders; ALTER TABLE orders DROP COLUMN total_cents;
    UPDATE orders SET status = 'priced' FROM prices WHERE prices.id = orders.id; DROP TABLE prices;`;
  const { names } = await outcome(change);
  expect(names).toEqual(['change']);
});

it('drops what points at a table before that is emptied', async () => {
  const pointed = `CREATE TABLE projects (id bigint PRIMARY KEY);
    CREATE TABLE leases (id bigint PRIMARY KEY, project_id bigint REFERENCES projects (id));
    CREATE TABLE runs (id bigint PRIMARY KEY, lease_id bigint REFERENCES leases (id), note text);`;
  const { sequence } = await safeWayOf(
    pointed,
    'ALTER TABLE runs DROP COLUMN lease_id; DROP TABLE leases; TRUNCATE projects; ALTER TABLE runs DROP COLUMN note',
  );
  const texts = sequence.migrations.flatMap(({ statements }) => statements.map(({ sql = '' }) => sql));
  const at = (part: string): number => texts.findIndex((sql) => sql.includes(part));
  expect(at('DROP COLUMN lease_id')).toBeGreaterThan(-1);
  expect(at('DROP TABLE leases')).toBeGreaterThan(at('DROP COLUMN lease_id'));
  expect(at('TRUNCATE projects')).toBeGreaterThan(at('DROP TABLE leases'));
});

it('drops a view before a column that it reads is renamed', async () => {
  const viewed = `${before} CREATE MATERIALIZED VIEW newest AS WITH last AS (SELECT max(id) AS id FROM orders) SELECT o.id, o.status FROM orders o JOIN last ON last.id = o.id;`;
  const { sequence } = await safeWayOf(
    viewed,
    'DROP MATERIALIZED VIEW newest; ALTER TABLE orders RENAME COLUMN status TO state; ALTER TABLE orders DROP COLUMN total_cents',
  );
  const texts = sequence.migrations.flatMap(({ statements }) => statements.map(({ sql = '' }) => sql));
  const at = (part: string): number => texts.findIndex((sql) => sql.includes(part));
  expect(at('DROP MATERIALIZED VIEW')).toBeGreaterThan(-1);
  expect(at('DROP MATERIALIZED VIEW')).toBeLessThan(texts.findIndex((sql) => /(DROP|RENAME) COLUMN status/.test(sql)));
});

describe('what breaks running code before any step stands', () => {
  it('is not carried out before the gate: a check on a new column refuses what the old release inserts', async () => {
    const { sequence } = await safeWayOf(
      'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      `ALTER TABLE orders ADD COLUMN digest text;
ALTER TABLE orders ADD CONSTRAINT has_digest CHECK (digest IS NOT NULL) NOT VALID;
CREATE INDEX orders_note ON orders (note);`,
    );
    const place = (text: string) => sequence.migrations.findIndex(({ statements }) => statements.some(({ sql }) => sql?.includes(text)));
    const gate = sequence.migrations.findIndex(({ gateBefore }) => gateBefore === 'G1');
    expect(place('CREATE INDEX CONCURRENTLY')).toBeLessThan(gate);
    expect(place('has_digest')).toBeGreaterThanOrEqual(gate);
  });
});

describe('a gate that stands before the trigger', () => {
  const before = 'CREATE TABLE orders (id int PRIMARY KEY, code text NOT NULL);';
  const change = (more: string) => `ALTER TABLE orders ALTER COLUMN code TYPE varchar(5), ADD COLUMN customer_id int NOT NULL; ${more}`;
  const namesOf = async (more: string) => (await safeWayOf(before, change(more))).sequence.migrations.map(({ name }) => name);

  it('lets all that waits for the release be checked with the rest', async () => {
    const names = await namesOf('');
    expect(names.filter((name) => name === 'validate_orders')).toHaveLength(1);
    expect(names.indexOf('sync_orders')).toBe(1);
  });

  it('does not where a statement in between waits for it as well', async () => {
    expect((await namesOf('REVOKE SELECT ON orders FROM PUBLIC;')).filter((name) => name === 'validate_orders')).toHaveLength(2);
  });
});

describe('what cannot be planned keeps its own tables as they are written, and no others', () => {
  const textsOf = (sequence: { readonly migrations: readonly { readonly statements: readonly { readonly sql?: string }[] }[] }) =>
    sequence.migrations.flatMap(({ statements }) => statements.flatMap(({ sql }) => sql ?? []));

  it('where a table that gets another name is changed under both', async () => {
    const { sequence, kept } = await outcome(
      'ALTER TABLE tags ALTER COLUMN name SET NOT NULL; ALTER TABLE tags RENAME TO labels; ALTER TABLE labels ADD COLUMN rank integer NOT NULL; CREATE INDEX orders_status ON orders (status)',
    );
    expect(textsOf(sequence)).toContain('CREATE INDEX CONCURRENTLY orders_status ON orders (status)');
    expect(textsOf(sequence)).toContain('ALTER TABLE tags RENAME TO labels');
    expect(kept[0]).toMatch(/^Stays as written: the change gives the table another name, and steps on both sides of that would not find it\./);
  });

  it('where a view with rows of its own is made again', async () => {
    const { sequence } = await safeWayOf(
      `${before} CREATE MATERIALIZED VIEW sums AS SELECT placed_by, sum(total_cents) AS total FROM orders GROUP BY placed_by;`,
      'ALTER TABLE orders DROP COLUMN total_cents CASCADE; CREATE MATERIALIZED VIEW sums AS SELECT placed_by FROM orders; CREATE INDEX tags_name ON tags (name)',
    );
    expect(textsOf(sequence)).toContain('ALTER TABLE orders DROP COLUMN total_cents CASCADE');
    expect(textsOf(sequence)).toContain('CREATE INDEX CONCURRENTLY tags_name ON tags (name)');
  });
});
