import { analyze } from '@planwright/analyzer';
import type { Context, Operation, Statement } from '@planwright/spec';
import { loadPostgresql } from '@planwright/sql/postgresql';
import { describe, expect, it } from 'vitest';
import { planFromContext } from './index.js';

const before = `CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, placed_by bigint NOT NULL, total_cents integer NOT NULL DEFAULT 0, status text, note text);
CREATE VIEW totals AS SELECT placed_by, sum(total_cents) AS total FROM orders GROUP BY placed_by;`;

const changes: Readonly<Record<string, string>> = {
  'a rename under a view, NOT NULL and a drop':
    'ALTER TABLE orders RENAME COLUMN placed_by TO customer_id; ALTER TABLE orders ALTER COLUMN status SET NOT NULL; ALTER TABLE orders DROP COLUMN note;',
  'a foreign key and an index': 'ALTER TABLE orders ADD FOREIGN KEY (placed_by) REFERENCES customers (id); CREATE INDEX ON orders (status);',
  'a label of a new type': "CREATE TYPE kind AS ENUM ('web'); ALTER TABLE orders ADD COLUMN kind kind NOT NULL DEFAULT 'web';",
};

const input = { templates: [], now: '2026-11-20T10:30:00Z' };

/** A change as SQL, with the schema before it, and the same as operations alone. */
async function both(change: string, version: string) {
  const dialect = await loadPostgresql();
  const files = [
    { path: 'migrations/20260101000000_before.sql', text: before },
    { path: 'migrations/20260201000000_change.sql', text: change },
  ];
  const read = await analyze({ files, dialect, version });
  if (!('change' in read)) throw new Error(JSON.stringify(read.issues));
  const context: Context = {
    target: { database: 'postgresql', framework: 'sql', version },
    change: {
      before: read.before,
      migrations: read.change.migrations.map(({ id, statements }) => ({
        id,
        statements: statements.map(({ operations }): Statement => ({ operations: operations.map((operation): Operation => operation) })),
      })),
    },
  };
  return { read, plan: await planFromContext(context, input) };
}

describe.each(Object.keys(changes))('%s', (name) => {
  it.each(['13', '16'])('has the same hazards and the same sequence as operations alone, on PostgreSQL %s', async (version) => {
    const { read, plan } = await both(changes[name] ?? '', version);
    const hazards = (statements: readonly Statement[]) =>
      statements.map(({ findings = [] }) => findings.map(({ rule, verdict, message }) => ({ rule, verdict, message })));
    const written = plan.context.change.migrations.flatMap(({ statements }) => statements);
    expect(hazards(written)).toEqual(hazards(read.change.migrations.flatMap(({ statements }) => statements)));
    expect(written.map(({ verdicts }) => verdicts)).toEqual(read.change.migrations.flatMap(({ statements }) => statements.map(({ verdicts }) => verdicts)));
    const shown = (migrations: typeof read.sequence.migrations) =>
      migrations.map(({ name: called, gateBefore, transaction, statements }) => ({
        called,
        gateBefore,
        transaction,
        statements: statements.map(({ sql, down }) => ({ sql, down })),
      }));
    expect(shown(plan.context.sequence?.migrations ?? [])).toEqual(shown(read.sequence.migrations));
    expect(read.sequence.migrations.length).toBeGreaterThan(0);
    expect(written.every(({ sql }) => sql === undefined)).toBe(true);
  });
});

it('says which version was assumed where nobody gives one', async () => {
  const { plan } = await both(changes['a foreign key and an index'] ?? '', '16');
  const { version: _, ...target } = plan.context.target;
  const { sequence: _sequence, ...rest } = plan.context;
  const again = await planFromContext({ ...rest, target }, input);
  expect(again.context.target).toMatchObject({ version: '16', versionBasis: 'default' });
});
