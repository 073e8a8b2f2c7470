import { endOfRun, isSpace } from '../../characters.js';
import { type SourceLines, sourceLines } from '../../source-lines.js';
import { commentAt, hasNewLine, type SourceComment, type SourcePiece, type SplitScript } from '../../split-script.js';
import { readToken } from './split.js';

/** Where the grammar saw a statement: from the end of the one before to its semicolon, or to the text's end. */
export interface Bounds {
  readonly start: number;
  readonly end: number;
}

/**
 * A script in pieces as `split` gives it, made from where the grammar saw its statements: only what stands between them is read, and a statement
 * only where it may hold a comment. Nothing if the two do not fit.
 */
export function grammarPieces(text: string, bounds: readonly Bounds[]): SplitScript | undefined {
  const pieces: SourcePiece[] = [];
  let lines: SourceLines | undefined;
  const placeOf = (offset: number) => {
    lines ??= sourceLines(text);
    return lines.placeOf(offset);
  };
  let leading: SourceComment[] = [];
  // Where a comment still belongs to the piece before: up to the first new line after its semicolon.
  let lastTrailing: SourceComment[] | undefined;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let terminated = true;

  /** Reads space, comments and semicolons up to the next token. */
  const toNextToken = (): void => {
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (isSpace(code)) {
        const end = endOfRun(text, at, isSpace);
        if (lastTrailing && terminated && hasNewLine(text, at, end)) lastTrailing = undefined;
        at = end;
      } else if (code === 59) {
        terminated = true;
        at++;
      } else if (code === 45 || code === 47) {
        const { kind, end } = readToken(text, at);
        if (kind !== 'comment') return;
        (lastTrailing ?? leading).push(commentAt(text, at, end, placeOf(at)));
        at = end;
      } else return;
    }
  };

  for (const { start, end: limit } of bounds) {
    toNextToken();
    if (at < start || at >= limit || !terminated) return undefined;
    const from = at;
    const end = endOfStatement(text, from, limit);
    const trailing: SourceComment[] = [];
    const { line, column } = placeOf(from);
    pieces.push({ kind: 'sql', sql: text.slice(from, end), start: from, end, line, column, leadingComments: leading, trailingComments: trailing });
    leading = [];
    lastTrailing = trailing;
    terminated = false;
    at = end;
  }
  toNextToken();
  return at < text.length ? undefined : { pieces, comments: leading };
}

/** Offset after the last token. */
function endOfStatement(text: string, from: number, limit: number): number {
  const statement = text.slice(from, limit);
  if (statement.includes('--') || statement.includes('/*')) {
    let last = from;
    for (let at = from; at < limit; ) {
      const { kind, end } = readToken(text, at);
      if (kind !== 'space' && kind !== 'comment') last = end;
      at = end;
    }
    return last;
  }
  let end = limit;
  while (end > from && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}
