import type { Table } from '@planwright/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSnapshot } from '../catalogue.js';
import { createPglite, emptyDatabase, type PgliteEngine } from '../engines/pglite/create-pglite.js';
import { checksums, compareChecksums } from './checksums.js';
import { fillRows } from './fill-rows.js';
import { fixture, fixtureExtensions } from './fixture-for-test.js';
import { makeRows } from './make-rows.js';
import { rowSql } from './row-sql.js';
import { tableOrder } from './table-order.js';

let engine: PgliteEngine;
beforeAll(async () => {
  engine = await createPglite({ extensions: fixtureExtensions, from: await emptyDatabase() });
  for (const statement of fixture) expect((await engine.run(statement)).error, statement).toBeUndefined();
}, 60_000);
afterAll(async () => {
  await engine.close();
});

/** Empties every table that the tests fill, as if nothing had run. */
async function emptied(): Promise<void> {
  const { tables } = await readSnapshot(engine);
  await engine.query(`TRUNCATE ${tables.map(({ schema = 'public', name }) => `${schema}.${name}`).join(', ')} RESTART IDENTITY CASCADE`);
}

describe('filling', () => {
  it('gives every table as many rows as were asked for, beside those that are there', async () => {
    const { tables } = await fillRows(engine, await readSnapshot(engine), { rows: 60, seed: 1 });
    // Of 60 customers, each with the next, there are 59 pairs.
    expect(tables.filter(({ added }) => added !== 60).map(({ name, added }) => ({ name, added }))).toEqual([{ name: 'friends', added: 59 }]);
    expect(tables.flatMap(({ name, note }) => (name === 'friends' ? [] : (note ?? [])))).toEqual([
      expect.stringMatching(/^`guarded` got its rows with its triggers set aside.*P0001: too small/),
    ]);
    const [{ rows = 0 } = {}] = await engine.query<{ readonly rows: number }>('SELECT count(*)::int AS rows FROM categories');
    expect(rows).toBe(62);
  }, 60_000);

  it('spreads rows over the partitions and refers to earlier rows of the same table', async () => {
    const [seen] = await engine.query(
      `SELECT (SELECT count(*)::int FROM events_2025) AS y2025, (SELECT count(*)::int FROM events_2026_web) AS y2026, (SELECT count(*) > 10 FROM customers WHERE referred_by < id) AS earlier`,
    );
    expect(seen).toEqual({ y2025: 30, y2026: 30, earlier: true });
  });

  it('leaves the triggers as they were', async () => {
    expect((await engine.run('INSERT INTO guarded VALUES (-5, 1)')).error?.code).toBe('P0001');
  });

  it('gives the same rows for the same seed and others for another', async () => {
    const sums = [];
    for (const seed of [7, 7, 8]) {
      await emptied();
      const snapshot = await readSnapshot(engine);
      await fillRows(engine, snapshot, { rows: 40, seed });
      sums.push(await checksums(engine, snapshot));
    }
    const [one = [], same = [], other = []] = sums;
    expect(compareChecksums(one, same)).toEqual([]);
    expect(new Set(compareChecksums(one, other).map((sentence) => /`(\w+)/.exec(sentence)?.[1])).size).toBeGreaterThan(15);
  }, 60_000);

  it('says what became of values and rows, under the names that they have now', async () => {
    const before = await checksums(engine, await readSnapshot(engine), { tables: ['products', 'orders'] });
    await engine.query('ALTER TABLE products RENAME COLUMN kind TO sort');
    await engine.query('UPDATE products SET price = price + 1');
    await engine.query('DELETE FROM line_notes');
    await engine.query('DELETE FROM order_lines');
    await engine.query(`DELETE FROM orders WHERE id IN (SELECT id FROM orders ORDER BY id LIMIT 2)`);
    const after = await checksums(engine, await readSnapshot(engine), { tables: ['products', 'orders'] });
    expect(compareChecksums(before, after, { columns: { 'products.kind': 'sort' }, touched: ['products.gross'] })).toEqual([
      '`orders` had 40 rows and has 38.',
      'Values of `products.price` are others than before.',
    ]);
    await engine.query('ALTER TABLE products RENAME COLUMN sort TO kind');
  });

  it('takes the constraints of a later schema into account', async () => {
    await emptied();
    const snapshot = await readSnapshot(engine);
    const tables = snapshot.tables.map((table) =>
      table.name !== 'orders'
        ? table
        : {
            ...table,
            columns: table.columns.map((column) => (column.name === 'total' ? { ...column, notNull: true } : column)),
            constraints: [
              ...(table.constraints ?? []),
              { type: 'check' as const, expression: "placed_on >= '2026-02-01'::date" },
              { type: 'unique' as const, columns: ['placed_on'] },
            ],
          },
    );
    await fillRows(engine, snapshot, { rows: 50, seed: 3, satisfying: { ...snapshot, tables } });
    const [seen] = await engine.query(
      `SELECT count(*)::int AS rows, count(total)::int AS totals, count(DISTINCT placed_on)::int AS days, min(placed_on) >= '2026-02-01' AS late FROM orders`,
    );
    expect(seen).toEqual({ rows: 50, totals: 50, days: 50, late: true });
  }, 60_000);

  it('repeats nothing that a later key needs apart, whatever its new columns are given', async () => {
    await emptied();
    const snapshot = await readSnapshot(engine);
    const key = { type: 'unique' as const, columns: ['tenant', 'placed_on'] as [string, ...string[]] };
    const tables = snapshot.tables.map((table) =>
      table.name !== 'orders'
        ? table
        : { ...table, columns: [...table.columns, { name: 'tenant', type: 'bigint' }], constraints: [...(table.constraints ?? []), key] },
    );
    await fillRows(engine, snapshot, { rows: 400, seed: 3, satisfying: { ...snapshot, tables } });
    expect(await engine.query('SELECT count(*)::int AS rows, count(DISTINCT placed_on)::int AS days FROM orders')).toEqual([{ rows: 400, days: 400 }]);
  }, 60_000);
});

describe('a plan of rows', () => {
  it('has a table after those that a key to come refers to, where that is possible', () => {
    const table = (name: string, ...to: readonly string[]): Table => ({
      name,
      columns: [{ name: 'id', type: 'bigint' }],
      constraints: to.map((target) => ({ type: 'foreignKey' as const, columns: ['id'] as [string], references: { table: target } })),
    });
    const orderOf = (before: readonly Table[], after: readonly Table[]) => tableOrder(before, after).map((placed) => placed.table.name);
    expect(orderOf([table('events'), table('projects')], [table('events', 'projects'), table('projects')])).toEqual(['projects', 'events']);
    // What is there before the change comes first.
    expect(orderOf([table('events'), table('projects', 'events')], [table('events', 'projects'), table('projects', 'events')])).toEqual(['events', 'projects']);
  });

  it('has one INSERT a table, after the tables that it refers to', async () => {
    const { tables } = makeRows(await readSnapshot(engine), { rows: 10, seed: 1, tables: ['line_notes'] });
    expect(tables.map(({ table }) => table.table)).toEqual(['customers', 'products', 'orders', 'order_lines', 'line_notes']);
    expect(tables.every(({ sql }) => sql.length === 1 && sql[0]?.startsWith('INSERT INTO'))).toBe(true);
  });

  it('has a statement for one new row of each table', async () => {
    const snapshot = await readSnapshot(engine);
    const failed: string[] = [];
    for (const { schema, name, partitionOf } of snapshot.tables) {
      if (partitionOf || name === 'guarded') continue;
      const sql = rowSql(snapshot, { schema, table: name }, { seed: 1 });
      for (const number of [5001, 5002]) await engine.query(sql ?? '', [number]).catch((error: Error) => failed.push(`${name}: ${error.message}`));
    }
    expect(failed).toEqual([]);
  });
});
