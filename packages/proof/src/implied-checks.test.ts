// A check that takes another's place is said to fail on no row where the other implies it. PostgreSQL is asked for a row that one lets through and the other refuses.
import { historyHazards, readScripts } from '@planwright/analyzer';
import { createPglite, emptyDatabase, type PgliteEngine } from '@planwright/rehearsal';
import { afterAll, beforeAll, expect, it } from 'vitest';

const checks = [
  ...['>', '>=', '<', '<=', '=', '<>'].flatMap((operator) => [1, 2, 2.5].map((number) => `total ${operator} ${number}`)),
  'total IN (1, 2)',
  'total IN (2, 3)',
  'total IN (1, 2, 3)',
  'total > 0 AND total < 3',
  'total >= 1 AND other > 1',
  'total > 0 OR other > 0',
  'other > 1',
  'total IS NOT NULL',
  'total IN (1, 2) AND total IS NOT NULL',
];

let engine: PgliteEngine;
beforeAll(async () => {
  engine = await createPglite({ from: await emptyDatabase() });
  const values = 'SELECT generate_series(-1, 5)::numeric UNION ALL SELECT 1.5 UNION ALL SELECT 2.5 UNION ALL SELECT NULL';
  await engine.run(`CREATE TABLE orders AS SELECT one.v AS total, two.v AS other FROM (${values}) AS one (v), (${values}) AS two (v)`);
}, 60_000);
afterAll(async () => {
  await engine.close();
});

it('holds on every row, of every pair', async () => {
  const pairs = checks.flatMap((rule) => checks.map((wanted) => ({ rule, wanted })));
  const files = pairs.map(({ rule, wanted }, place) => ({
    path: `${place}.sql`,
    text: `CREATE TABLE orders_${place} (total numeric, other numeric); ALTER TABLE orders_${place} ADD CONSTRAINT rule CHECK (${rule});`,
    change: `ALTER TABLE orders_${place} DROP CONSTRAINT rule; ALTER TABLE orders_${place} ADD CONSTRAINT rule CHECK (${wanted});`,
  }));
  const history = await readScripts({
    files: files.flatMap(({ path, text, change }) => [
      { path, text },
      { path: `change-${path}`, text: change },
    ]),
  });
  const hazards = new Map([...historyHazards(history)].map(([{ source }, statements]) => [source.id, statements] as const));
  const implied = pairs.filter((_, place) => hazards.get(`change-${place}.sql`)?.at(-1)?.verdicts?.data?.outcome === 'safe');
  // Each implies itself, and a good many imply others.
  expect(implied.filter(({ rule, wanted }) => rule === wanted)).toHaveLength(checks.length);
  expect(implied.length).toBeGreaterThan(checks.length * 2);
  const refused = await engine.query<{ readonly rule: string; readonly wanted: string }>(
    implied
      .map(({ rule, wanted }) => `SELECT '${rule}' AS rule, '${wanted}' AS wanted FROM orders WHERE (${rule}) IS NOT FALSE AND (${wanted}) IS FALSE`)
      .join(' UNION '),
  );
  expect(refused).toEqual([]);
}, 60_000);
