import type { Issue } from '@planwright/spec';
import type { ParsedScript, ParsedStatement, ParseOptions, Reading } from './dialect.js';
import { sourceLines } from './source-lines.js';
import type { SourcePiece, SplitScript } from './split-script.js';
import { unclosedCommentIssues } from './unclosed-comment.js';

/** A syntax error as a grammar reports it; `offset` counts code units from the piece's start. */
export interface Refusal {
  readonly code?: string;
  readonly message: string;
  readonly hint?: string;
  readonly offset: number;
}

/** Reads each piece of a split script by itself, for grammars that are asked only whether they accept it. */
export function readPieces(
  text: string,
  script: SplitScript,
  errorIn: (piece: SourcePiece) => Refusal | undefined,
  options: ParseOptions = {},
): ParsedScript<never> {
  const lines = sourceLines(text);
  const issues: Issue[] = [];
  const file = options.file === undefined ? {} : { file: options.file };
  const read = (piece: SourcePiece): Reading<never> => {
    if (piece.kind !== 'sql') return { kind: 'command' };
    const nul = piece.sql.indexOf('\0');
    const error =
      nul < 0 ? errorIn(piece) : { code: 'sql-nul-character', message: 'A NUL character stands in the SQL.', hint: 'Remove the character.', offset: nul };
    if (!error) return { kind: 'accepted' };
    const { code = 'sql-syntax', message, hint, offset } = error;
    const issue: Issue = { ...file, code, message, ...(hint === undefined ? {} : { hint }), ...lines.placeOf(piece.start + offset) };
    issues.push(issue);
    return { kind: 'invalid', issue };
  };
  const statements = script.pieces.map((piece): ParsedStatement<never> => {
    const { kind: _, ...place } = piece;
    return { ...place, ...read(piece) };
  });
  return { text, statements, comments: script.comments, issues: [...issues, ...unclosedCommentIssues(script, options.file)] };
}
