// Whether PostgreSQL keeps a default that is NULL depends on the type of its column: a snapshot that is predicted has it where the catalogue has it.
import { readScripts } from '@planwright/analyzer';
import { createPglite, emptyDatabase, type PgliteEngine, readSnapshot } from '@planwright/rehearsal';
import type { Snapshot } from '@planwright/spec';
import { afterAll, beforeAll, expect, it } from 'vitest';

const types = [
  ['integer', 'text', 'varchar', 'varchar(10)', 'char(3)', 'bpchar', 'numeric', 'numeric(5,2)', 'timestamp', 'timestamptz(3)', 'time(0)', 'interval'],
  ['interval(3)', 'bit', 'bit(3)', 'varbit', 'varbit(3)', 'integer[]', 'varchar(10)[]', 'bit[]', 'positive', 'positive[]', 'short_name', 'mood', 'jsonb'],
].flat();
const casts: readonly (readonly [type: string, written: string])[] = [
  ['integer', '(NULL)'],
  ['integer', 'NULL::int4'],
  ['integer', 'CAST(NULL AS integer)'],
  ['bigint', 'NULL::integer'],
  ['text', 'NULL::varchar'],
  ['timestamptz', 'NULL::timestamp'],
  ['mood', 'NULL::mood'],
  ['text', "'NULL'"],
];
const columns = [...types.map((type) => [type, 'NULL'] as const), ...casts].map(([type, written], place) => ({ name: `c${place}`, type, written }));

const made = `
  CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
  CREATE DOMAIN short_name AS varchar(20) DEFAULT NULL;
  CREATE DOMAIN age AS integer DEFAULT NULL;
  CREATE TYPE mood AS ENUM ('calm', 'wild');
  CREATE TABLE created (${columns.map(({ name, type, written }) => `${name} ${type} DEFAULT ${written}`).join(', ')});
  CREATE TABLE added ();
  CREATE TABLE altered (${columns.map(({ name, type }) => `${name} ${type}`).join(', ')});
  CREATE TABLE orders (id integer, placed integer DEFAULT 1) PARTITION BY LIST (id);
  CREATE TABLE orders_1 PARTITION OF orders (placed DEFAULT NULL) FOR VALUES IN (1);
  ${columns.map(({ name, type, written }) => `ALTER TABLE added ADD COLUMN ${name} ${type} DEFAULT ${written};`).join('\n')}
  ${columns.map(({ name, written }) => `ALTER TABLE altered ALTER COLUMN ${name} SET DEFAULT ${written};`).join('\n')}
  ALTER DOMAIN age SET DEFAULT 18;
  ALTER DOMAIN age SET DEFAULT NULL;
`;

let engine: PgliteEngine;
beforeAll(async () => {
  engine = await createPglite({ from: await emptyDatabase() });
}, 60_000);
afterAll(async () => {
  await engine.close();
});

const kept = ({ tables, domains = [] }: Snapshot): readonly string[] =>
  [
    ...tables.flatMap((table) => table.columns.map((column) => `${table.name}.${column.name} ${column.default === undefined ? 'none' : 'a default'}`)),
    ...domains.map((domain) => `${domain.name} ${domain.default === undefined ? 'none' : 'a default'}`),
  ].sort();

it('predicts which columns keep a default of NULL', async () => {
  const { migrations, snapshot } = await readScripts({ files: [{ path: 'made.sql', text: made }] });
  for (const { sql } of migrations.flatMap(({ statements }) => statements)) expect((await engine.run(sql)).error, sql).toBeUndefined();
  expect(kept(snapshot)).toEqual(kept(await readSnapshot(engine)));
});
