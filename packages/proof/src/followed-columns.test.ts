// A column that is filled where an old one says so: what running code writes to the old one between the batches and its end is not lost.
import { analyze } from '@planwright/analyzer';
import { createPglite, emptyDatabase, type PgliteEngine } from '@planwright/rehearsal';
import type { Sequence } from '@planwright/spec';
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

/** What a database runs of migrations, without what they say of their session. */
function sqlOf(migrations: Sequence['migrations']): readonly string[] {
  return migrations.flatMap(({ statements }) => statements.flatMap(({ sql }) => (sql && !sql.startsWith('SET LOCAL') ? [sql] : [])));
}

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

it('keeps what a release that is there before the batches has given the new columns', async () => {
  const before = `CREATE TABLE people (id bigint PRIMARY KEY, full_name text, age text);
    INSERT INTO people VALUES (1, 'Ana Duarte', '41')`;
  const change = `ALTER TABLE people ADD COLUMN first_name text, ADD COLUMN last_name text;
    UPDATE people SET first_name = split_part(full_name, ' ', 1), last_name = split_part(full_name, ' ', 2);
    ALTER TABLE people DROP COLUMN full_name;
    ALTER TABLE people ALTER COLUMN age TYPE integer USING age::integer`;
  const files = [before, change].map((text, place) => ({ path: `migrations/000${place + 1}_step.sql`, text }));
  const analysis = await analyze({ files });
  if (!('sequence' in analysis)) throw new Error(analysis.issues[0]?.message);
  const { migrations, gates = [] } = analysis.sequence;
  const gate = migrations.findIndex(({ id }) => id === gates[0]?.before);
  // The trigger refuses an age that is none, so that the next release is there before the batches.
  expect(migrations.findIndex(({ statements }) => statements.some(({ sql }) => sql?.startsWith('CALL ')))).toBeGreaterThan(gate);
  await run(...before.split(';'));
  await run(...sqlOf(migrations.slice(0, gate)));
  await run("INSERT INTO people (id, first_name, age) VALUES (2, 'Rui', '30')", "UPDATE people SET first_name = 'Anna' WHERE id = 1");
  await run(...sqlOf(migrations.slice(gate)));
  expect(await engine.query('SELECT id::int, first_name, last_name, age FROM people ORDER BY id')).toEqual([
    { id: 1, first_name: 'Anna', last_name: 'Duarte', age: 41 },
    { id: 2, first_name: 'Rui', last_name: null, age: 30 },
  ]);
}, 60_000);
