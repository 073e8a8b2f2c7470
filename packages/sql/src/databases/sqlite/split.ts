import { endAfter, endOfLine, endOfQuoted, endOfRun, isDigit, isSpace, startsWord } from '../../characters.js';
import { type SplitScript, type StatementShape, splitScript, type Token } from '../../split-script.js';

/** Cuts a SQLite script into statements: strings, comments and trigger bodies stay whole. */
export function split(text: string): SplitScript {
  return splitScript(text, { readToken, shape: statementShape, terminator: ';' });
}

function readToken(text: string, at: number, startsStatement: boolean): Token {
  const code = text.charCodeAt(at);
  if (isSpace(code)) return { kind: 'space', end: endOfRun(text, at, isSpace) };
  if (startsWord(code) || isDigit(code)) return { kind: 'word', end: endOfRun(text, at, (letter) => startsWord(letter) || isDigit(letter) || letter === 36) };
  switch (text[at]) {
    case "'":
    case '"':
    case '`':
      return { kind: 'quoted', end: endOfQuoted(text, at, text[at] ?? '') };
    case '[':
      return { kind: 'quoted', end: endAfter(text, ']', at) };
    case '-':
      if (text[at + 1] === '-') return { kind: 'comment', end: endOfLine(text, at) };
      break;
    case '/':
      if (text[at + 1] === '*') return { kind: 'comment', end: endAfter(text, '*/', at + 2) };
      break;
    case '.':
      // A command of the sqlite3 shell, such as `.mode`.
      if (startsStatement) return { kind: 'command', end: endOfLine(text, at) };
      break;
  }
  return { kind: 'symbol', end: at + 1 };
}

/** A trigger ends at the END that follows a semicolon, as in SQLite's own `sqlite3_complete()`: any other END closes a CASE. */
function statementShape(): StatementShape {
  let seen = 0;
  let trigger = false;
  let inBody = false;
  let before = '';
  return {
    get watching() {
      return trigger || seen < 4;
    },
    get open() {
      return inBody;
    },
    see(token) {
      seen++;
      if (!trigger) {
        if (seen === 1 && token !== 'create') seen = 4;
        trigger = token === 'trigger';
      } else if (token === 'begin') inBody = true;
      else if (token === 'end' && before === ';') inBody = false;
      before = token;
    },
  };
}
