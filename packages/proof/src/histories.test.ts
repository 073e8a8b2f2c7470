import { fileURLToPath } from 'node:url';
import { analyzeHistory, readHistory } from '@planwright/analyzer';
import { missingExtension } from '@planwright/rehearsal';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { startEngine } from './engine-for-test.js';
import { readFolder } from './read-folder.js';
import { replayOn } from './replay-history.js';
import { replayLocks } from './replay-locks.js';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));
const started = await startEngine({ extensions: ['pg_trgm', 'btree_gist'] });
afterAll(async () => {
  if ('engine' in started) await started.engine.close();
});

async function historyOf(name: string) {
  const history = await readHistory({ files: readFolder(`${fixtures}/${name}`) });
  if (!('migrations' in history)) throw new Error(history.issues.map(({ message }) => message).join('\n'));
  return history;
}

if ('reason' in started) {
  console.warn(`No history is replayed: ${started.reason}`);
  it.skip('predicts the schema', () => {});
} else {
  const { engine } = started;
  beforeEach(async () => {
    for (const statement of ['DROP SCHEMA public CASCADE', 'DROP SCHEMA IF EXISTS billing CASCADE', 'CREATE SCHEMA public']) await engine.query(statement);
  });

  it.each([
    ['shop', 'prisma', 6],
    ['guest-house', 'sql', 6],
    ['bookings', 'sql', 4],
  ])('predicts the schema that the database has after every migration: %s', async (name, framework, migrations) => {
    const report = await replayOn(engine, await historyOf(name), { every: true });
    expect(report.refusal).toBeUndefined();
    expect(report).toMatchObject({ framework, migrations, compared: migrations, unknown: 0, differences: [], earlier: [], names: [] });
  });

  it.each(['shop', 'guest-house', 'bookings'])('takes the locks that were predicted: %s', async (name) => {
    const history = await analyzeHistory({ files: readFolder(`${fixtures}/${name}`) });
    if (!('analyses' in history)) throw new Error(history.issues.map(({ message }) => message).join('\n'));
    const report = await replayLocks(engine, history);
    expect(report.refusal).toBeUndefined();
    expect(report.judged).toBeGreaterThan(20);
    expect(report.disagreements).toEqual([]);
    expect(report.work).toEqual([]);
  });

  it('stops where the database refuses, and says which extension is missing', async () => {
    const { dialect, ...history } = await historyOf('shop');
    const [catalogue] = history.migrations;
    const statements = catalogue!.statements.map((statement) => ({ ...statement, sql: 'CREATE INDEX ON pg_class USING gin (relname gin_trgm_ops)' }));
    const { refusal, compared } = await replayOn(engine, { ...history, dialect, migrations: [{ ...catalogue!, statements }] });
    expect(compared).toBe(0);
    expect(refusal).toMatchObject({ migration: '20260105090000_catalogue', error: { code: '42704' } });
    expect(refusal && missingExtension(refusal.error)).toBe('pg_trgm');
  });
}
