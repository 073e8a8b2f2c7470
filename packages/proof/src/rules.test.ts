// Every rule meets PostgreSQL: its example is reported once, and what it says happens is seen to happen.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyze } from '@planwright/analyzer';
import {
  createPglite,
  emptyDatabase,
  type PgliteEngine,
  readFiles,
  readLocks,
  readRelations,
  readScans,
  rewrittenBetween,
  scannedBetween,
} from '@planwright/rehearsal';
import type { Finding, Statement } from '@planwright/spec';
import { loadPostgresql, type PostgresqlDialect } from '@planwright/sql/postgresql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../analyzer/src/rules/postgresql/', import.meta.url));

interface Example {
  readonly id: string;
  readonly before: string;
  readonly unsafe: string;
  /** Rows on which the example fails. */
  readonly dirty?: string;
}

const examples: readonly Example[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'rule.ts')))
  .map(({ name }) => ({
    id: name,
    before: readFileSync(join(folder, name, 'before.sql'), 'utf8'),
    unsafe: readFileSync(join(folder, name, 'unsafe.sql'), 'utf8'),
    ...(existsSync(join(folder, name, 'dirty.sql')) ? { dirty: readFileSync(join(folder, name, 'dirty.sql'), 'utf8') } : {}),
  }));

/** Rules whose danger is a scan or rewrite while writers wait, by the start of what they say. The others of the kind are about waiting and transactions. */
const slow = /rewrites$|scans$|builds-index$|blocks-writes$|nullable-index$|proof-dropped$/;

let engine: PgliteEngine;
let dialect: PostgresqlDialect;
beforeAll(async () => {
  dialect = await loadPostgresql();
  engine = await createPglite({ extensions: ['citext', 'pgcrypto'], from: await emptyDatabase() });
}, 60_000);
afterAll(async () => {
  await engine.close();
});

/** Statements with what rules found, of the example as a change of its own. */
async function read({ before, unsafe, id }: Example, advice: boolean): Promise<readonly Statement[]> {
  const files = [
    { path: `migrations/0001_before.sql`, text: before },
    { path: `migrations/0002_${id.replaceAll('-', '_')}.sql`, text: unsafe },
  ].filter(({ text }) => text.trim() !== '');
  const analysis = await analyze({ files, advice, dialect, version: versionFor(id) });
  if (!('change' in analysis)) throw new Error(JSON.stringify(analysis.issues));
  return analysis.change.migrations.flatMap(({ statements }) => statements);
}

/** Some rules are about one version. */
function versionFor(id: string): string {
  return id.endsWith('-on-14') ? '14' : id === 'syntax-newer-than-target' ? '12' : '16';
}

function statementsOf(text: string): readonly string[] {
  return dialect.split(text).pieces.flatMap((piece) => (piece.kind === 'sql' ? [piece.sql] : []));
}

/** Runs it in a transaction that is taken back. */
async function onScratch<Result>(work: () => Promise<Result>): Promise<Result> {
  await engine.query('BEGIN');
  try {
    return await work();
  } finally {
    await engine.query('ROLLBACK');
  }
}

async function make(script: string): Promise<void> {
  for (const statement of statementsOf(script)) {
    const { error } = await engine.run(statement);
    if (error) throw new Error(`${statement}: ${error.message}`);
  }
}

/** Fills each table with rows whose values follow from their number; tables that refuse them stay as they are. */
async function fill(rows: number): Promise<void> {
  const columns = await engine.query<{ readonly table: string; readonly column: string; readonly type: string }>(
    `SELECT c.oid::regclass::text AS table, quote_ident(a.attname) AS column, format_type(a.atttypid, NULL) AS type
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity <> 'a'
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace ORDER BY c.oid, a.attnum`,
  );
  const tables = new Map<string, (typeof columns)[number][]>();
  for (const column of columns) tables.set(column.table, [...(tables.get(column.table) ?? []), column]);
  for (const [table, parts] of tables) {
    await engine.query('SAVEPOINT filling');
    const { error } = await engine.run(
      `INSERT INTO ${table} (${parts.map(({ column }) => column).join(', ')}) SELECT ${parts.map(({ type }) => value(type)).join(', ')} FROM generate_series(1, ${rows}) AS n`,
    );
    await engine.query(error ? 'ROLLBACK TO filling' : 'RELEASE filling');
  }
}

function value(type: string): string {
  switch (type) {
    case 'bigint':
    case 'integer':
      return 'n';
    case 'smallint':
      return '(n % 30000)';
    case 'numeric':
    case 'double precision':
      return 'n / 100.0';
    case 'text':
    case 'character varying':
      return `'guest' || n || '@example.org'`;
    case 'date':
      return `date '2026-01-01' + n % 300`;
    case 'daterange':
      return `daterange(date '2000-01-01' + n, date '2000-01-02' + n)`;
    case 'timestamp without time zone':
    case 'timestamp with time zone':
      return `timestamp '2026-01-01' + n * interval '1 minute'`;
    case 'boolean':
      return 'n % 2 = 0';
    default:
      return 'NULL';
  }
}

describe.each(examples.map((example) => [example.id, example] as const))('%s', (id, example) => {
  it('has a schema that PostgreSQL takes', async () => {
    await onScratch(() => make(example.before));
  });

  it('is reported once in its example', async () => {
    const statements = await read(example, true);
    const found = statements.flatMap(({ findings = [] }) => findings.filter(({ rule }) => rule === id));
    expect(found.map(({ rule }) => rule)).toEqual([id]);
  });
});

describe('what holds up writers is seen to', () => {
  it.each(examples.filter(({ id }) => slow.test(id)).map((example) => [example.id, example] as const))('%s', async (id, example) => {
    const reported = (await read(example, true)).find(({ findings }) => findings?.some(({ rule }) => rule === id));
    expect(reported?.sql).toBeDefined();
    await onScratch(async () => {
      await make(example.before);
      await fill(1000);
      const relations = await readRelations(engine);
      const [files, scans] = [await readFiles(engine), await readScans(engine)];
      await make(reported?.sql ?? '');
      const worked = new Set(
        [...rewrittenBetween(files, await readFiles(engine)), ...scannedBetween(scans, await readScans(engine))].map((oid) => relations.get(oid)),
      );
      const locks = (await readLocks(engine, relations)).filter(({ mode }) => /^(?:SHARE|SHARE ROW EXCLUSIVE|EXCLUSIVE|ACCESS EXCLUSIVE)$/.test(mode));
      expect(locks.map(({ relation }) => relation).filter((relation) => worked.has(relation))).not.toEqual([]);
    });
  });
});

/** The finding of a rule in its example. */
async function findingOf(example: Example): Promise<{ readonly statement: Statement; readonly finding: Finding }> {
  for (const statement of await read(example, true))
    for (const finding of statement.findings ?? []) if (finding.rule === example.id) return { statement, finding };
  throw new Error(`${example.id} finds nothing in its example.`);
}

async function count(query: string): Promise<number> {
  const [row] = await engine.query<{ readonly count: number | string }>(query);
  return Number(row?.count);
}

describe('what fails on rows fails on those that its query counts', () => {
  it.each(examples.filter(({ dirty }) => dirty !== undefined).map((example) => [example.id, example] as const))('%s', async (_, example) => {
    const { statement, finding } = await findingOf(example);
    const { query } = finding;
    await onScratch(async () => {
      await make(example.before);
      if (query !== undefined) expect(await count(query)).toBe(0);
      await make(statement.sql ?? '');
    });
    await onScratch(async () => {
      await make(example.before);
      await make(example.dirty ?? '');
      if (query !== undefined) expect(await count(query)).toBeGreaterThan(0);
      expect((await engine.run(statement.sql ?? '')).error?.code).toMatch(/^(?:22|23)/);
    });
  });
});

describe('what is refused whatever the rows are is refused on none', () => {
  it.each(examples.filter(({ id }) => id.endsWith('-refused')).map((example) => [example.id, example] as const))('%s', async (_, example) => {
    const { statement, finding } = await findingOf(example);
    await onScratch(async () => {
      await make(example.before);
      const { error } = await engine.run(statement.sql ?? '');
      expect(error?.code).toBeDefined();
      expect(finding.message).toContain(error?.code);
    });
  });
});
