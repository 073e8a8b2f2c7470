import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPostgresql, nodeOf, type PostgresqlDialect, stringsOf } from './index.js';

let postgresql: PostgresqlDialect;
beforeAll(async () => {
  postgresql = await loadPostgresql();
});

const kinds = (text: string): readonly string[] =>
  postgresql.parse(text).statements.map((statement) => (statement.kind === 'parsed' ? statement.node.kind : statement.kind));

describe('parse for PostgreSQL', () => {
  it('gives each statement its source, place, comments and tree', () => {
    const text = '-- Orders get a currency.\n  ALTER TABLE billing.orders ADD COLUMN currency text; \n';
    const [statement] = postgresql.parse(text).statements;
    expect(statement).toMatchObject({
      kind: 'parsed',
      sql: 'ALTER TABLE billing.orders ADD COLUMN currency text',
      line: 2,
      column: 3,
      start: 28,
      leadingComments: [{ text: 'Orders get a currency.', line: 1 }],
    });
    if (statement?.kind !== 'parsed' || statement.node.kind !== 'AlterTableStmt') throw new Error('not an ALTER TABLE');
    const { relation, cmds } = statement.node.value;
    const column = nodeOf('ColumnDef', nodeOf('AlterTableCmd', cmds?.[0])?.def);
    expect([relation?.schemaname, relation?.relname, column?.colname, stringsOf(column?.typeName?.names)]).toEqual(['billing', 'orders', 'currency', ['text']]);
    expect(text.slice(column?.location).startsWith('currency')).toBe(true);
  });

  it('reads a file that has nothing to run', () => {
    const { statements, issues, comments } = postgresql.parse('\uFEFF-- This migration is empty.\r\n--> statement-breakpoint\r\n');
    expect([statements, issues, comments.length]).toEqual([[], [], 2]);
  });

  it('gives the good statements around a bad one, and says where it is bad', () => {
    const { statements, issues } = postgresql.parse("CREATE TABLE guests (id int);\r\nCREATE TABEL rooms (name text DEFAULT 'é');\r\nDROP TABLE carts;", {
      file: '7.sql',
    });
    expect(statements.map(({ kind, line }) => [kind, line])).toEqual([
      ['parsed', 1],
      ['invalid', 2],
      ['parsed', 3],
    ]);
    expect(issues).toEqual([
      {
        file: '7.sql',
        code: 'sql-syntax',
        message: 'Syntax error at "TABEL": PostgreSQL\'s grammar expected something else here.',
        line: 2,
        column: 8,
        hint: 'Did you mean TABLE?',
      },
    ]);
  });

  it('places an error after characters of two code units', () => {
    const [issue] = postgresql.parse("SELECT '😀日本' FROM FROM x").issues;
    expect(issue).toMatchObject({ line: 1, column: 20 });
  });

  it('says that a statement, a string or a comment is not finished', () => {
    const messages = ['ALTER TABLE', "SELECT 'a", 'SELECT $$ a', 'SELECT 1; /* a'].map((text) =>
      postgresql.parse(text).issues.map(({ message, column }) => `${column}: ${message}`),
    );
    expect(messages).toEqual([
      ['12: The statement ends too early: PostgreSQL expected more.'],
      ['8: A quoted string is opened here and never closed; everything after it was read as part of it.'],
      ['8: A dollar-quoted string is opened here and never closed; everything after it was read as part of it.'],
      ['11: A /* comment is opened here and never closed; everything after it was read as part of it.'],
    ]);
  });

  it('reports lines for psql and reads on', () => {
    const { issues } = postgresql.parse('\\set ON_ERROR_STOP on\nSELECT 1;\nCOPY guests FROM stdin;\n1\n\\.\nSELECT 2;');
    expect(issues.map(({ code, line }) => [code, line])).toEqual([
      ['sql-psql-command', 1],
      ['sql-copy-data', 4],
    ]);
    expect(kinds('\\set a\nSELECT 1;\nCOPY guests FROM stdin;\n1\n\\.\nSELECT 2;')).toEqual(['command', 'SelectStmt', 'CopyStmt', 'data', 'SelectStmt']);
  });

  it('refuses NUL instead of reading only up to it', () => {
    const { statements, issues } = postgresql.parse('SELECT 1; DROP \0 TABLE guests; SELECT 2');
    expect([statements.map(({ kind }) => kind), issues[0]?.code, issues[0]?.column]).toEqual([['parsed', 'invalid', 'parsed'], 'sql-nul-character', 16]);
  });

  it('refuses what nests deeper than the grammar can hold, and stays usable', () => {
    const deep = [`SELECT 1${' + 1'.repeat(100_000)}`, `SELECT ${'array['.repeat(5000)}`, `SELECT 1${' UNION SELECT 1'.repeat(50_000)}`];
    expect(deep.map((text) => postgresql.parse(text).issues[0]?.code)).toEqual(['sql-too-deep', 'sql-too-deep', 'sql-too-deep']);
    expect(kinds('SELECT 1')).toEqual(['SelectStmt']);
    expect(kinds(`SELECT ${"'a' || ".repeat(1000)}'b'`)).toEqual(['SelectStmt']);
  });

  it('reads files longer than one call takes', () => {
    const text = "-- größe\nALTER TABLE orders ADD COLUMN note text DEFAULT '😀';\n".repeat(8000);
    const { statements, issues } = postgresql.parse(`${text}ALTER TABEL x;\n${text}`);
    expect([statements.length, issues.map(({ line }) => line), statements.at(-1)?.line]).toEqual([16_001, [16_001], 32_001]);
  });

  it('reads the body of a routine', () => {
    expect(postgresql.parsePlpgsql('DO $$ BEGIN DELETE FROM carts; END $$')).toMatchObject({ functions: [{ PLpgSQL_function: {} }] });
    expect(postgresql.parsePlpgsql('DO $$ BEGIN DELETE FROM; END $$')).toHaveProperty('error');
  });

  it('gives the pieces of `split` also where the grammar says where they are', () => {
    const sql = fc.constantFrom(
      'SELECT 1',
      'WITH a AS (SELECT 1) SELECT 2',
      'DROP TABLE carts',
      "COMMENT ON TABLE carts IS '--é'",
      'VALUES (1)',
      'UPDATE t SET a = 1 - -- é\n2',
    );
    const between = fc.constantFrom(';', ';\n', ' -- why\n;', '; -- why\n', ';/* a\n b */ -- c\r\n', ';;/* é */', '\n/* a */\n;\v');
    fc.assert(
      fc.property(fc.constantFrom('', '\uFEFF', '-- first\n', ' '), fc.array(fc.tuple(sql, between)), (head, parts) => {
        const text = head + parts.flat().join('');
        const { statements, comments } = postgresql.parse(text);
        const { pieces, comments: rest } = postgresql.split(text);
        expect(statements).toMatchObject(pieces.map(({ kind: _, ...piece }) => ({ ...piece, kind: 'parsed' })));
        expect([statements.length, comments]).toEqual([pieces.length, rest]);
      }),
    );
  });

  it('places a tree at the very start, and says where it keeps none', () => {
    const [statement] = postgresql.parse('WITH a AS (SELECT 1) SELECT 2').statements;
    expect(statement).toMatchObject({ node: { value: { withClause: { location: 0 } } } });
  });

  it('points at the right characters, whatever stands before', () => {
    const space = fc.constantFrom(' ', '\n', '\r\n', '\t', '-- é😀\n', '/* 日本; */', ' -- \u{10FFFF}\r\n', ';');
    const name = fc.string({ unit: fc.constantFrom('a', 'é', '日', '😀', '"', ';'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.tuple(fc.array(space), name), { minLength: 1, maxLength: 8 }), (mark, parts) => {
        const text =
          (mark ? '\uFEFF' : '') +
          parts.map(([before, table]) => `${before.join('')}DROP TABLE ${postgresql.quoteIdentifier(table)}`).join(';') +
          ';SELECT FROM FROM';
        const { statements, issues } = postgresql.parse(text);
        expect(statements.map(({ sql }) => sql)).toEqual([...parts.map(([, table]) => `DROP TABLE ${postgresql.quoteIdentifier(table)}`), 'SELECT FROM FROM']);
        const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n/);
        for (const { line, column, sql } of statements) expect(lines[line - 1]?.slice(column - 1).startsWith(sql)).toBe(true);
        expect(lines[(issues[0]?.line ?? 0) - 1]?.slice((issues[0]?.column ?? 0) - 1)).toBe('FROM');
      }),
    );
  });
});
