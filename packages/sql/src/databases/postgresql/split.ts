import { endAfter, endOfLine, endOfQuoted, endOfRun, isDigit, isSpace, startsWord } from '../../characters.js';
import { type SplitScript, type StatementShape, splitScript, type Token } from '../../split-script.js';

/** Cuts a PostgreSQL script into statements, as psql does: strings, dollar quotes, nested comments and `BEGIN ATOMIC` bodies stay whole. */
export function split(text: string): SplitScript {
  return splitScript(text, { readToken, shape: statementShape, terminator: ';' });
}

/** Reads the token at `at`. An unclosed quote or comment reaches to the end of the text. */
export function readToken(text: string, at: number): Token {
  const code = text.charCodeAt(at);
  if (isSpace(code)) return { kind: 'space', end: endOfRun(text, at, isSpace) };
  if (startsWord(code)) {
    // E'…' is the one string where a backslash escapes.
    if ((code === 69 || code === 101) && text[at + 1] === "'") return { kind: 'quoted', end: endOfQuoted(text, at + 1, "'", true) };
    return { kind: 'word', end: endOfRun(text, at, inWord) };
  }
  if (isDigit(code)) return { kind: 'symbol', end: endOfRun(text, at, (digit) => isDigit(digit) || startsWord(digit)) };
  switch (text[at]) {
    case "'":
    case '"':
      return { kind: 'quoted', end: endOfQuoted(text, at, text[at] ?? '') };
    case '-':
      if (text[at + 1] === '-') return { kind: 'comment', end: endOfLine(text, at) };
      break;
    case '/':
      if (text[at + 1] === '*') return nestedComment(text, at);
      break;
    case '$':
      return readDollar(text, at);
    case '\\':
      return { kind: 'command', end: endOfLine(text, at) };
  }
  return { kind: 'symbol', end: at + 1 };
}

function inWord(code: number): boolean {
  return startsWord(code) || isDigit(code) || code === 36;
}

function readDollar(text: string, at: number): Token {
  const tag = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
  tag.lastIndex = at;
  const opened = tag.exec(text);
  if (opened) return { kind: 'quoted', end: endAfter(text, opened[0], at + opened[0].length) };
  return { kind: 'symbol', end: endOfRun(text, at + 1, isDigit) };
}

function nestedComment(text: string, at: number): Token {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = at;
  let depth = 0;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return { kind: 'comment', end: marks.lastIndex };
  }
  return { kind: 'comment', end: text.length, unclosed: true };
}

/** Semicolons stand inside a statement in two places: the parentheses of CREATE RULE, and BEGIN ATOMIC … END of a routine. */
function statementShape(): StatementShape {
  let role: 'unknown' | 'routine' | 'rule' | 'copy' | 'other' = 'unknown';
  let seen = 0;
  let depth = 0;
  let before = '';
  let dataFollows = false;
  return {
    get watching() {
      return role !== 'other';
    },
    get open() {
      return depth > 0 && (role === 'routine' || role === 'rule');
    },
    get dataFollows() {
      return dataFollows;
    },
    see(token) {
      if (role === 'unknown') {
        seen++;
        if (seen === 1 && token === 'copy') role = 'copy';
        else if (seen === 1 ? token !== 'create' : seen > 4) role = 'other';
        else if (token === 'function' || token === 'procedure') role = 'routine';
        else if (token === 'rule') role = 'rule';
      } else if (role === 'rule') {
        if (token === '(') depth++;
        else if (token === ')') depth--;
      } else if (role === 'copy') {
        if (before === 'from' && token === 'stdin') dataFollows = true;
      } else if (token === 'atomic' && before === 'begin') depth++;
      else if (depth > 0 && token === 'case') depth++;
      else if (depth > 0 && token === 'end') depth--;
      before = token;
    },
  };
}
