import { describe, expect, it } from 'vitest';
import { safeWayOf } from './safe-way-for-test.js';

describe('an enum type that is built anew under its name', () => {
  const states = `CREATE TYPE state AS ENUM ('open', 'paid');
CREATE TABLE orders (id bigint PRIMARY KEY, state state NOT NULL DEFAULT 'open');
CREATE TABLE refunds (id bigint PRIMARY KEY, state state);
CREATE TABLE tags (name text);`;
  const retyped = (table: string): string => `ALTER TABLE ${table} ALTER COLUMN state TYPE state USING state::text::state;`;
  const change = (rest: string): string => `ALTER TYPE state RENAME TO state_old; CREATE TYPE state AS ENUM ('void', 'paid', 'open');
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT; ${retyped('orders')} ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'open'; ${rest} DROP TYPE state_old;`;
  const planned = async (sql: string) => {
    const { sequence } = await safeWayOf(states, sql);
    const phaseOf = (text: string) => sequence.migrations.find(({ statements }) => statements.some((statement) => statement.sql?.includes(text)))?.phase;
    return { sequence, phaseOf, gates: (sequence.gates ?? []).map(({ demand = '' }) => demand) };
  };

  it('loses nothing on the way back: what stands beside the old columns holds copies', async () => {
    const { sequence } = await planned(change(retyped('refunds')));
    expect(sequence.migrations.flatMap(({ reversibility }) => reversibility?.loses ?? [])).toEqual([]);
  });

  it('keeps the old name until the columns take over, in whatever order the change does it', async () => {
    const { sequence, phaseOf } = await planned(change(retyped('refunds')));
    expect(phaseOf('CREATE TYPE state_new')).toBe('expand');
    expect(phaseOf('ALTER TYPE state RENAME TO state_old')).toBe('contract');
    const renames = sequence.migrations
      .find(({ name }) => name === 'switch_orders')
      ?.statements.flatMap(({ sql = '', verdicts }) => (sql.includes('TYPE') ? [verdicts?.code?.breaksOld] : []));
    expect(renames).toEqual([false, false]);
  });

  it('needs a release that casts to it nowhere, where several tables take over one after the other', async () => {
    const { gates } = await planned(change(retyped('refunds')));
    expect(gates[0]).toContain('casts nothing to `state`, which its tables take over one after the other');
  });

  it.each([
    ['a column of it stays', ''],
    ['the change makes another column of it', `${retyped('refunds')} ALTER TABLE refunds ADD COLUMN former state;`],
    ['a later statement casts to it', `${retyped('refunds')} UPDATE refunds SET state = 'paid'::state;`],
  ])('stays as written where %s, and waits for the release as a whole', async (_, rest) => {
    const { phaseOf, sequence } = await planned(change(`${rest} CREATE INDEX tags_by_name ON tags (name);`));
    expect(phaseOf('CREATE TYPE state_new')).toBeUndefined();
    expect(phaseOf('CREATE INDEX CONCURRENTLY')).toBe('migrate');
    const written = sequence.migrations.find(({ statements }) => statements.some(({ sql }) => sql?.includes('RENAME TO state_old')));
    expect(written?.phase).toBe('contract');
    expect(written?.statements.map(({ sql }) => sql)).toContain(retyped('orders').replace(/;$/, ''));
    expect(phaseOf('DROP TYPE state_old')).toBe('cleanup');
  });
});

describe('a type that cannot hold every value', () => {
  const before = 'CREATE TABLE orders (id bigint PRIMARY KEY, placed_by bigint NOT NULL, total_cents integer, status text);';

  it('is met by the release before the trigger refuses what does not fit', async () => {
    const { sequence } = await safeWayOf(before, 'ALTER TABLE orders ALTER COLUMN status TYPE varchar(5)');
    const [gate] = sequence.gates ?? [];
    expect(gate).toMatchObject({ after: '001', before: '002' });
    expect(gate?.demand).toContain('writes to `orders.status` only values that fit the new type');
    const fill = sequence.migrations.flatMap(({ statements }) => statements).find(({ operations }) => operations?.[0]?.type === 'backfill');
    expect(fill?.verdicts?.data).toMatchObject({ outcome: 'may fail', reason: 'Fails with 22001 when a value of `orders.status` does not fit varchar(5).' });
  });

  it('comes behind the steps that nobody notices where every value fits', async () => {
    const { sequence } = await safeWayOf(before, 'ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint');
    expect(sequence.gates?.[0]?.before).not.toBe('002');
  });
});

describe('a default that is a label which goes', () => {
  const before = `CREATE TYPE state AS ENUM ('draft', 'open', 'paid'); CREATE TABLE orders (id bigint PRIMARY KEY, state state NOT NULL DEFAULT 'draft');`;
  const change = (end: string) => `CREATE TYPE state_new AS ENUM ('open', 'paid', 'void');
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;
ALTER TABLE orders ALTER COLUMN state TYPE state_new USING (state::text::state_new);
ALTER TYPE state RENAME TO state_old; ALTER TYPE state_new RENAME TO state; DROP TYPE state_old; ${end}`;

  it('gives way to that of the end with the trigger that refuses it', async () => {
    const { sequence } = await safeWayOf(before, change("ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'open';"));
    const sync = sequence.migrations.find(({ name }) => name === 'sync_orders');
    expect(sync?.statements[1]?.sql).toBe("ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'open'");
    expect(sync?.statements[1]?.down).toBe("ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'draft'");
    expect(sequence.gates?.[0]?.demand).not.toContain('INSERT');
  });

  it.each(['', "ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'void';"])('is named by the release where no default fits both types', async (end) => {
    const { sequence } = await safeWayOf(before, change(end));
    expect(sequence.gates?.[0]?.demand).toContain("names `orders.state` in each INSERT, as its default 'draft' does not fit");
  });
});

describe('a column that follows one which goes', () => {
  it('follows it where code leaves it to its default, too', async () => {
    const { sequence } = await safeWayOf(
      "CREATE TABLE orders (id bigint PRIMARY KEY, status text NOT NULL DEFAULT 'open');",
      `ALTER TABLE orders ADD COLUMN is_open boolean NOT NULL DEFAULT true;
UPDATE orders SET is_open = (status = 'open');
ALTER TABLE orders DROP COLUMN status;`,
    );
    const sync = sequence.migrations.flatMap(({ statements }) => statements).find(({ sql }) => sql?.startsWith('CREATE FUNCTION orders_sync_columns'));
    expect(sync?.sql).toContain("IF (TG_OP = 'INSERT' AND (NEW.is_open IS NULL OR NEW.is_open IS NOT DISTINCT FROM true)) OR (TG_OP = 'UPDATE' AND");
  });
});

describe('rows that only the release gives a value, beside a column that changes its type', () => {
  it('are filled behind its gate, with all that rests on them', async () => {
    const { sequence } = await safeWayOf(
      'CREATE TABLE users (id bigint PRIMARY KEY, tenant_id bigint NOT NULL); CREATE TABLE orders (id int PRIMARY KEY, user_id bigint NOT NULL);',
      `ALTER TABLE orders ALTER COLUMN id TYPE bigint;
ALTER TABLE orders ADD COLUMN tenant_id bigint;
UPDATE orders SET tenant_id = u.tenant_id FROM users u WHERE u.id = orders.user_id;
ALTER TABLE orders ALTER COLUMN tenant_id SET NOT NULL;`,
    );
    const names = sequence.migrations.map(({ name }) => name);
    const gate = sequence.migrations.findIndex(({ gateBefore }) => gateBefore === 'G1');
    expect(names[gate]).toBe('backfill_orders');
    expect(names.indexOf('prepare_orders')).toBeLessThan(gate);
    for (const later of ['build_orders_pkey_new', 'validate_orders', 'switch_orders']) expect(names.indexOf(later)).toBeGreaterThan(gate);
    const backfill = sequence.migrations.flatMap(({ statements }) => statements).find(({ sql }) => sql?.startsWith('CREATE PROCEDURE'))?.sql;
    expect(backfill).toContain('tenant_id IS NULL');
    expect(backfill).toContain('id_new IS DISTINCT FROM id::bigint');
  });
});

describe('a timestamp that gets its zone', () => {
  it('is taken back by the same zone until its old column goes, and after', async () => {
    const { sequence } = await safeWayOf(
      'CREATE TABLE orders (id bigint PRIMARY KEY, placed timestamp NOT NULL);',
      "ALTER TABLE orders ALTER COLUMN placed TYPE timestamptz USING placed AT TIME ZONE 'UTC';",
    );
    expect(sequence.migrations.map(({ reversibility }) => reversibility?.kind).slice(-2)).toEqual(['reversible', 'reversible']);
    expect(sequence.migrations.flatMap(({ statements }) => statements.map(({ sql }) => sql)).join()).toContain(
      "NEW.placed_old := NEW.placed AT TIME ZONE 'UTC';",
    );
  });
});

describe('a type that keeps less of each value', () => {
  const rounding = async (from: string, to: string) => {
    const { sequence } = await safeWayOf(
      `CREATE TABLE orders (id bigint PRIMARY KEY, total ${from} NOT NULL);`,
      `ALTER TABLE orders ALTER COLUMN total TYPE ${to};`,
    );
    const named = (name: string) => sequence.migrations.find((one) => one.name === name);
    return { sequence, swap: named('switch_orders'), cleanup: named('drop_replaced_orders') };
  };

  it('is taken back until the old column goes: that follows what is written anew, and keeps what was not rounded', async () => {
    const { sequence, swap, cleanup } = await rounding('double precision', 'numeric(10,2)');
    expect(swap?.reversibility).toMatchObject({ kind: 'reversible' });
    expect(swap?.reversibility?.condition).toBeUndefined();
    expect(swap?.statements.map(({ sql }) => sql).join()).toContain("IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.total IS DISTINCT FROM OLD.total) THEN");
    expect(cleanup?.reversibility).toMatchObject({ kind: 'lossy', loses: ['what orders.total has rounded'] });
    // A value that is too great for the new type is refused from the trigger on.
    expect(sequence.gates?.[0]).toMatchObject({ before: '002', demand: expect.stringContaining('only values that fit the new type') });
  });

  it('lets the old column go stale where that cannot hold every value of the new one', async () => {
    const { swap } = await rounding('numeric(12,2)', 'integer');
    expect(swap?.reversibility?.condition).toBe('while no row holds NULL in orders.total_old');
    expect(swap?.reversibility?.query).toBe('SELECT count(*) FROM orders WHERE total_old IS NULL');
  });
});

describe('the way back from a type of labels that took over the name', () => {
  it('gives the names back and writes no table anew', async () => {
    const before = `CREATE TYPE "State" AS ENUM ('open', 'paid', 'lost'); CREATE TABLE orders (id bigint PRIMARY KEY, state "State" NOT NULL DEFAULT 'open');`;
    const change = `CREATE TYPE "State_new" AS ENUM ('open', 'paid');
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;
ALTER TABLE orders ALTER COLUMN state TYPE "State_new" USING (state::text::"State_new");
ALTER TYPE "State" RENAME TO "State_old";
ALTER TYPE "State_new" RENAME TO "State";
DROP TYPE "State_old";
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'open';`;
    const { sequence } = await safeWayOf(before, change);
    const swap = sequence.migrations.find(({ name }) => name === 'switch_orders');
    expect(swap?.reversibility?.kind).toBe('reversible');
    const downs = swap?.statements.flatMap(({ down }) => down ?? []) ?? [];
    expect(downs).toContain('ALTER TYPE "State" RENAME TO "State_new"');
    expect(downs.join()).not.toContain(' USING ');
  });
});

describe('json that becomes jsonb', () => {
  it('can be taken back until the old column goes: that keeps each text until somebody writes another value', async () => {
    const { sequence } = await safeWayOf(
      "CREATE TABLE events (id bigint PRIMARY KEY, payload json NOT NULL DEFAULT '{}');",
      'ALTER TABLE events ALTER COLUMN payload TYPE jsonb USING payload::jsonb',
    );
    const last = sequence.migrations.at(-1);
    expect(last?.reversibility).toMatchObject({ kind: 'lossy', loses: ['what events.payload has respelt'] });
    expect(sequence.migrations.slice(0, -1).map(({ reversibility }) => reversibility?.kind)).not.toContain('irreversible');
  });

  it('waits for a value that somebody has to give another, small table behind the column that holds it', async () => {
    const { sequence } = await safeWayOf(
      'CREATE TABLE events (id bigint PRIMARY KEY, payload json); CREATE TABLE roles (id bigint PRIMARY KEY);',
      'ALTER TABLE events ALTER COLUMN payload TYPE jsonb; ALTER TABLE roles ADD COLUMN rank integer NOT NULL',
      { stats: [{ table: 'roles', rows: 5 }] },
    );
    const at = (text: string) => sequence.migrations.findIndex(({ statements }) => statements.some(({ sql }) => sql?.includes(text)));
    const gate = sequence.gates?.find(({ conditions }) => conditions?.some((one) => one.includes('roles.rank')));
    const first = sequence.migrations.findIndex(({ id }) => id === gate?.before);
    expect(at('ADD COLUMN rank')).toBeLessThan(first);
    expect(at('ALTER COLUMN rank SET NOT NULL')).toBeGreaterThanOrEqual(first);
  });
});
