// A backfill by key on rows whose keys lie far apart: it goes by the keys that are there.
import { analyze } from '@planwright/analyzer';
import { loadPostgresql } from '@planwright/sql/postgresql';
import { afterEach, expect, it } from 'vitest';
import { startEngine } from './engine-for-test.js';

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
});

it('takes as many batches as the rows need, however far apart their keys are', async (context) => {
  const files = [
    { path: 'migrations/001_orders.sql', text: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n' },
    { path: 'migrations/002_token.sql', text: 'ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();\n' },
  ];
  const analysis = await analyze({ files, dialect: await loadPostgresql(), version: '16' });
  const statements = ('sequence' in analysis ? analysis.sequence?.migrations : undefined)?.flatMap((migration) =>
    migration.statements.flatMap(({ sql }) => sql ?? []),
  );
  const call = statements?.findIndex((sql) => sql.startsWith('CALL ')) ?? -1;
  expect(call).toBeGreaterThan(0);

  const started = await startEngine();
  if ('reason' in started) return context.skip(started.reason);
  const { engine } = started;
  close = () => engine.close();
  expect(await engine.run(files[0]?.text ?? '')).not.toHaveProperty('error');
  // 4,500 rows, the last of them a million million keys away.
  expect(
    await engine.run('INSERT INTO orders SELECT CASE WHEN i = 4500 THEN 1000000000000 ELSE i * 1000 - 7000000 END FROM generate_series(1, 4500) i'),
  ).not.toHaveProperty('error');
  for (const sql of statements?.slice(0, call + 1) ?? []) expect(await engine.run(sql)).not.toHaveProperty('error');
  expect(await engine.query('SELECT batches, rows_changed::int AS changed, next_key FROM orders_backfill_progress')).toEqual([
    { batches: 3, changed: 4500, next_key: 1000000000001 },
  ]);
  expect(await engine.query('SELECT count(*)::int AS n FROM orders WHERE token IS NULL')).toEqual([{ n: 0 }]);
  // A second call finds nothing to do.
  expect(await engine.run(statements?.[call] ?? '')).not.toHaveProperty('error');
  expect(await engine.query('SELECT batches FROM orders_backfill_progress')).toEqual([{ batches: 3 }]);
});
