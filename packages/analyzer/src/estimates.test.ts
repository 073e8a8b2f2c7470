import type { TableFacts } from '@planwright/spec';
import { describe, expect, it } from 'vitest';
import { estimateOf, isQuick } from './estimates.js';
import { judge } from './judged-statement.js';
import { readForTest } from './read-for-test.js';

const schema = 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note varchar(20));';
const sizes = (...facts: TableFacts[]) => new Map(facts.map((one) => [one.table, one]));

async function statement(sql: string) {
  const { statements } = await readForTest(sql, schema);
  const [judged] = judge(statements).statements;
  if (!judged) throw new Error('There is no statement.');
  return judged.statement;
}

describe('an estimate', () => {
  it('comes from the bytes of the table and names its rates', async () => {
    const { verdicts, operations } = await statement('ALTER TABLE orders ALTER customer_id SET NOT NULL');
    expect(estimateOf(verdicts?.lock ?? {}, sizes({ table: 'orders', bytes: 1_000_000_000 }), operations)).toEqual({
      min: 2,
      max: 10,
      basis: 'predicted',
      from: '1 GB of orders read at 100 to 500 MB a second',
    });
  });

  it('comes from rows where the bytes are not known, with a wider range', async () => {
    const { verdicts } = await statement('ALTER TABLE orders ALTER customer_id SET NOT NULL');
    const estimate = estimateOf(verdicts?.lock ?? {}, sizes({ table: 'orders', rows: 1_000_000 }));
    expect(estimate).toMatchObject({ min: 0.1, max: 5 });
    expect(estimate?.from).toContain('1000000 rows of 50 to 500 bytes');
  });

  it('takes a rewrite for slower than an index build, and a build for slower than a read', async () => {
    const facts = sizes({ table: 'orders', bytes: 1_000_000_000 });
    const seconds = async (sql: string) => {
      const { verdicts, operations } = await statement(sql);
      return estimateOf(verdicts?.lock ?? {}, facts, operations)?.max ?? 0;
    };
    const read = await seconds('ALTER TABLE orders ALTER customer_id SET NOT NULL');
    const build = await seconds('CREATE INDEX ON orders (customer_id)');
    const rewrite = await seconds('ALTER TABLE orders ALTER id TYPE numeric');
    expect(read).toBeGreaterThan(0);
    expect(build).toBeGreaterThan(read);
    expect(rewrite).toBeGreaterThan(build);
  });

  it('is absent where no size is known, and where nothing is read', async () => {
    const scan = await statement('ALTER TABLE orders ALTER customer_id SET NOT NULL');
    expect(estimateOf(scan.verdicts?.lock ?? {}, sizes({ table: 'customers', rows: 3 }))).toBeUndefined();
    const brief = await statement('ALTER TABLE orders ADD COLUMN currency text');
    expect(estimateOf(brief.verdicts?.lock ?? {}, sizes({ table: 'orders', rows: 3 }))).toBeUndefined();
  });
});

describe('a statement', () => {
  it('is quick on two hundred rows and not on two hundred million', async () => {
    const scan = await statement('ALTER TABLE orders ALTER customer_id SET NOT NULL');
    expect(isQuick(scan, sizes({ table: 'orders', rows: 200 }))).toBe(true);
    expect(isQuick(scan, sizes({ table: 'orders', rows: 200_000_000 }))).toBe(false);
  });

  it('is quick whatever the size when it reads nothing in full, and never when its lock or size is not known', async () => {
    expect(isQuick(await statement('ALTER TABLE orders ADD COLUMN currency text'), new Map())).toBe(true);
    expect(isQuick(await statement('ALTER TABLE orders ALTER customer_id SET NOT NULL'), new Map())).toBe(false);
    expect(isQuick(await statement('DO $$ BEGIN EXECUTE current_setting(1); END $$'), sizes({ table: 'orders', rows: 1 }))).toBe(false);
  });
});
