// A column that is filled where an old one says so: what running code writes to the old one between the batches and its end is not lost.
import { analyze } from '@planwright/analyzer';
import { createPglite, emptyDatabase, type PgliteEngine } from '@planwright/rehearsal';
import { afterAll, beforeAll, expect, it } from 'vitest';

const before = `
  CREATE TABLE orders (id bigint PRIMARY KEY, closed boolean NOT NULL DEFAULT false, label text, state text NOT NULL DEFAULT 'open', title text);
  CREATE VIEW open_orders AS SELECT id FROM orders WHERE NOT closed;`;
const change = `
  UPDATE orders SET state = 'closed' WHERE closed;
  UPDATE orders SET title = label || ' ' || id::text WHERE label IS NOT NULL;
  ALTER TABLE orders DROP COLUMN label;
  ALTER TABLE orders DROP COLUMN closed CASCADE;
  CREATE VIEW open_orders AS SELECT id FROM orders WHERE state <> 'closed';`;

let engine: PgliteEngine;
beforeAll(async () => {
  engine = await createPglite({ from: await emptyDatabase() });
}, 60_000);
afterAll(async () => {
  await engine.close();
});

async function run(...statements: readonly string[]): Promise<void> {
  for (const statement of statements) expect((await engine.run(statement)).error, statement).toBeUndefined();
}

it('follows it, by the rows and the columns that the change names', async () => {
  const files = [
    { path: 'migrations/0001_before.sql', text: before },
    { path: 'migrations/0002_change.sql', text: change },
  ];
  const analysis = await analyze({ files });
  if (!('sequence' in analysis)) throw new Error(analysis.issues[0]?.message);
  const { migrations } = analysis.sequence;
  await run(...before.split(';').filter((statement) => statement.trim() !== ''));
  await run('INSERT INTO orders (id, closed) VALUES (1, true), (2, false), (3, false)');
  const last = migrations.findIndex(({ statements }) => statements.some(({ sql }) => sql?.startsWith('DROP TRIGGER')));
  expect(last).toBeGreaterThan(0);
  const sqlOf = (some: typeof migrations) =>
    some.flatMap(({ statements }) => statements.flatMap(({ sql }) => (sql && !sql.startsWith('SET LOCAL') ? [sql] : [])));

  await run(...sqlOf(migrations.slice(0, last)));
  // What the release of before writes, and one that knows the new column alone.
  await run('UPDATE orders SET closed = true WHERE id = 2', 'INSERT INTO orders (id, closed) VALUES (4, true)', "UPDATE orders SET label = 'A' WHERE id = 3");
  await run("UPDATE orders SET state = 'open' WHERE id = 1");
  await run(...sqlOf(migrations.slice(last)));

  expect(await engine.query('SELECT id::int, state, title FROM orders ORDER BY id')).toEqual([
    { id: 1, state: 'open', title: null },
    { id: 2, state: 'closed', title: null },
    { id: 3, state: 'open', title: 'A 3' },
    { id: 4, state: 'closed', title: null },
  ]);
  expect(await engine.query('SELECT id::int FROM open_orders ORDER BY id')).toEqual([{ id: 1 }, { id: 3 }]);
}, 60_000);
