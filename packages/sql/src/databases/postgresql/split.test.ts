import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { split } from './split.js';

const sqlOf = (text: string): readonly string[] => split(text).pieces.map((piece) => piece.sql);

describe('split for PostgreSQL', () => {
  it.each([
    ['a string', "SELECT 'a;b''c;d'"],
    ['an escape string', String.raw`SELECT E'it\'s; here'`],
    ['a quoted name', 'SELECT "a;""b"'],
    ['a dollar quote', 'DO $do$ BEGIN PERFORM $$;$$; END $do$'],
    ['a nested comment', 'SELECT 1 /* a; /* b; */ c; */ + 1'],
    ['a routine body', 'CREATE FUNCTION total(n int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN n > 0 THEN 1 END; SELECT n; END'],
    ['the actions of a rule', 'CREATE RULE r AS ON INSERT TO orders DO ALSO (DELETE FROM carts; NOTIFY orders)'],
  ])('keeps %s whole', (_, statement) => {
    expect(sqlOf(`${statement};\nSELECT 2;`)).toEqual([statement, 'SELECT 2']);
  });

  it('does not take a dollar inside a name for a quote', () => {
    expect(sqlOf('SELECT a$b$; SELECT c$b$;')).toEqual(['SELECT a$b$', 'SELECT c$b$']);
  });

  it('gives each statement the comments before it, and those after it on its line', () => {
    const { pieces, comments } = split('-- why\n/* and how */ DROP TABLE carts /* old */; -- agreed\n-- next\nDROP TABLE bills;\n-- end');
    expect(pieces.map((piece) => [piece.leadingComments.map((comment) => comment.text), piece.trailingComments.map((comment) => comment.text)])).toEqual([
      [
        ['why', 'and how'],
        ['old', 'agreed'],
      ],
      [['next'], []],
    ]);
    expect(comments.map(({ text, line, column }) => ({ text, line, column }))).toEqual([{ text: 'end', line: 5, column: 1 }]);
  });

  it('finds no statement in a file that is empty, or of comments and semicolons only', () => {
    expect([sqlOf(''), sqlOf('\uFEFF'), sqlOf('-- nothing to do\n;;\n--> statement-breakpoint\n')]).toEqual([[], [], []]);
  });

  it('takes lines for psql, and rows for COPY, out of the SQL', () => {
    const { pieces } = split('\\restrict abc\nCOPY guests FROM stdin;\n1\tAda; \\N\n\\.\nSELECT 1 \\gexec\n');
    expect(pieces.map(({ kind, sql }) => [kind, sql])).toEqual([
      ['command', '\\restrict abc'],
      ['sql', 'COPY guests FROM stdin'],
      ['data', '1\tAda; \\N\n\\.'],
      ['sql', 'SELECT 1'],
      ['command', '\\gexec'],
    ]);
  });

  it('says which comment is never closed', () => {
    expect(split('SELECT 1;\n/* SELECT 2;').unclosed).toMatchObject({ line: 2, column: 1 });
  });

  it('loses nothing but space, comments and semicolons, whatever the text', () => {
    const part = fc.oneof(
      fc.constantFrom(
        ';',
        "'",
        '"',
        '$$',
        '$a$',
        '--',
        '/*',
        '*/',
        '\n',
        '\r\n',
        ' ',
        '\\',
        "E'",
        'create function',
        'begin atomic',
        'end',
        'case',
        'create rule',
        '(',
        ')',
        '日本',
        '😀',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const { pieces, comments } = split(text);
        const kept = [...pieces, ...pieces.flatMap((piece) => [...piece.leadingComments, ...piece.trailingComments]), ...comments];
        const covered = kept.filter((piece) => !pieces.some((outer) => outer !== piece && outer.start < piece.start && piece.end <= outer.end));
        const left = covered.sort((a, b) => b.start - a.start).reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
        expect(left).toMatch(/^\uFEFF?[\s;]*$/);
        for (const piece of pieces) expect(text.slice(piece.start, piece.end)).toBe(piece.sql);
      }),
    );
  });
});
