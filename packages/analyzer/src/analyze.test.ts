import { describe, expect, it } from 'vitest';
import { type Analysis, analyze, analyzeHistory } from './analyze.js';
import type { SourceFile } from './project.js';
import { dialectForTest, shop, shopChange } from './read-for-test.js';

const lock: SourceFile = { path: 'prisma/migrations/migration_lock.toml', text: 'provider = "postgresql"' };
const up = (id: string, text: string): SourceFile => ({ path: `prisma/migrations/${id}/migration.sql`, text });

async function analysis(files: readonly SourceFile[], migrations?: readonly string[]): Promise<Analysis> {
  const result = await analyze({ files, dialect: await dialectForTest(), ...(migrations ? { migrations } : {}) });
  if (!('change' in result)) throw new Error(result.issues.map(({ message }) => message).join('\n'));
  return result;
}

describe('analyze', () => {
  it('plans the newest migration of the shop: statements with places, safe steps by phase, and the point from which there is no way back', async () => {
    const { change, sequence, issues } = await analysis([lock, up('20260101000000_init', shop), up('20261120103000_multi_currency_orders', shopChange)]);
    expect(issues).toEqual([]);
    expect(change.earlier).toBe(1);
    expect(change.migrations[0]?.statements.map(({ id, line }) => `${id}:${line}`)).toEqual(['s1:3', 's2:4', 's3:9', 's4:10', 's5:11', 's6:12', 's7:13']);
    expect(change.migrations[0]?.replacedBy).toBe(true);
    expect(change.before?.tables.map(({ name }) => name)).toEqual(['orders']);
    expect(change.after?.tables.map(({ name }) => name).sort()).toEqual(['currencies', 'order_refunds', 'orders']);
    // What runs as written gets its phase from the plan.
    const phases = sequence.migrations.flatMap(({ phase }) => phase ?? []);
    expect([...new Set(phases)]).toEqual(['expand', 'migrate', 'contract', 'cleanup']);
    const last = sequence.migrations.at(-1);
    expect(last).toMatchObject({ phase: 'cleanup', reversibility: { kind: 'irreversible', reason: 'the values of orders.legacy_ref are gone' } });
    expect(sequence.migrations.filter(({ reversibility }) => reversibility?.kind === 'irreversible')).toEqual([last]);
    expect(last?.statements.find(({ sql }) => sql?.includes('legacy_ref'))?.down).toContain('ADD COLUMN legacy_ref varchar(40)');
  });

  it('gives migrations the earlier ones they rest on', async () => {
    const files = [
      lock,
      up('1_tables', 'CREATE TABLE rooms (id int PRIMARY KEY); CREATE TABLE guests (id int PRIMARY KEY)'),
      up('2_guests', 'ALTER TABLE guests ADD name text'),
      up('3_stays', 'CREATE TABLE stays (room int REFERENCES rooms, guest int REFERENCES guests)'),
    ];
    const { sequence } = await analysis(files, ['1_tables', '2_guests', '3_stays']);
    expect(sequence.migrations.map(({ dependsOn }) => dependsOn)).toEqual([[], ['001'], ['001', '002']]);
  });

  it('runs a single concurrent build outside a transaction', async () => {
    const { sequence } = await analysis([lock, up('1_init', shop), up('2_index', 'CREATE INDEX CONCURRENTLY "ix status" ON orders (status)')]);
    expect(sequence.migrations[0]).toMatchObject({
      transaction: 'none',
      transactionReason: 'CREATE INDEX CONCURRENTLY cannot run inside one.',
    });
  });

  it('says that a concurrent build beside another statement fails', async () => {
    const { issues } = await analysis([lock, up('1_init', shop), up('2_index', 'ALTER TABLE orders ADD x int;\nCREATE INDEX CONCURRENTLY ix ON orders (x)')]);
    expect(issues).toMatchObject([{ code: 'refused-in-transaction', file: 'prisma/migrations/2_index/migration.sql', line: 2, column: 1 }]);
  });

  it('finds the place of a syntax error, behind a byte order mark and CRLF too, and goes on', async () => {
    const { issues, change } = await analysis([lock, up('1_init', '\uFEFFCREATE TABLE a (id int);\r\nCREATE TABEL b (id int);\r\nCREATE TABLE c (id int);')]);
    expect(issues).toMatchObject([{ code: 'sql-syntax', file: 'prisma/migrations/1_init/migration.sql', line: 2, column: 8 }]);
    expect(change.migrations[0]?.statements.map(({ operations }) => operations[0]?.type)).toEqual(['createTable', 'unknown', 'createTable']);
  });

  it('forgets temporary tables when the migration ends', async () => {
    const { snapshot } = await analysis([lock, up('1_init', 'CREATE TEMP TABLE scratch AS SELECT 1 AS x')]);
    expect(snapshot.tables).toEqual([]);
  });

  it('says which migration there is when a name is wrong', async () => {
    const result = await analyze({ files: [lock, up('20260101000000_init', shop)], dialect: await dialectForTest(), migrations: ['20260101000000_unit'] });
    expect(result.issues).toMatchObject([{ code: 'unknown-migration', hint: 'Did you mean 20260101000000_init?' }]);
  });

  it('says that an empty migration is empty', async () => {
    const { issues, sequence } = await analysis([lock, up('1_init', '-- nothing yet\n')]);
    expect(issues.map(({ code }) => code)).toEqual(['empty-migration']);
    expect(sequence.migrations[0]?.statements).toEqual([]);
  });
});

describe('analyzeHistory', () => {
  it('gives every migration as a change of its own', async () => {
    const result = await analyzeHistory({ files: [lock, up('1_init', shop), up('2_change', shopChange)], dialect: await dialectForTest() });
    if (!('analyses' in result)) throw new Error('no history');
    expect([...result.analyses()].map(([{ source }, { change }]) => [source.id, change.earlier])).toEqual([
      ['1_init', 0],
      ['2_change', 1],
    ]);
  });
});
