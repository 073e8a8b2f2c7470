import type { Operation, Snapshot } from '@planwright/spec';
import { describe, expect, it } from 'vitest';
import { downStatements, reversibilityOf, type UpStatement } from './down.js';

const orders = (...columns: readonly string[]): Snapshot => ({ tables: [{ name: 'orders', columns: columns.map((name) => ({ name, type: 'text' })) }] });

const goingBack = (before: Snapshot, after: Snapshot, ...statements: readonly (Omit<UpStatement, 'before'> & { readonly before?: Snapshot })[]) =>
  reversibilityOf({ database: 'postgresql', before, after, statements: statements.map((statement) => ({ before, ...statement })) });

const fill = (where?: string): Operation => ({ type: 'updateRows', table: 'orders', columns: ['note'], ...(where ? { where } : {}) });

describe('the way back of a migration', () => {
  it('loses nothing of a column that comes and goes within it', () => {
    const schema = orders('id');
    expect(
      goingBack(
        schema,
        schema,
        { operations: [{ type: 'addColumn', table: 'orders', column: { name: 'scratch', type: 'text' } }] },
        { before: orders('id', 'scratch'), operations: [{ type: 'dropColumn', table: 'orders', column: 'scratch' }] },
      ),
    ).toMatchObject({ kind: 'reversible' });
  });

  it('knows a table by its new name as the one whose rows were there', () => {
    const after: Snapshot = { tables: [{ name: 'purchases', columns: [{ name: 'id', type: 'text' }] }] };
    expect(
      goingBack(
        orders('id'),
        after,
        { operations: [{ type: 'renameTable', table: 'orders', to: 'purchases' }] },
        { before: after, operations: [{ type: 'deleteRows', table: 'purchases' }] },
      ),
    ).toMatchObject({ kind: 'irreversible', reason: 'the deleted rows of purchases are gone' });
  });

  it.each([
    ['a partition', { partitionOf: { table: 'events', bounds: "FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')" } }],
    ['a table that inherits', { inherits: ['events'] }],
  ])('takes the type of a column back where it is made, and %s follows', (_, child) => {
    const of = (type: string): Snapshot => {
      const columns = [{ name: 'kind', type }];
      return {
        tables: [
          { name: 'events', columns },
          { name: 'events_2025', columns: [...columns], ...child },
        ],
      };
    };
    const up: Operation = { type: 'alterColumnType', table: 'events', column: 'kind', from: 'varchar(40)', to: 'text' };
    const down = downStatements({ database: 'postgresql', before: of('varchar(40)'), after: of('text'), operations: [up] });
    expect(down.statements).toEqual(['ALTER TABLE events ALTER COLUMN kind TYPE varchar(40)']);
    expect(down.reversibility).toMatchObject({ kind: 'reversible', condition: 'while every value of events.kind has at most 40 characters' });
  });

  it.each(['state', 'State', 'state$'])('renames the type `%s` back and leaves its columns alone', (name) => {
    const quote = (text: string) => (/^[a-z_]+$/.test(text) ? text : `"${text}"`);
    const of = (type: string): Snapshot => ({
      enums: [{ name: type, labels: ['open'] }],
      tables: [
        {
          name: 'orders',
          columns: [
            { name: 'now', type: quote(type) },
            { name: 'all', type: `${quote(type)}[]` },
            { name: 'other', type: `billing.${quote(name)}` },
          ],
        },
      ],
    });
    const up: Operation = { type: 'renameType', name, to: `${name}_old` };
    expect(downStatements({ database: 'postgresql', before: of(name), after: of(`${name}_old`), operations: [up] }).statements).toEqual([
      `ALTER TYPE ${quote(`${name}_old`)} RENAME TO ${quote(name)}`,
    ]);
    expect(goingBack(of(name), of(`${name}_old`), { operations: [up] })).toMatchObject({ kind: 'reversible' });
  });

  it('forgets only which rows held NULL when nothing else is filled', () => {
    const schema = orders('id', 'note');
    const filled = { operations: [fill('note IS NULL')] };
    expect(goingBack(schema, schema, filled)).toMatchObject({ kind: 'lossy', loses: ['which rows of orders held NULL in note'] });
    expect(goingBack(schema, schema, { operations: [fill("note IS NULL OR note = ''")] })).toMatchObject({ kind: 'irreversible' });
    expect(downStatements({ database: 'postgresql', before: schema, after: schema, ...filled }).statements).toEqual([]);
  });

  it('trusts a person to write what it has no SQL for, but not to bring rows back', () => {
    const schema = orders('id');
    const inserted: Operation = { type: 'insertRows', table: 'orders' };
    expect(goingBack(schema, schema, { operations: [inserted], sql: 'INSERT INTO orders SELECT 1' })).toMatchObject({ kind: 'irreversible' });
    expect(goingBack(schema, schema, { operations: [inserted], down: 'DELETE FROM orders WHERE batch = 7' })).toMatchObject({ kind: 'reversible' });
    expect(goingBack(schema, schema, { operations: [{ type: 'deleteRows', table: 'orders' }], down: 'SELECT 1' })).toMatchObject({ kind: 'irreversible' });
  });

  it('gives a row back the key that it had, and no other value', () => {
    const versions: Snapshot = {
      tables: [
        {
          name: 'versions',
          columns: ['num', 'note'].map((name) => ({ name, type: 'text' })),
          constraints: [{ type: 'primaryKey', name: 'versions_pkey', columns: ['num'] }],
        },
      ],
    };
    const update = (column: string, set: string, where: string) =>
      downStatements({
        database: 'postgresql',
        before: versions,
        after: versions,
        operations: [{ type: 'updateRows', table: 'versions', columns: [column], set: { [column]: set }, where }],
      });
    expect(update('num', "'b2'", "versions.num = 'a1'")).toMatchObject({
      statements: ["UPDATE versions SET num = 'a1' WHERE num = 'b2'"],
      reversibility: { kind: 'reversible' },
    });
    const others = [update('note', "'b2'", "note = 'a1'"), update('num', 'upper(num)', "num = 'a1'"), update('num', "'b2'", "num > 'a1'")];
    expect(others.map(({ reversibility }) => reversibility.kind)).toEqual(['irreversible', 'irreversible', 'irreversible']);
  });

  it('assumes the worst of what was not analysed', () => {
    const schema = orders('id');
    expect(goingBack(schema, schema, { operations: [{ type: 'unknown', reason: 'A DO block computes the SQL that it runs.' }] })).toMatchObject({
      kind: 'irreversible',
      reason: 'what it does was not analysed: a DO block computes the SQL that it runs',
      basis: 'assumed',
    });
  });

  it('counts in the words of the database, and runs in a transaction where it has one for schemas', () => {
    const wide: Snapshot = { tables: [{ name: 'orders', columns: [{ name: 'note', type: 'varchar(80)' }] }] };
    const before: Snapshot = { tables: [{ name: 'orders', columns: [{ name: 'note', type: 'varchar(40)' }] }] };
    const statements: UpStatement[] = [{ before, operations: [{ type: 'alterColumnType', table: 'orders', column: 'note', to: 'varchar(80)' }] }];
    const answer = (database: 'postgresql' | 'mysql' | 'sqlite') => {
      const { query, transaction } = reversibilityOf({ database, before, after: wide, statements });
      return [query, transaction];
    };
    expect(answer('postgresql')).toEqual(['SELECT count(*) FROM orders WHERE char_length(note) > 40', 'transactional']);
    expect(answer('mysql')).toEqual(['SELECT count(*) FROM orders WHERE char_length(note) > 40', 'none']);
    expect(answer('sqlite')[0]).toBe('SELECT count(*) FROM orders WHERE length(note) > 40');
  });
});

describe('a key that comes back', () => {
  type Parts = Pick<Snapshot['tables'][number], 'constraints' | 'indexes'>;
  const members = (parts: Parts, notNull = true): Snapshot => ({
    tables: [{ name: 'members', columns: ['tenant', 'person'].map((name) => ({ name, type: 'integer', ...(notNull && { notNull }) })), ...parts }],
  });
  const unique: Parts = { constraints: [{ type: 'unique', name: 'members_key', columns: ['tenant', 'person'] }] };
  const key: Parts = { constraints: [{ type: 'primaryKey', name: 'members_pkey', columns: ['tenant', 'person'] }] };
  const index: Parts = { indexes: [{ name: 'members_key', unique: true, keys: [{ column: 'tenant' }, { column: 'person' }] }] };
  const narrow: Parts = { indexes: [{ name: 'members_person', unique: true, keys: [{ column: 'person' }] }] };
  const partial: Parts = { indexes: [{ name: 'members_person', unique: true, keys: [{ column: 'person' }], where: 'tenant > 0' }] };

  it.each([
    ['a constraint while a primary key holds', unique, key],
    ['an index while a primary key holds', index, key],
    ['a primary key while an index on filled columns holds', key, index],
    ['a constraint while a key of fewer columns holds', unique, narrow],
  ])('asks nothing of the rows: %s', (_, before, after) => {
    expect(goingBack(members(before), members(after)).condition).toBeUndefined();
  });

  it('asks for what no other key holds', () => {
    expect(goingBack(members(unique), members(partial)).condition).toBe('while every row of members keeps members_key');
    expect(goingBack(members(index), members({})).condition).toBe('while no two rows of members have the same key of members_key');
    expect(goingBack(members(narrow), members(key)).condition).toBe('while no two rows of members have the same key of members_person');
    // Of NULLs an index lets in as many as there are.
    expect(goingBack(members(key, false), members(index, false)).condition).toBe('while every row of members keeps members_pkey');
  });
});

describe('a table of which nothing is known', () => {
  const nothing: Snapshot = { tables: [] };
  const back = (...operations: readonly Operation[]) => downStatements({ database: 'postgresql', before: nothing, after: nothing, operations });
  const email: Operation = { type: 'addColumn', table: 'guests', column: { name: 'email', type: 'text' } };

  it('goes back by the words of the operations, newest first', () => {
    expect(back(email, { type: 'setNotNull', table: 'guests', column: 'email' }).statements).toEqual([
      'ALTER TABLE guests ALTER COLUMN email DROP NOT NULL',
      'ALTER TABLE guests DROP COLUMN email',
    ]);
    const index: Operation = { type: 'createIndex', table: 'guests', index: { name: 'guests_email', keys: [{ column: 'email' }] }, concurrently: true };
    expect(back(index).statements).toEqual(['DROP INDEX CONCURRENTLY guests_email']);
  });

  it('is none that the statement itself makes, and none that is there on one side', () => {
    expect(back({ type: 'createTable', table: { name: 'guests', columns: [] } }, email).statements).toEqual([]);
    const guests: Snapshot = { tables: [{ name: 'guests', columns: [{ name: 'email', type: 'text' }] }] };
    expect(downStatements({ database: 'postgresql', before: guests, after: guests, operations: [email] }).statements).toEqual([]);
  });
});

describe('what is asked before a way back begins', () => {
  const of = (...columns: readonly (readonly [name: string, notNull: boolean])[]): Snapshot => ({
    tables: [{ name: 'orders', columns: columns.map(([name, notNull]) => ({ name, type: 'numeric', ...(notNull && { notNull }) })) }],
  });

  it('is asked by the names of then', () => {
    const before = of(['total', true], ['total_new', true]);
    const after = of(['total_old', false], ['total', true]);
    const up: readonly Operation[] = [
      { type: 'renameColumn', table: 'orders', column: 'total', to: 'total_old' },
      { type: 'renameColumn', table: 'orders', column: 'total_new', to: 'total' },
      { type: 'dropNotNull', table: 'orders', column: 'total_old' },
    ];
    expect(goingBack(before, after, { operations: up })).toMatchObject({
      condition: 'while no row holds NULL in orders.total_old',
      query: 'SELECT count(*) FROM orders WHERE total_old IS NULL',
    });
  });

  it('is asked of the table by its name of then', () => {
    const before = of(['total', true]);
    const after: Snapshot = { tables: [{ name: 'purchases', columns: [{ name: 'sum', type: 'numeric' }] }] };
    const up: readonly Operation[] = [
      { type: 'renameTable', table: 'orders', to: 'purchases' },
      { type: 'renameColumn', table: 'purchases', column: 'total', to: 'sum' },
      { type: 'dropNotNull', table: 'purchases', column: 'sum' },
    ];
    expect(goingBack(before, after, { operations: up })).toMatchObject({ query: 'SELECT count(*) FROM purchases WHERE sum IS NULL' });
  });
});
