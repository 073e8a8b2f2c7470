import { type Place, sourceLines } from './source-lines.js';

/** A comment, without its markers and the space around it. */
export interface SourceComment extends Place {
  readonly text: string;
  /** Offset of the marker that opens it. */
  readonly start: number;
  /** Offset after its last character. */
  readonly end: number;
}

/** One statement, or one line for the database's client, cut out of a script. */
export interface SourcePiece extends Place {
  readonly kind: 'sql' | 'command' | 'data';
  /** The source from the first token to the last, without the semicolon and the comments around it. */
  readonly sql: string;
  /** Offset of the first token. */
  readonly start: number;
  /** Offset after the last token. */
  readonly end: number;
  readonly leadingComments: readonly SourceComment[];
  /** Comments before its semicolon, or after it on the same line. */
  readonly trailingComments: readonly SourceComment[];
}

/** A script in pieces. Between them is nothing but space, comments and terminators. */
export interface SplitScript {
  readonly pieces: readonly SourcePiece[];
  /** Comments after the last piece. */
  readonly comments: readonly SourceComment[];
  /** A comment that is never closed and hides all that follows it. */
  readonly unclosed?: SourceComment;
}

export interface Token {
  readonly kind: 'space' | 'comment' | 'word' | 'quoted' | 'symbol' | 'command';
  readonly end: number;
  /** A comment that the text ends in. */
  readonly unclosed?: boolean;
}

/** Follows one statement and knows which of its semicolons stand inside a body. */
export interface StatementShape {
  /** Told of each word (lower case) and symbol while `watching`. */
  see(token: string): void;
  readonly watching: boolean;
  /** A semicolon here belongs to the statement. */
  readonly open: boolean;
  /** The lines after the statement are data for the client to send, up to `\.`. */
  readonly dataFollows?: boolean;
}

/** What a database's splitter brings: its tokens, its bodies, and the terminator in force. One is made for each script. */
export interface Lexicon {
  readToken(text: string, at: number, startsStatement: boolean): Token;
  shape(): StatementShape;
  readonly terminator: string;
}

/** Cuts a script at its terminators, in one pass. */
export function splitScript(text: string, lexicon: Lexicon): SplitScript {
  const lines = sourceLines(text);
  const pieces: SourcePiece[] = [];
  let leading: SourceComment[] = [];
  let trailing: SourceComment[] = [];
  let start = -1;
  let end = -1;
  let shape = lexicon.shape();
  // Where a comment still belongs to the piece before: nothing but space since its end, and no new line.
  let lastTrailing: SourceComment[] | undefined;
  let unclosed: SourceComment | undefined;

  const push = (kind: SourcePiece['kind'], from: number, to: number): void => {
    pieces.push({ kind, sql: text.slice(from, to), start: from, end: to, ...lines.placeOf(from), leadingComments: leading, trailingComments: trailing });
    lastTrailing = trailing;
    leading = [];
    trailing = [];
  };
  const finish = (): void => {
    if (start < 0) return;
    push('sql', start, end);
    start = -1;
    shape = lexicon.shape();
  };

  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    if (!shape.open && text.startsWith(lexicon.terminator, at)) {
      const dataFollows = shape.dataFollows === true;
      finish();
      at += lexicon.terminator.length;
      if (!dataFollows) continue;
      const data = inlineData(text, at);
      push('data', data.start, data.end);
      at = data.end;
      continue;
    }
    const token = lexicon.readToken(text, at, start < 0);
    switch (token.kind) {
      case 'space':
        if (lastTrailing && hasNewLine(text, at, token.end)) lastTrailing = undefined;
        break;
      case 'comment': {
        const comment = commentAt(text, at, token.end, lines.placeOf(at));
        (start >= 0 ? trailing : (lastTrailing ?? leading)).push(comment);
        if (token.unclosed) unclosed = comment;
        break;
      }
      case 'command':
        finish();
        push('command', at, token.end);
        break;
      default:
        if (start < 0) start = at;
        end = token.end;
        lastTrailing = undefined;
        if (trailing.length > 0) trailing = [];
        if (shape.watching && token.kind !== 'quoted') shape.see(text.slice(at, token.end).toLowerCase());
    }
    at = token.end;
  }
  finish();
  return { pieces, comments: leading, ...(unclosed ? { unclosed } : {}) };
}

function inlineData(text: string, at: number): { readonly start: number; readonly end: number } {
  const newLine = text.indexOf('\n', at);
  const start = newLine < 0 ? text.length : newLine + 1;
  const mark = /^\\\.\r?$/gm;
  mark.lastIndex = start;
  const found = mark.exec(text);
  return { start, end: found ? found.index + 2 : text.length };
}

/** Whether a line ends between two offsets. */
export function hasNewLine(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return true;
  }
  return false;
}

/** The comment between two offsets, its markers included. */
export function commentAt(text: string, start: number, end: number, place: Place): SourceComment {
  return { text: commentText(text.slice(start, end)), start, end, ...place };
}

function commentText(raw: string): string {
  if (raw.startsWith('/*')) return raw.slice(2, raw.endsWith('*/') && raw.length > 3 ? -2 : undefined).trim();
  return raw.slice(raw.startsWith('#') ? 1 : 2).trim();
}
