import { expect, it } from 'vitest';
import { analyze } from '../analyze.js';
import { dialectForTest } from '../read-for-test.js';

const before = `CREATE DOMAIN percent AS integer CHECK (value <= 100);
CREATE TABLE orders (id bigint PRIMARY KEY, total_cents integer NOT NULL, room int, during tsrange);`;
const large = [{ table: 'orders', rows: 50_000_000, bytes: 6_000_000_000 }];
const bounded = / It takes \d+ to \d+ s by estimate \(.*orders.*\)\. Set `lock_timeout` for the session that runs it: nobody then queues/;

async function keptOf(change: string, stats = large) {
  const files = [
    { path: 'migrations/20260101000000_before.sql', text: before },
    { path: 'migrations/20260201000000_change.sql', text: change },
  ];
  const analysis = await analyze({ files, dialect: await dialectForTest(), version: '16', stats });
  if (!('change' in analysis)) throw new Error(JSON.stringify(analysis.issues));
  expect(analysis.sequence.migrations.flatMap(({ statements }) => statements.map(({ sql }) => sql))).toEqual([change]);
  return analysis.change.migrations[0]?.statements[0]?.findings?.find(({ verdict }) => verdict === 'lock')?.kept;
}

it('names what a stored generated column could be instead, how long it takes, and lock_timeout', async () => {
  const kept = await keptOf('ALTER TABLE orders ADD COLUMN total numeric GENERATED ALWAYS AS (total_cents / 100.0) STORED');
  expect(kept).toMatch(
    /^Stays as written: PostgreSQL cannot make a generated column of one that is there.* a plain column, a trigger that computes it and a backfill in batches.* VIRTUAL/,
  );
  expect(kept).toMatch(bounded);
});

it('names the checked column that stands for a domain', async () => {
  const kept = await keptOf('ALTER TABLE orders ADD COLUMN discount percent NOT NULL DEFAULT 0');
  expect(kept).toContain('a column of type integer, CHECK (discount <= 100) NOT VALID and VALIDATE, which ends without the domain');
  expect(kept).toMatch(bounded);
});

it('says that an exclusion constraint has no other form', async () => {
  const kept = await keptOf('ALTER TABLE orders ADD EXCLUDE USING gist (during WITH &&)');
  expect(kept).toMatch(/^Stays as written: PostgreSQL builds the index of an exclusion constraint only under ACCESS EXCLUSIVE.* there is no other form/);
  expect(kept).toMatch(bounded);
});

it('says nothing of a time that nobody can estimate', async () => {
  const kept = await keptOf('ALTER TABLE orders ADD EXCLUDE USING gist (during WITH &&)', []);
  expect(kept).not.toContain('by estimate');
  expect(kept).toContain('Set `lock_timeout`');
});
