import type { AcceptedHazard } from '@planwright/spec';
import { describe, expect, it } from 'vitest';
import { analyze } from './analyze.js';

const before = 'CREATE TABLE orders (id bigint PRIMARY KEY, status text);\nCREATE TABLE shipments (id bigint PRIMARY KEY);';

async function planned(sql: string, accept: readonly AcceptedHazard[] = []) {
  const analysis = await analyze({
    files: [
      { path: 'migrations/0001_shop.sql', text: before },
      { path: 'migrations/0002_change.sql', text: sql },
    ],
    database: 'postgresql',
    accept,
  });
  if (!('change' in analysis)) throw new Error('There is no analysis.');
  const statements = analysis.change.migrations.flatMap((migration) => migration.statements);
  return { statements, sequence: analysis.sequence, issues: analysis.issues };
}

const codes = (issues: readonly { readonly code: string }[]) => issues.map(({ code }) => code).filter((code) => /accept|rule/.test(code));

describe('a hazard is accepted', () => {
  it('by a comment above the statement, which keeps its finding and stays as written', async () => {
    const { statements, sequence, issues } = await planned('-- planwright: accept drop-table because the export of May has it\nDROP TABLE shipments;');
    expect(statements[0]?.findings?.map(({ rule }) => rule)).toEqual(['drop-table']);
    expect(statements[0]?.accepted).toEqual([{ rule: 'drop-table', reason: 'the export of May has it', where: 'migrations/0002_change.sql:1' }]);
    expect(sequence.migrations.flatMap((migration) => migration.statements.map(({ sql }) => sql))).toEqual(['DROP TABLE shipments']);
    expect(codes(issues)).toEqual([]);
  });

  it('by a comment beside it, as a line or between slashes and asterisks', async () => {
    const line = await planned('DROP TABLE shipments; -- planwright: accept drop-table because it is empty');
    expect(line.statements[0]?.accepted).toHaveLength(1);
    const block = await planned('/* planwright: accept drop-table\n   because nobody\n   reads it */ DROP TABLE shipments;');
    expect(block.statements[0]?.accepted?.[0]?.reason).toBe('nobody reads it');
  });

  it('together with another of the same statement', async () => {
    const { statements } = await planned(
      '-- planwright: accept rewrite-to-move-or-compact, set-unlogged because it is a cache\nALTER TABLE orders SET UNLOGGED;',
    );
    expect(statements[0]?.accepted?.map(({ rule }) => rule)).toEqual(['rewrite-to-move-or-compact', 'set-unlogged']);
  });

  it('by the configuration, with who says so', async () => {
    const accept = [{ rule: 'drop-table', reason: 'It is archived.', by: 'dba', tables: ['shipments'] }];
    const { statements } = await planned('DROP TABLE shipments;\nDROP TABLE orders;', accept);
    expect(statements[0]?.accepted).toEqual([{ rule: 'drop-table', reason: 'It is archived.', by: 'dba', where: 'accept[0] of the configuration' }]);
    expect(statements[1]?.accepted).toBeUndefined();
  });

  it('in the migrations that the entry names, and in no other', async () => {
    const other = await planned('DROP TABLE shipments;', [{ rule: 'drop-table', reason: 'It is archived.', migrations: ['0009_other'] }]);
    expect(other.statements[0]?.accepted).toBeUndefined();
    expect(codes(other.issues)).toEqual([]);
  });
});

describe('an acceptance is reported', () => {
  it('when it gives no reason, and then it does not count', async () => {
    const { statements, issues } = await planned('\n-- planwright: accept drop-table\nDROP TABLE shipments;');
    expect(statements[0]?.accepted).toBeUndefined();
    expect(issues.find(({ code }) => code === 'acceptance-without-reason')).toMatchObject({ file: 'migrations/0002_change.sql', line: 2, column: 1 });
    expect(codes((await planned('DROP TABLE shipments;', [{ rule: 'drop-table', reason: ' ' }])).issues)).toEqual(['acceptance-without-reason']);
  });

  it('when no rule has that id, with the nearest', async () => {
    const { issues } = await planned('-- planwright: accept drop-tabel because it is empty\nDROP TABLE shipments;');
    expect(issues.find(({ code }) => code === 'unknown-rule')?.hint).toBe('Did you mean drop-table?');
  });

  it('when nothing was found that it accepts', async () => {
    const { issues } = await planned('-- planwright: accept drop-table because it is empty\nALTER TABLE orders ADD COLUMN note text;');
    expect(issues.find(({ code }) => code === 'acceptance-unused')).toMatchObject({ line: 1, severity: 'warning' });
    const configured = await planned('DROP VIEW IF EXISTS nothing;', [{ rule: 'drop-table', reason: 'It is archived.', migrations: ['0002_change'] }]);
    expect(codes(configured.issues)).toEqual(['acceptance-unused']);
  });

  it('when no statement follows it, and when it is not understood', async () => {
    expect(codes((await planned('ALTER TABLE orders ADD COLUMN note text;\n\n-- planwright: accept drop-table because it is empty\n')).issues)).toEqual([
      'acceptance-unused',
    ]);
    expect(codes((await planned('-- planwright: ignore everything\nDROP TABLE shipments;')).issues)).toEqual(['acceptance-syntax']);
  });

  it('not for a text of a string, nor for other comments', async () => {
    const { issues } = await planned("-- plans by planwright: see the wiki\nINSERT INTO orders VALUES (1, '-- planwright: accept drop-table');");
    expect(codes(issues)).toEqual([]);
  });
});
