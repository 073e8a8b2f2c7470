import { describe, expect, it } from 'vitest';
import { safeWayOf } from './safe-way-for-test.js';

const before = `CREATE TABLE customers (id bigint PRIMARY KEY, email text CONSTRAINT customers_email_key UNIQUE);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint CONSTRAINT orders_customer_id_fkey REFERENCES customers (id),
  email text CONSTRAINT orders_email_fkey REFERENCES customers (email),
  status text CONSTRAINT orders_status_check CHECK (status IN ('new', 'paid'))
);`;
const dropCheck = 'ALTER TABLE orders DROP CONSTRAINT orders_status_check;';
const addCheck = "ALTER TABLE orders ADD CONSTRAINT orders_status_check CHECK (status IN ('new', 'paid', 'sent'));";
const dropKey = 'ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey;';
const addKey = 'ALTER TABLE orders ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE;';

async function sqlOf(change: string): Promise<readonly string[]> {
  const { sequence } = await safeWayOf(before, change);
  return sequence.migrations.flatMap(({ statements }) => statements.flatMap(({ sql }) => (sql === undefined || sql.startsWith('SET ') ? [] : [sql])));
}

describe('a constraint that is replaced', () => {
  it('stays until the new one is valid, which then takes its name', async () => {
    expect(await sqlOf(`${dropCheck} ${addCheck}`)).toEqual([
      "ALTER TABLE orders ADD CONSTRAINT orders_status_check_new CHECK (status IN ('new', 'paid', 'sent')) NOT VALID",
      'ALTER TABLE orders VALIDATE CONSTRAINT orders_status_check_new',
      'ALTER TABLE orders DROP CONSTRAINT orders_status_check',
      'ALTER TABLE orders RENAME CONSTRAINT orders_status_check_new TO orders_status_check',
    ]);
  });

  it('goes as the new one stands where that has a name of its own', async () => {
    const sql = await sqlOf(`${dropKey} ${addKey.replace('orders_customer_id_fkey', 'orders_buyer')}`);
    expect(sql.at(-1)).toBe('ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey');
    expect(sql.join('\n')).not.toContain('RENAME');
  });

  it('says what new code waits for, and stands for both statements', async () => {
    const { sequence, migrations } = await safeWayOf(before, `${dropCheck} ${addCheck}`);
    const takesOver = sequence.migrations.at(-1);
    expect(takesOver?.name).toBe('replace_orders_constraints');
    expect(takesOver?.statements.find(({ sql }) => sql?.includes('DROP'))?.verdicts?.code?.reason).toBe(
      'New code that writes to `orders` what `orders_status_check` refuses must wait for it.',
    );
    expect(sequence.gates).toBeUndefined();
    expect(migrations.flatMap(({ statements }) => statements.map(({ statement }) => statement.replacedBy))).toEqual([['003'], ['001', '002', '003']]);
  });

  it.each([
    ['rows are written which it may refuse', `${dropCheck} UPDATE orders SET status = 'new' WHERE status = 'paid'; ${addCheck}`],
    ['a row is added that it refuses', `${dropCheck} ${addCheck} INSERT INTO orders (id, status) VALUES (1, 'sent');`],
    ['the new one points elsewhere', `${dropKey} ${addKey.replace('customers (id)', 'orders (id)')}`],
    ['it goes with all that depends on it', `${dropCheck.replace(';', ' CASCADE;')} ${addCheck}`],
    [
      'the key goes that it may rest on',
      'ALTER TABLE orders DROP CONSTRAINT orders_email_fkey; ALTER TABLE customers DROP CONSTRAINT customers_email_key; CREATE UNIQUE INDEX emails ON customers (email); ALTER TABLE orders ADD FOREIGN KEY (email) REFERENCES customers (email);',
    ],
  ])('goes where its author drops it if %s', async (_, change) => {
    const sql = await sqlOf(change);
    expect(sql.find((one) => one.includes(' CONSTRAINT '))).toMatch(/^ALTER TABLE orders DROP CONSTRAINT/);
    expect(sql.join('\n')).not.toContain('RENAME');
  });
});

describe('a foreign key whose column goes', () => {
  it('goes with it, behind the gate', async () => {
    expect(await sqlOf(`${dropKey} ALTER TABLE orders DROP COLUMN customer_id;`)).toEqual(['ALTER TABLE orders DROP COLUMN customer_id']);
  });

  it('goes first where its other table goes too', async () => {
    const sql = await sqlOf(
      `${dropKey} ALTER TABLE orders DROP COLUMN customer_id; ALTER TABLE orders DROP CONSTRAINT orders_email_fkey; DROP TABLE customers;`,
    );
    expect(sql[0]).toBe('ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey');
  });
});

describe('an index that is made anew under its name', () => {
  const index = `${before} CREATE INDEX orders_status ON orders (status); CREATE UNIQUE INDEX orders_buyer ON orders (customer_id);`;
  const namesOf = async (change: string) => (await safeWayOf(index, change)).sequence.migrations.map(({ name }) => name);

  it('stays until the new one is built, and goes beside running code once that has its name', async () => {
    expect(await namesOf('DROP INDEX orders_status; CREATE INDEX orders_status ON orders (status, id);')).toEqual([
      'build_orders_status_new',
      'rename_orders_indexes',
      'drop_orders_status_old',
    ]);
  });

  it('stays as well where its author builds the new one beside running code', async () => {
    expect(await namesOf('DROP INDEX CONCURRENTLY orders_buyer; CREATE INDEX CONCURRENTLY orders_buyer ON orders (customer_id, id);')).toEqual([
      'build_orders_buyer_new',
      'rename_orders_indexes',
      'drop_orders_buyer_old',
    ]);
  });

  it('goes where its author drops it if rows are added that it may refuse', async () => {
    const change =
      'DROP INDEX orders_buyer; INSERT INTO orders (id, customer_id) VALUES (7, 1); CREATE UNIQUE INDEX orders_buyer ON orders (customer_id, email);';
    const { sequence, migrations } = await safeWayOf(index, change);
    expect(sequence.migrations.flatMap(({ statements }) => statements.map(({ sql }) => sql)).join()).not.toContain('RENAME');
    expect(migrations[0]?.statements[0]?.statement.findings?.[0]?.kept).toBe('Stays as written: a later statement makes another index of that name.');
  });
});

describe('a constraint that comes back as it was, under another name', () => {
  const email = 'CONSTRAINT customers_email_key; ALTER TABLE customers ADD CONSTRAINT customers_email_unique UNIQUE (email);';

  it('is renamed', async () => {
    expect(await sqlOf(`${dropKey} ${addKey.replace('orders_customer_id_fkey', 'orders_buyer').replace('ON DELETE CASCADE', 'ON DELETE NO ACTION')}`)).toEqual([
      'ALTER TABLE orders RENAME CONSTRAINT orders_customer_id_fkey TO orders_buyer',
    ]);
  });

  it('waits as a key for the release that does not name it, and nothing else is asked of that one', async () => {
    const { sequence } = await safeWayOf(
      'CREATE TABLE customers (id bigint PRIMARY KEY, email text CONSTRAINT customers_email_key UNIQUE);',
      `ALTER TABLE customers DROP ${email}`,
    );
    expect(sequence.migrations.map(({ name, phase }) => [name, phase])).toEqual([['change', 'contract']]);
    expect(sequence.gates?.map(({ demand }) => demand)).toEqual(['names `customers_email_key` in no ON CONFLICT ON CONSTRAINT']);
  });

  it('is renamed where its tables have new names by then', async () => {
    const sql = await sqlOf(`ALTER TABLE customers RENAME TO buyers; ALTER TABLE orders RENAME TO purchases;
      ALTER TABLE purchases DROP CONSTRAINT orders_customer_id_fkey;
      ALTER TABLE purchases ADD CONSTRAINT purchases_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES buyers (id);`);
    expect(sql).toContain('ALTER TABLE purchases RENAME CONSTRAINT orders_customer_id_fkey TO purchases_customer_id_fkey');
    expect(sql.filter((one) => /(?:ADD|DROP) CONSTRAINT/.test(one))).toEqual([]);
  });

  it('is what stands on a column that is renamed, and gets the name once the old column has gone', async () => {
    const users = 'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL CONSTRAINT users_email_unique UNIQUE);';
    const { sequence } = await safeWayOf(
      users,
      'ALTER TABLE users RENAME COLUMN email TO login; ALTER TABLE users DROP CONSTRAINT users_email_unique; ALTER TABLE users ADD CONSTRAINT users_login_unique UNIQUE (login);',
    );
    const last = sequence.migrations.at(-1)?.statements.map(({ sql = '' }) => sql) ?? [];
    expect([last.findIndex((sql) => sql.includes('DROP COLUMN email')) > -1, last.at(-1)]).toEqual([
      true,
      'ALTER TABLE users RENAME CONSTRAINT users_email_unique_new TO users_login_unique',
    ]);
  });

  it('stays where a key goes on which it does not rest', async () => {
    const keyed = `${before} CREATE UNIQUE INDEX customers_lower ON customers (lower(email));`;
    const { sequence } = await safeWayOf(keyed, `${dropKey} DROP INDEX customers_lower; ${addKey}`);
    const sql = sequence.migrations.flatMap(({ statements }) => statements.map(({ sql: text = '' }) => text));
    expect(sql.findIndex((text) => text.includes('VALIDATE'))).toBeGreaterThan(-1);
    expect(sql.findIndex((text) => text.includes('VALIDATE'))).toBeLessThan(sql.findIndex((text) => text.includes('DROP CONSTRAINT orders_customer_id_fkey')));
  });
});

describe('row level security of a table that goes', () => {
  const guarded = `${before} ALTER TABLE orders ENABLE ROW LEVEL SECURITY;`;
  const change = 'ALTER TABLE orders DISABLE ROW LEVEL SECURITY; DROP TABLE orders CASCADE;';

  it('stays until the table does', async () => {
    const { sequence, migrations } = await safeWayOf(guarded, change);
    expect(sequence.migrations.flatMap(({ statements }) => statements.map(({ sql }) => sql)).filter((sql) => !sql?.startsWith('SET'))).toEqual([
      'DROP TABLE orders CASCADE',
    ]);
    expect(migrations.flatMap(({ statements }) => statements.map(({ statement }) => statement.replacedBy))).toEqual([['001'], ['001']]);
  });

  it('goes where its author says so if rows are worked on before', async () => {
    const { sequence } = await safeWayOf(guarded, change.replace('DROP', "DELETE FROM orders WHERE status = 'new'; DROP"));
    expect(sequence.migrations[0]?.statements.map(({ sql }) => sql)).toContain('ALTER TABLE orders DISABLE ROW LEVEL SECURITY');
  });
});
