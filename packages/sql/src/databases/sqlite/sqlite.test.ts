import { Parser } from '@guanmingchiu/sqlparser-ts';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadSqlite, type SqliteDialect } from './index.js';
import { split } from './split.js';

let sqlite: SqliteDialect;
beforeAll(async () => {
  sqlite = await loadSqlite();
});

const sqlOf = (text: string): readonly string[] => split(text).pieces.map((piece) => piece.sql);

describe('split for SQLite', () => {
  it.each([
    ['a string', "SELECT 'a;b''c', 'd\\'"],
    ['quoted names', 'SELECT "a;b", `c;d`, [e;f]'],
    ['comments inside', 'SELECT 1 /* a; /* b */ + 1 -- c;\n + 1'],
    ['a trigger', 'CREATE TEMP TRIGGER t AFTER INSERT ON orders BEGIN UPDATE stock SET n = CASE WHEN n > 0 THEN n - 1 END; DELETE FROM carts; END'],
  ])('keeps %s whole', (_, statement) => {
    expect(sqlOf(`${statement};\nSELECT 2;`)).toEqual([statement, 'SELECT 2']);
  });
});

describe('parse for SQLite', () => {
  it.each([
    'REINDEX',
    'REINDEX main.orders_by_guest',
    'PRAGMA foreign_keys = OFF',
    'PRAGMA foreign_keys(on)',
    'PRAGMA foreign_keys',
    'CREATE VIRTUAL TABLE search USING fts5(title, tokenize = "porter ascii")',
    'DETACH DATABASE old',
    'CREATE TABLE notes (id INTEGER, a INTEGER, FOREIGN KEY (a) REFERENCES x (id) FOREIGN KEY (id) REFERENCES y (id))',
  ])('accepts %s', (sql) => {
    expect(sqlite.parse(sql).statements.map(({ kind }) => kind)).toEqual(['accepted']);
  });

  it('places a syntax error and reads on', () => {
    const { statements, issues } = sqlite.parse('DROP TABLE carts;\r\nALTER TABLE "é😀" ADD colum note int;\r\nSELECT 1;', { file: '7.sql' });
    expect(statements.map(({ kind }) => kind)).toEqual(['accepted', 'invalid', 'accepted']);
    expect(issues).toMatchObject([
      { file: '7.sql', code: 'sql-syntax', line: 2, column: 34, message: 'Syntax error at "int": the SQLite grammar expected end of statement.' },
    ]);
  });
});

describe('quoting for SQLite', () => {
  it('leaves plain names alone', () => {
    expect(['orders', 'Orders', 'order', 'a b', 'a"b'].map(sqlite.quoteIdentifier)).toEqual(['orders', 'Orders', '"order"', '"a b"', '"a""b"']);
    expect(["it's", 'a\\', true, null].map(sqlite.quoteLiteral)).toEqual(["'it''s'", "'a\\'", '1', 'NULL']);
    expect(() => sqlite.quoteLiteral('a\0')).toThrow(RangeError);
  });

  it('gives back every name and text through the grammar', () => {
    const text = fc.string({
      unit: fc.constantFrom("'", '"', '\\', '`', '\n', ';', '-', '/', '*', '[', ']', ' ', 'a', 'É', '日', '😀'),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, text, (name, value) => {
        const sql = `SELECT ${sqlite.quoteLiteral(value)} AS ${sqlite.quoteIdentifier(name)}`;
        expect(sqlite.parse(`${sqlite.quoteComment(value)}\n${sql};SELECT 1`).statements.map((statement) => statement.sql)).toEqual([sql, 'SELECT 1']);
        const tree = JSON.stringify(Parser.parse(sql, 'sqlite'));
        expect(tree).toContain(JSON.stringify({ SingleQuotedString: value }).slice(1, -1));
        expect(tree).toContain(JSON.stringify({ value: name }).slice(1, -1));
      }),
    );
  });
});
