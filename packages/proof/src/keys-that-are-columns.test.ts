// An index on what a cast makes of a column is one on the column itself, once the column has the type of the cast.
import { readScripts } from '@planwright/analyzer';
import { createPglite, emptyDatabase, type PgliteEngine, readSnapshot } from '@planwright/rehearsal';
import type { Snapshot } from '@planwright/spec';
import { afterAll, beforeAll, expect, it } from 'vitest';

const made = `
  CREATE TABLE downloads (id bigint, date timestamp, at timestamp, "Day" timestamp, total integer);
  CREATE INDEX by_call ON downloads (date(date));
  CREATE INDEX by_cast ON downloads ((at::date), id);
  CREATE INDEX by_name ON downloads ((CAST("Day" AS date)));
  CREATE INDEX by_other ON downloads ((total::bigint), lower(total::text));
  ALTER TABLE downloads ALTER date TYPE date;
  ALTER TABLE downloads ALTER at TYPE date, ALTER "Day" TYPE date;
  ALTER TABLE downloads ALTER total TYPE numeric;
`;

let engine: PgliteEngine;
beforeAll(async () => {
  engine = await createPglite({ from: await emptyDatabase() });
}, 120_000);
afterAll(async () => {
  await engine.close();
});

const keys = ({ tables }: Snapshot): readonly string[] =>
  tables.flatMap(({ indexes = [] }) => indexes.map((index) => `${index.name}: ${index.keys.map(({ column }) => column ?? 'an expression').join(', ')}`)).sort();

it('predicts which keys of an index are columns', { timeout: 60_000 }, async () => {
  const { migrations, snapshot } = await readScripts({ files: [{ path: 'made.sql', text: made }] });
  for (const { sql } of migrations.flatMap(({ statements }) => statements)) expect((await engine.run(sql)).error, sql).toBeUndefined();
  expect(keys(snapshot)).toEqual(keys(await readSnapshot(engine)));
  expect(keys(snapshot)).toContain('by_call: date');
});
