import { endAfter, endOfLine, endOfQuoted, endOfRun, isDigit, isSpace, startsWord } from '../../characters.js';
import { type Lexicon, type SplitScript, type StatementShape, splitScript, type Token } from '../../split-script.js';

/** Cuts a MySQL script into statements: strings, comments and BEGIN … END bodies stay whole, and `DELIMITER` is obeyed. */
export function split(text: string): SplitScript {
  return splitScript(text, lexicon());
}

function lexicon(): Lexicon {
  let terminator = ';';
  return {
    get terminator() {
      return terminator;
    },
    shape: () => statementShape(() => terminator),
    readToken(source, at, startsStatement) {
      const command = startsStatement ? delimiterCommand(source, at) : undefined;
      if (command) {
        terminator = command.terminator;
        return { kind: 'command', end: command.end };
      }
      const token = readToken(source, at);
      if (terminator === ';' || token.kind !== 'word') return token;
      // `END$$` is a word to the server, but the client has cut it before.
      const cut = source.slice(at, token.end).indexOf(terminator);
      return cut < 0 ? token : { kind: 'word', end: at + cut };
    },
  };
}

function delimiterCommand(text: string, at: number): { readonly terminator: string; readonly end: number } | undefined {
  const command = /delimiter[ \t]+(\S+)[^\r\n]*/iy;
  command.lastIndex = at;
  const found = command.exec(text);
  return found ? { terminator: found[1] ?? ';', end: command.lastIndex } : undefined;
}

function readToken(text: string, at: number): Token {
  const code = text.charCodeAt(at);
  if (isSpace(code)) return { kind: 'space', end: endOfRun(text, at, isSpace) };
  if (startsWord(code) || isDigit(code) || code === 36) {
    return { kind: 'word', end: endOfRun(text, at, (letter) => startsWord(letter) || isDigit(letter) || letter === 36) };
  }
  switch (text[at]) {
    case "'":
    case '"':
      return { kind: 'quoted', end: endOfQuoted(text, at, text[at] ?? '', true) };
    case '`':
      return { kind: 'quoted', end: endOfQuoted(text, at, '`') };
    case '#':
      return { kind: 'comment', end: endOfLine(text, at) };
    case '-':
      // Two dashes begin a comment only before space: 5--1 is 6.
      if (text[at + 1] === '-' && (at + 2 >= text.length || isSpace(text.charCodeAt(at + 2)))) return { kind: 'comment', end: endOfLine(text, at) };
      break;
    case '/':
      // What stands in /*! … */ is run by the server, so it is no comment.
      if (text[at + 1] === '*') {
        const kind = text[at + 2] === '!' ? 'quoted' : 'comment';
        return { kind, end: endAfter(text, '*/', at + 2), unclosed: !text.includes('*/', at + 2) };
      }
      break;
  }
  return { kind: 'symbol', end: at + 1 };
}

/** Semicolons stand inside a stored program's BEGIN … END. With a DELIMITER of its own, the script has said so itself. */
function statementShape(terminator: () => string): StatementShape {
  let seen = 0;
  let program = false;
  let depth = 0;
  let before = '';
  return {
    get watching() {
      return program || seen < 12;
    },
    get open() {
      // An END right before the semicolon has closed its block; what it closed is known only by the word after it.
      return depth - (before === 'end' ? 1 : 0) > 0 && terminator() === ';';
    },
    see(token) {
      seen++;
      if (!program) {
        if (seen === 1 && token !== 'create') seen = 12;
        program = token === 'procedure' || token === 'function' || token === 'trigger' || token === 'event';
      } else if (before === 'end') {
        // END IF, END LOOP… close what was not counted; END and END CASE close what was.
        if (depth > 0 && !/^(?:if|loop|while|repeat)$/.test(token)) depth--;
        if (token === 'begin') depth++;
      } else if (token === 'begin' || (depth > 0 && token === 'case')) depth++;
      before = token;
    },
  };
}
