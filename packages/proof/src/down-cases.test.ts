import { readdirSync, readFileSync } from 'node:fs';
import { createPglite, emptyDatabase, fingerprintDifference, type PgliteEngine, readDefinitions, readFingerprint } from '@planwright/rehearsal';
import { downBetween } from '@planwright/sql';
import { loadPostgresql } from '@planwright/sql/postgresql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

type Definitions = Awaited<ReturnType<typeof readDefinitions>>;
type Fingerprint = Awaited<ReturnType<typeof readFingerprint>>;

const folder = new URL('../fixtures/downs/', import.meta.url);
const { split } = await loadPostgresql();

/** A schema, and changes of it that have nothing to do with each other. */
const topics = readdirSync(folder)
  .filter((file) => file.endsWith('.sql'))
  .map((file) => {
    const [before = '', ...ups] = readFileSync(new URL(file, folder), 'utf8').split(/^-- up\n/m);
    return { topic: file.replace('.sql', ''), before, ups: ups.map((up) => up.trim()) };
  });

let engine: PgliteEngine;
beforeAll(async () => {
  engine = await createPglite({ extensions: ['citext'], from: await emptyDatabase() });
});
afterAll(async () => engine.close());

async function runAll(statements: readonly string[]): Promise<void> {
  for (const statement of statements) expect((await engine.run(statement)).error?.message, statement).toBeUndefined();
}

const piecesOf = (text: string): readonly string[] => split(text).pieces.map(({ sql }) => sql);

describe.each(topics)('the way back from the two catalogues: $topic', { timeout: 120_000 }, ({ before, ups }) => {
  // Each change begins at the savepoint, where the catalogue is always the same: it is read once.
  let first: Definitions;
  let wanted: Fingerprint;
  beforeAll(async () => {
    await engine.query('BEGIN');
    await runAll(piecesOf(before));
    await engine.query('SAVEPOINT start');
    [first, wanted] = [await readDefinitions(engine), await readFingerprint(engine)];
  });
  afterAll(async () => {
    await engine.query('ROLLBACK');
  });

  it.each(ups)('of %s', async (up) => {
    await engine.query('ROLLBACK TO start');
    await runAll(piecesOf(up));
    const { statements } = downBetween({ before: first, after: await readDefinitions(engine) });
    await runAll(statements);
    const { missing, extra, exactButForOrderAndNames } = fingerprintDifference(wanted, await readFingerprint(engine));
    expect(exactButForOrderAndNames, [...statements, '', ...missing.map((line) => `- ${line}`), ...extra.map((line) => `+ ${line}`)].join('\n')).toBe(true);
  });
});
