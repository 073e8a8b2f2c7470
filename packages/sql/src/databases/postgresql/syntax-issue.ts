import { kwlist } from '@pgsql/quotes';
import type { Issue } from '@planwright/spec';
import { nearest } from '../../nearest.js';
import type { SourcePiece } from '../../split-script.js';
import { readToken } from './split.js';

/** What a syntax error says without its place. */
export type PlacelessIssue = Pick<Issue, 'code' | 'message' | 'hint'>;

/** Words the grammar's message for a reader who sees only the issue: what was found, what was expected, what to do. */
export function syntaxIssue(message: string, text: string, offset: number, piece: SourcePiece): PlacelessIssue {
  const code = 'sql-syntax';
  if (message.includes('at end of input')) {
    return { code, message: 'The statement ends too early: PostgreSQL expected more.', hint: `Complete the statement that starts at line ${piece.line}.` };
  }
  const unclosed = /^unterminated (.+?)(?: at or near|$)/.exec(message);
  if (unclosed) {
    return { code, message: `A ${unclosed[1]} is opened here and never closed; everything after it was read as part of it.`, hint: 'Close it.' };
  }
  const near = /^syntax error(?: at or near|$)/.test(message);
  const token = text.slice(offset, readToken(text, offset).end);
  if (!near) return { code, message: `PostgreSQL's grammar refuses the statement at ${show(token)}: ${message}.`, hint: 'Correct the statement.' };
  if (token === ':') {
    return {
      code,
      message: 'Syntax error at ":". PostgreSQL knows no variables in SQL; psql and some tools replace them before.',
      hint: 'Give the file as it is after replacement.',
    };
  }
  const keyword = nearest(token.toUpperCase(), keywords);
  return {
    code,
    message: `Syntax error at ${show(token)}: PostgreSQL's grammar expected something else here.`,
    hint: keyword ? `Did you mean ${keyword}?` : 'Look at this word and the one before it.',
  };
}

/** Words what psql would have done. */
export function clientIssue(piece: SourcePiece): PlacelessIssue {
  if (piece.kind === 'data') {
    return {
      code: 'sql-copy-data',
      message: 'Rows for COPY … FROM stdin stand in the file; only psql can send them, so they were not read.',
      hint: 'Load rows with INSERT, or leave them out of the migration.',
    };
  }
  const [name] = piece.sql.split(/\s/);
  return {
    code: 'sql-psql-command',
    message: `\`${name}\` is a command of psql, not SQL; it was not analysed.`,
    hint: 'Remove it, or run the file with psql only.',
  };
}

const keywords = [...kwlist.RESERVED_KEYWORD, ...kwlist.UNRESERVED_KEYWORD, ...kwlist.TYPE_FUNC_NAME_KEYWORD, ...kwlist.COL_NAME_KEYWORD].map((word) =>
  word.toUpperCase(),
);

function show(token: string): string {
  const [line = ''] = token.split(/[\r\n]/);
  return JSON.stringify(line.length > 40 ? `${line.slice(0, 40)}…` : line);
}
