import { describe, expect, it } from 'vitest';
import { judge } from './judged-statement.js';
import { readForTest } from './read-for-test.js';

const before = `CREATE TYPE mood AS ENUM ('calm', 'cross');
CREATE TYPE tone AS ENUM ('low', 'high');
CREATE TABLE orders (id bigint PRIMARY KEY, state text NOT NULL DEFAULT 'open', email text CONSTRAINT orders_email_key UNIQUE, mood mood NOT NULL);
CREATE UNIQUE INDEX orders_state_key ON orders (state, id);
CREATE VIEW open_orders AS SELECT id, state FROM orders;
CREATE FUNCTION priced(amount int) RETURNS int LANGUAGE sql AS 'SELECT amount';
CREATE POLICY own ON orders USING (id = 1);`;

async function breaks(sql: string, mode: 'transactional' | 'none' = 'transactional') {
  const { statements } = await readForTest(sql, before);
  return judge(statements, { mode }).statements.map(({ statement }) => (statement.verdicts?.code?.breaksOld ? statement.verdicts.code.reason : undefined));
}

const dropDefault = 'ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;';
const setDefault = "ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'new';";

describe('what a later statement of the transaction gives again', () => {
  it.each([
    ['a default', `${dropDefault} ${setDefault}`],
    ['a default in the same statement', "ALTER TABLE orders ALTER COLUMN state DROP DEFAULT, ALTER COLUMN state SET DEFAULT 'new';"],
    ['a view', 'DROP VIEW open_orders; CREATE VIEW open_orders AS SELECT id, state, email FROM orders;'],
    ['a function', "DROP FUNCTION priced(int); CREATE FUNCTION priced(amount int) RETURNS int LANGUAGE sql AS 'SELECT 2 * amount';"],
    ['a type', "DROP TYPE tone; CREATE TYPE tone AS ENUM ('low', 'high', 'shrill');"],
    ['the name of a type', "ALTER TYPE tone RENAME TO tone_old; CREATE TYPE tone AS ENUM ('low', 'high');"],
    ['a key', 'ALTER TABLE orders DROP CONSTRAINT orders_email_key; ALTER TABLE orders ADD CONSTRAINT orders_email_key UNIQUE (email);'],
    ['a unique index, of the same columns in another order', 'DROP INDEX orders_state_key; CREATE UNIQUE INDEX orders_id_state ON orders (id, state);'],
  ])('%s: running code goes on', async (_, sql) => {
    expect(new Set(await breaks(sql))).toEqual(new Set([undefined]));
  });

  it.each([
    ['the transaction ends in between', `${dropDefault} COMMIT; BEGIN; ${setDefault}`, 'transactional'],
    ['each statement commits', `${dropDefault} ${setDefault}`, 'none'],
    ['the default of another column comes', `${dropDefault} ALTER TABLE orders ALTER COLUMN email SET DEFAULT 'x';`, 'transactional'],
    ['the default is NULL', `${dropDefault} ALTER TABLE orders ALTER COLUMN state SET DEFAULT NULL;`, 'transactional'],
  ] as const)('does not come where %s', async (_, sql, mode) => {
    expect((await breaks(sql, mode))[0]).toBe('INSERTs that do not name `orders.state` fail with 23502.');
  });

  it('is said where it is less: columns of a view, the result or the arguments of a function, the name of a constraint, rows of a policy', async () => {
    expect(await breaks('DROP VIEW open_orders; CREATE VIEW open_orders AS SELECT id FROM orders;')).toEqual([
      'Statements that name `state` of `open_orders` fail with 42703.',
      undefined,
    ]);
    const made = (head: string) => `DROP FUNCTION priced(int); CREATE FUNCTION priced(${head} LANGUAGE sql AS 'SELECT 1';`;
    expect((await breaks(made('amount int) RETURNS bigint')))[0]).toBe('Calls of `priced` get bigint where they got integer.');
    expect((await breaks(made('amount text) RETURNS int')))[0]).toBe('Calls of `priced` fail with 42883.');
    const key = 'ALTER TABLE orders DROP CONSTRAINT orders_email_key; ALTER TABLE orders ADD CONSTRAINT orders_email UNIQUE (email);';
    expect((await breaks(key))[0]).toBe('INSERT … ON CONFLICT ON CONSTRAINT `orders_email_key` fails with 42704.');
    expect((await breaks('DROP POLICY own ON orders; CREATE POLICY own ON orders USING (id = 2);'))[0]).toBe(
      'Rows of `orders` that the policy `own` let through, and its new form does not, can no longer be reached.',
    );
  });
});

describe('a type of labels that is built anew under its name', () => {
  const retype = 'ALTER TABLE orders ALTER COLUMN mood TYPE mood_new USING (mood::text::mood_new);';
  const renamed = `ALTER TYPE mood RENAME TO mood_old; ALTER TYPE mood_new RENAME TO mood;`;

  it('breaks prepared statements and what names a label that is gone, and nobody reads another type', async () => {
    const [, changed, leaves, comes] = await breaks(`CREATE TYPE mood_new AS ENUM ('calm'); ${retype} ${renamed} DROP TYPE mood_old;`);
    expect(changed).toBe(
      "Cached prepared statements that return `orders.mood` fail with 0A000. Statements that name 'cross' as a value of it fail with 22P02.",
    );
    expect([leaves, comes]).toEqual([undefined, undefined]);
  });

  it('is another type for clients where the name is not given on', async () => {
    const [, changed] = await breaks(`CREATE TYPE mood_new AS ENUM ('calm', 'cross'); ${retype}`);
    expect(changed).toBe('Cached prepared statements that return `orders.mood` fail with 0A000, and clients read mood_new where they read mood.');
  });
});

describe('an identity that takes the place of a default', () => {
  const of = async (sql: string) => {
    const { statements } = await readForTest(sql, 'CREATE TABLE items (id serial PRIMARY KEY, number int NOT NULL);');
    return judge(statements).statements.map(({ statement, facts }) => ({ code: statement.verdicts?.code?.breaksOld, facts }));
  };

  it('breaks no INSERT that leaves the column out', async () => {
    const both = await of('ALTER TABLE items ALTER COLUMN id DROP DEFAULT; ALTER TABLE items ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY;');
    expect(both.map(({ code }) => code)).toEqual([false, false]);
    expect(both[1]?.facts.again.isDefaultDropped('items.id')).toBe(true);
    expect(both[1]?.facts.again.isDefaultDropped('items.number')).toBe(false);
  });
});
