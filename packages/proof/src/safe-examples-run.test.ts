// The safe form of each rule's example meets PostgreSQL: it runs, holds nobody up for a scan or rewrite, and ends as the example itself does.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyze } from '@planwright/analyzer';
import { createPglite, emptyDatabase, type PgliteEngine } from '@planwright/rehearsal';
import { loadPostgresql, type PostgresqlDialect } from '@planwright/sql/postgresql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planOf, walk } from './safe-walk.js';

const folder = fileURLToPath(new URL('../../analyzer/src/rules/postgresql/', import.meta.url));
const ids = readdirSync(folder).filter((id) => existsSync(join(folder, id, 'safe.sql')));

/** Examples that PostgreSQL refuses by themselves, so that there is no end to compare with. */
const refused: Readonly<Record<string, string>> = {
  'enum-value-used-before-commit': 'the label is used in the transaction that adds it',
  'pending-trigger-events': 'a deferred key still waits when the table is altered',
  'refused-in-transaction': 'CREATE INDEX CONCURRENTLY stands between BEGIN and COMMIT',
};

/** Examples whose danger is that rows stand in the way: their ends are compared without others. */
const withoutRows: Readonly<Record<string, string>> = {
  'attach-partition-rows-outside': 'rows lie outside the bounds',
  'attach-partition-scans': 'rows made for the table lie outside the bounds',
  'not-null-column-breaks-inserts': 'rows that exist have no value',
  'not-null-column-without-default': 'rows that exist have no value',
};

let engine: PgliteEngine;
let dialect: PostgresqlDialect;
beforeAll(async () => {
  dialect = await loadPostgresql();
  engine = await createPglite({ extensions: ['citext', 'pgcrypto'], from: await emptyDatabase() });
}, 60_000);
afterAll(async () => {
  await engine.close();
});

function exampleOf(id: string) {
  const text = (file: string): string => readFileSync(join(folder, id, file), 'utf8');
  return { name: id, before: text('before.sql'), change: text('unsafe.sql'), version: id.endsWith('-on-14') ? '14' : '16' };
}

it('names no example that has no safe form', () => {
  expect([...Object.keys(refused), ...Object.keys(withoutRows)].filter((id) => !ids.includes(id))).toEqual([]);
});

describe.each(ids.filter((id) => refused[id] === undefined))('%s', (id) => {
  it('ends as the example does, and holds nobody up', async () => {
    const example = exampleOf(id);
    const { waited, end } = await walk(example, await planOf(example, dialect), engine, dialect, { back: false, ...(withoutRows[id] ? { rows: 0 } : {}) });
    expect({ waited, end }).toEqual({ waited: [], end: [] });
  });
});

/** What the rule of an example still finds in its safe form, in any of the migrations. */
async function foundAgain(id: string): Promise<readonly string[]> {
  const { before, change, version } = exampleOf(id);
  const { sequence } = await planOf({ before, change, version }, dialect);
  const planned = sequence.migrations.map((migration, place) => ({
    path: `migrations/202602010000${String(place).padStart(2, '0')}_${migration.name}.sql`,
    text: `${migration.transaction === 'none' ? '-- no-transaction\n' : ''}${migration.statements.map(({ sql }) => `${sql};`).join('\n')}\n`,
  }));
  const files = [{ path: 'migrations/20260101000000_before.sql', text: before }, ...planned].filter(({ text }) => text.trim() !== '');
  const analysis = await analyze({ files, dialect, version, migrations: planned.map(({ path }) => path.slice('migrations/'.length, -'.sql'.length)) });
  if (!('change' in analysis)) throw new Error(JSON.stringify(analysis.issues));
  return analysis.change.migrations.flatMap(({ statements }) =>
    statements.flatMap(({ sql, findings = [] }) => findings.flatMap((one) => (one.rule === id && one.verdict === 'lock' ? [`${sql}: ${one.message}`] : []))),
  );
}

describe.each(ids)('%s', (id) => {
  it('finds no lock in its own safe form', async () => {
    expect(await foundAgain(id)).toEqual([]);
  });
});
