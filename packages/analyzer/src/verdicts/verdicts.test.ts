import type { Verdicts } from '@planwright/spec';
import { describe, expect, it } from 'vitest';
import { judge } from '../judged-statement.js';
import { readForTest, shop, shopChange } from '../read-for-test.js';

/** Verdicts on each statement of a change to the shop. */
async function verdicts(sql: string, before = shop): Promise<readonly Verdicts[]> {
  const { statements } = await readForTest(sql, before);
  return judge(statements).statements.map(({ statement }) => statement.verdicts ?? {});
}

async function verdict(sql: string): Promise<Verdicts> {
  return (await verdicts(sql)).at(-1) ?? {};
}

describe('a partition', () => {
  const parent = 'CREATE TABLE visits (day date NOT NULL) PARTITION BY RANGE (day); CREATE TABLE may (day date NOT NULL);';
  const bounds = "FOR VALUES FROM ('2026-05-01') TO ('2026-06-01')";
  const data = async (sql: string, before: string) => (await verdicts(sql, before)).at(-1)?.data;

  it('that is attached may fail on rows outside the bounds, and cannot where a valid check proves them', async () => {
    const attach = `ALTER TABLE visits ATTACH PARTITION may ${bounds};`;
    expect((await data(attach, parent))?.reason).toContain('when a row of `may` lies outside the bounds');
    const proof = "ALTER TABLE may ADD CONSTRAINT within CHECK (day IS NOT NULL AND day >= '2026-05-01' AND day < '2026-06-01');";
    expect((await data(attach, `${parent} ${proof}`))?.outcome).toBe('safe');
  });

  it('that is made may fail on rows of the default partition only', async () => {
    const made = `CREATE TABLE june PARTITION OF visits ${bounds};`;
    expect((await data(made, parent))?.outcome).toBe('safe');
    expect((await data(made, `${parent} CREATE TABLE others PARTITION OF visits DEFAULT;`))?.reason).toContain(
      'when the default partition of `visits` holds rows',
    );
  });
});

describe('a type of labels', () => {
  const before = `CREATE TYPE state AS ENUM ('open', 'paid', 'void'); CREATE TYPE fewer AS ENUM ('paid', 'open'); CREATE TYPE more AS ENUM ('odd', 'void', 'paid', 'open');
CREATE TABLE orders (id bigint PRIMARY KEY, state state, note text DEFAULT 'open'::state);`;
  const data = async (change: string) => (await verdicts(`ALTER TABLE orders ALTER COLUMN ${change};`, before)).at(-1)?.data;

  it('that lacks labels of another fails on rows that have them', async () => {
    expect(await data('state TYPE fewer USING state::text::fewer')).toMatchObject({
      outcome: 'may fail',
      reason: "Fails with 22P02 when a value of `orders.state` is 'void': fewer has no such label.",
      sql: "SELECT count(*) FROM orders WHERE state::text IN ('void')",
    });
  });

  it('that has them all takes every row', async () => {
    expect(await data('state TYPE more USING (state::text::more)')).toMatchObject({ outcome: 'safe' });
  });

  it('takes of texts those that are its labels, whatever default is of the type already', async () => {
    expect(await data('note TYPE state USING note::state')).toMatchObject({
      reason: 'Fails with 22P02 when a value of `orders.note` is no label of state.',
      sql: "SELECT count(*) FROM orders WHERE note::text NOT IN ('open', 'paid', 'void')",
    });
  });
});

describe('a USING expression', () => {
  const before = 'CREATE TABLE orders (id bigint PRIMARY KEY, tags text, at integer, nonces integer[], total bigint);';
  it.each([
    ["tags TYPE text[] USING string_to_array(tags, ',')", 'safe'],
    ['at TYPE timestamptz USING (to_timestamp(at))', 'safe'],
    ["nonces TYPE jsonb USING jsonb_build_object('0000', nonces)", 'safe'],
    ['tags TYPE jsonb USING to_jsonb("tags")', 'safe'],
    // A key may be NULL, a number too great for a moment, a text no list.
    ["tags TYPE jsonb USING jsonb_build_object(tags, 'x')", 'may fail'],
    ['total TYPE timestamptz USING to_timestamp(total)', 'may fail'],
    ['tags TYPE jsonb USING tags::jsonb', 'may fail'],
    ["tags TYPE bytea USING decode(tags, 'escape')", 'may fail'],
  ])('%s: %s', async (change, outcome) => {
    expect((await verdicts(`ALTER TABLE orders ALTER COLUMN ${change};`, before)).at(-1)?.data?.outcome).toBe(outcome);
  });
});

describe('a new key', () => {
  const before = 'CREATE TABLE members (tenant int NOT NULL, person int NOT NULL, number int CONSTRAINT members_number UNIQUE, UNIQUE (tenant, number));';
  const breaks = async (change: string, given = before) => {
    const code = (await verdicts(change, given)).at(-1)?.code;
    return code?.breaksOld ? code.reason : false;
  };

  it('refuses what running code repeats, a primary key like a unique one', async () => {
    expect(await breaks('ALTER TABLE members ADD PRIMARY KEY (tenant, person)')).toBe('Writes that repeat `tenant`, `person` of `members` fail with 23505.');
    expect(await breaks('CREATE UNIQUE INDEX ON members (person)')).toContain('fail with 23505');
  });

  it('breaks nobody where a key of fewer columns refuses that already, or did until the change dropped it', async () => {
    const wider = ['ALTER TABLE members ADD UNIQUE (person, number)', 'CREATE UNIQUE INDEX ON members (number, person)'];
    for (const change of wider)
      expect([await breaks(change), await breaks(`ALTER TABLE members DROP CONSTRAINT members_number; ${change}`)]).toEqual([false, false]);
    const indexed = 'CREATE TABLE members (tenant int, person int); CREATE UNIQUE INDEX one_person ON members (person);';
    expect(await breaks('DROP INDEX one_person; CREATE UNIQUE INDEX ON members (tenant, person)', indexed)).toBe(false);
    expect(await breaks('CREATE UNIQUE INDEX ON members (lower(number::text))')).toContain('fail with 23505');
  });
});

describe('the change of the shop', () => {
  it('locks each relation that was there, as strongly and as long as PostgreSQL does', async () => {
    const locks = (await verdicts(shopChange)).map(({ lock }) => lock?.locks.map(({ relation, mode, held }) => `${relation}: ${mode}, ${held}`));
    expect(locks).toEqual([
      [],
      ['orders: SHARE ROW EXCLUSIVE, brief'],
      ['orders: ACCESS EXCLUSIVE, scan', 'currencies: SHARE ROW EXCLUSIVE, brief'],
      ['orders: ACCESS EXCLUSIVE, rewrite'],
      ['orders: ACCESS EXCLUSIVE, brief'],
      ['orders: ACCESS EXCLUSIVE, brief'],
      ['orders: SHARE, scan'],
    ]);
  });

  it('tells what can fail on rows and what is lost', async () => {
    expect((await verdicts(shopChange)).map(({ data }) => data?.reason ?? data?.outcome)).toEqual([
      'safe',
      'safe',
      "Fails with 23503 when `orders` has a row and `currencies` has none for 'EUR'.",
      'safe',
      'safe',
      'The values of `orders.legacy_ref` are lost.',
      'safe',
    ]);
  });

  it('breaks running code where a name goes or a type changes, and nowhere else', async () => {
    expect((await verdicts(shopChange)).map(({ code }) => code?.breaksOld)).toEqual([false, false, false, true, true, true, false]);
  });
});

describe('what the change itself makes', () => {
  it('breaks nobody and holds nobody up', async () => {
    const [, drop, index, notNull] = await verdicts(
      'CREATE TABLE notes (id int, body text); ALTER TABLE notes DROP COLUMN id; CREATE UNIQUE INDEX ON notes (body); ALTER TABLE notes ALTER body SET NOT NULL',
    );
    expect(drop?.code?.breaksOld).toBe(false);
    expect(drop?.data?.outcome).toBe('safe');
    expect(index?.lock?.locks).toEqual([{ relation: 'notes', mode: 'SHARE', held: 'brief' }]);
    expect(notNull).toMatchObject({ data: { outcome: 'safe' }, code: { breaksOld: false } });
  });
});

describe('a single statement', () => {
  it.each([
    ['ALTER TABLE orders ADD note text', 'brief'],
    ['ALTER TABLE orders ADD at timestamptz NOT NULL DEFAULT now()', 'brief'],
    ['ALTER TABLE orders ADD token uuid DEFAULT gen_random_uuid()', 'rewrite'],
    ['ALTER TABLE orders ADD number serial', 'rewrite'],
    ['ALTER TABLE orders ADD total numeric GENERATED ALWAYS AS (total_cents / 100.0) STORED', 'rewrite'],
    ['ALTER TABLE orders ADD gift_for bigint REFERENCES customers', 'brief'],
    ['ALTER TABLE orders ADD weight integer CHECK (weight > 0)', 'scan'],
    ['ALTER TABLE orders ALTER status SET NOT NULL', 'brief'],
    ['ALTER TABLE customers ALTER nickname SET NOT NULL', 'scan'],
    ['ALTER TABLE customers ALTER email TYPE varchar(200)', 'brief'],
    ['ALTER TABLE customers ALTER email TYPE varchar(50)', 'rewrite'],
    ['ALTER TABLE orders ADD CHECK (total_cents < 1000) NOT VALID', 'brief'],
    ['CREATE INDEX CONCURRENTLY ON orders (status)', 'scan'],
  ])('%s: held %s', async (sql, held) => {
    expect((await verdict(sql)).lock?.locks[0]?.held).toBe(held);
  });

  it('spares the scan of SET NOT NULL behind a valid check', async () => {
    const proven = await verdicts('ALTER TABLE customers ALTER nickname SET NOT NULL', `${shop} ALTER TABLE customers ADD CHECK (nickname IS NOT NULL);`);
    expect(proven[0]?.lock?.locks[0]?.held).toBe('brief');
  });

  it('gives no lock verdict where a default calls a function that is not known', async () => {
    const { lock, data } = await verdict('ALTER TABLE orders ADD code text DEFAULT make_code()');
    expect(lock).toBeUndefined();
    expect(data?.outcome).toBe('safe');
  });

  it.each([
    ['ALTER TABLE orders ADD channel text NOT NULL', 'INSERTs that do not name `orders.channel` fail with 23502.'],
    ['ALTER TABLE orders ALTER status DROP DEFAULT', 'INSERTs that do not name `orders.status` fail with 23502.'],
    [
      'ALTER TABLE orders ADD channel text; ALTER TABLE orders ADD CHECK (channel IS NOT NULL) NOT VALID',
      'INSERTs that do not name `orders.channel` fail with 23514.',
    ],
    ['ALTER TABLE orders ADD channel text, ADD CHECK (channel IS NOT NULL AND total_cents > 0)', 'INSERTs that do not name `orders.channel` fail with 23514.'],
    ['DROP TABLE order_items', 'Statements that name `order_items` fail with 42P01.'],
    ['ALTER TABLE customers ADD UNIQUE (nickname)', 'Writes that repeat `nickname` of `customers` fail with 23505.'],
    ['ALTER TABLE customers DROP CONSTRAINT customers_email_key', 'INSERT … ON CONFLICT that rests on `customers_email_key` fails with 42P10.'],
  ])('%s breaks: %s', async (sql, reason) => {
    expect((await verdict(sql)).code).toMatchObject({ breaksOld: true, reason });
  });

  it('tells which values a new rule of a domain is tried on, and the query that counts those that break it', async () => {
    const used = `${shop} CREATE DOMAIN score AS integer; CREATE TABLE reviews (id bigint, stars score);`;
    const [rule] = await verdicts('ALTER DOMAIN score ADD CHECK (VALUE < 6)', used);
    expect(rule?.data).toMatchObject({ outcome: 'may fail', sql: 'SELECT count(*) FROM reviews WHERE NOT (stars < 6)' });
    const [later] = await verdicts('ALTER DOMAIN score ADD CHECK (VALUE < 6) NOT VALID', used);
    expect(later?.data?.outcome).toBe('safe');
    expect((await verdicts('ALTER DOMAIN score SET NOT NULL', `${shop} CREATE DOMAIN score AS integer;`))[0]?.data?.outcome).toBe('safe');
  });

  it.each([
    ['DROP INDEX orders_number', true],
    ['ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_number', false],
  ])('%s takes a unique index: %s', async (sql, breaks) => {
    expect((await verdicts(sql, `${shop} CREATE UNIQUE INDEX orders_number ON orders (legacy_ref);`))[0]?.code?.breaksOld).toBe(breaks);
  });

  it('gives no verdict on what is unknown', async () => {
    expect(await verdict('CALL tidy()')).toEqual({});
  });
});
