import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadMysql, type MysqlDialect } from './index.js';
import { split } from './split.js';

let mysql: MysqlDialect;
beforeAll(async () => {
  mysql = await loadMysql();
});

const sqlOf = (text: string): readonly string[] => split(text).pieces.map((piece) => piece.sql);

describe('split for MySQL', () => {
  it.each([
    ['strings', String.raw`SELECT 'a\';b', "c;""d"`],
    ['a name in backticks', 'SELECT `a;``b`'],
    ['comments inside', 'SELECT 1 # one;\n + 5--1 -- two;\n + 1'],
    ['a conditional comment', '/*!40101 SET NAMES utf8; */'],
    ['a trigger', 'CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW BEGIN IF 1 THEN SET @a = CASE 1 WHEN 1 THEN 2 END; END IF; SET @b = 1; END'],
  ])('keeps %s whole', (_, statement) => {
    expect(sqlOf(`${statement};\nSELECT 2;`)).toEqual([statement, 'SELECT 2']);
  });

  it('obeys DELIMITER', () => {
    const { pieces } = split('DELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; END$$\nDELIMITER ;\nSELECT 2;');
    expect(pieces.map(({ kind, sql }) => [kind, sql])).toEqual([
      ['command', 'DELIMITER $$'],
      ['sql', 'CREATE PROCEDURE p() BEGIN SELECT 1; END'],
      ['command', 'DELIMITER ;'],
      ['sql', 'SELECT 2'],
    ]);
  });
});

describe('parse for MySQL', () => {
  it('accepts what MySQL accepts and places what it does not', () => {
    const { statements, issues } = mysql.parse('CREATE TABLE sessions (active BOOLEAN NOT NULL);\nALTER TABLE `é😀` ADD note txet;\nDROP TABLE carts;', {
      file: '7.sql',
    });
    expect(statements.map(({ kind }) => kind)).toEqual(['accepted', 'invalid', 'accepted']);
    expect(issues).toMatchObject([{ file: '7.sql', code: 'sql-syntax', line: 2, column: 28 }]);
  });

  it('says that a statement ends too early', () => {
    expect(mysql.parse('CREATE TABLE orders (').issues[0]).toMatchObject({ message: 'The statement ends too early: MySQL expected more.', column: 22 });
  });
});

describe('quoting for MySQL', () => {
  it('leaves plain names alone', () => {
    expect(['orders', 'Order', 'key', 'a b', 'Orders', 'a`b', '1st'].map(mysql.quoteIdentifier)).toEqual([
      'orders',
      '`Order`',
      '`key`',
      '`a b`',
      'Orders',
      '`a``b`',
      '`1st`',
    ]);
    expect(["it's", 'a\\', true].map(mysql.quoteLiteral)).toEqual(["'it''s'", "'a\\\\'", 'TRUE']);
    expect(() => mysql.quoteIdentifier('a\0')).toThrow(RangeError);
  });

  it('keeps every name and text one token of one statement', () => {
    const text = fc.string({
      unit: fc.constantFrom("'", '"', '\\', '`', '\n', ';', '-', '#', '/', '*', ' ', 'a', 'É', '日', '😀'),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, text, (name, value) => {
        const sql = `${mysql.quoteComment(value)}\nSELECT ${mysql.quoteLiteral(value)} AS ${mysql.quoteIdentifier(name)}`;
        const { statements } = mysql.parse(`${sql};SELECT 1`);
        expect(statements.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
      }),
      { numRuns: 60 },
    );
  });
});
