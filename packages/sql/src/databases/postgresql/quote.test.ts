import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPostgresql, nodeOf, type PostgresqlDialect } from './index.js';

let postgresql: PostgresqlDialect;
beforeAll(async () => {
  postgresql = await loadPostgresql();
});

const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom("'", '"', '\\', '`', '\n', '\r', ';', '--', '$$', 'é', '日', '😀'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
  })
  .filter((value) => !value.includes('\0'));

describe('quoting for PostgreSQL', () => {
  it('leaves plain names alone and quotes what PostgreSQL would read differently', () => {
    expect(['orders', 'order', 'Orders', 'name', 'a b', '1st', 'user', 'größe', 'q"q', 'value', 'left', 'time'].map(postgresql.quoteIdentifier)).toEqual([
      'orders',
      '"order"',
      '"Orders"',
      'name',
      '"a b"',
      '"1st"',
      '"user"',
      '"größe"',
      '"q""q"',
      'value',
      '"left"',
      '"time"',
    ]);
  });

  it('writes qualified names and literals', () => {
    expect(postgresql.quoteName(['billing', 'order'])).toBe('billing."order"');
    expect(["it's", 'a\\b', 1.5, 10n ** 20n, true, null].map(postgresql.quoteLiteral)).toEqual([
      "'it''s'",
      "E'a\\\\b'",
      '1.5',
      '100000000000000000000',
      'TRUE',
      'NULL',
    ]);
  });

  it('refuses what SQL cannot hold', () => {
    expect(() => postgresql.quoteIdentifier('a\0b')).toThrow(RangeError);
    expect(() => postgresql.quoteIdentifier('')).toThrow(RangeError);
    expect(() => postgresql.quoteLiteral('\ud800')).toThrow(RangeError);
    expect(() => postgresql.quoteLiteral(Number.NaN)).toThrow(RangeError);
  });

  it('gives back every name and every text through the grammar', () => {
    fc.assert(
      fc.property(
        text.filter((name) => name !== ''),
        text,
        (name, value) => {
          const [statement, ...rest] = postgresql.parse(`SELECT ${postgresql.quoteLiteral(value)} AS ${postgresql.quoteIdentifier(name)}`).statements;
          if (statement?.kind !== 'parsed' || statement.node.kind !== 'SelectStmt') throw new Error('not a SELECT');
          const target = nodeOf('ResTarget', statement.node.value.targetList?.[0]);
          expect([rest, target?.name, nodeOf('A_Const', target?.val)?.sval?.sval ?? '']).toEqual([[], name, value]);
        },
      ),
    );
  });

  it('lets nothing out of a comment', () => {
    fc.assert(
      fc.property(text, (remark) => {
        expect(postgresql.parse(`${postgresql.quoteComment(remark)}\nSELECT 1`).statements.map(({ sql }) => sql)).toEqual(['SELECT 1']);
      }),
    );
    expect(postgresql.quoteComment('one\r\n\ntwo')).toBe('-- one\n--\n-- two');
  });
});
