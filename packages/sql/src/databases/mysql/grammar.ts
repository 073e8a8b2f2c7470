import { type ANTLRErrorListener, CharStreams, CommonTokenStream, type Token } from 'antlr4ng';
import { MySqlLexer } from 'dt-sql-parser/dist/lib/mysql/MySqlLexer.js';
import { MySqlParser } from 'dt-sql-parser/dist/lib/mysql/MySqlParser.js';
import { characterOffset } from '../../code-points.js';
import type { Refusal } from '../../read-pieces.js';

/**
 * Plain words of MySQL that the grammar takes for keywords only, where they could name a column.
 * Found by trying every keyword of the grammar that MySQL does not reserve.
 */
const overlooked: ReadonlySet<string> = new Set(
  `active authentication challenge_response clone component factor finish generate histogram inactive initial initiate locked old reference
registration replica replicas resource restart retain skip stream tree type unregister vcpu`.split(/\s+/),
);

/** The first thing that MySQL's grammar refuses in a statement, if any. */
export function errorIn(sql: string): Refusal | undefined {
  const error = firstError(sql, false);
  return error && firstError(sql, true) && error;
}

function firstError(sql: string, freeOverlooked: boolean): Refusal | undefined {
  let first: Refusal | undefined;
  const listener: ANTLRErrorListener = {
    syntaxError(_recognizer, token: Token | null, line, column, message) {
      first ??= wording(sql, token, line, column, message);
    },
    reportAmbiguity() {},
    reportAttemptingFullContext() {},
    reportContextSensitivity() {},
  };
  const lexer = new MySqlLexer(CharStreams.fromString(sql));
  lexer.removeErrorListeners();
  lexer.addErrorListener(listener);
  const tokens = new CommonTokenStream(lexer);
  if (freeOverlooked) {
    tokens.fill();
    for (const token of tokens.getTokens()) if (overlooked.has(token.text?.toLowerCase() ?? '')) token.type = MySqlLexer.ID;
  }
  const parser = new MySqlParser(tokens);
  parser.removeErrorListeners();
  parser.addErrorListener(listener);
  parser.program();
  return first;
}

function wording(sql: string, token: Token | null, line: number, column: number, message: string): Refusal {
  // The grammar counts characters, and lines only at LF.
  const lineStart = sql.split('\n', line - 1).reduce((length, text) => length + text.length + 1, 0);
  const offset = lineStart + characterOffset(sql.slice(lineStart), column);
  const expected = expectedIn(message);
  if (!token || token.text === '<EOF>') {
    return {
      message: `The statement ends too early: MySQL expected ${expected ?? 'more'}.`,
      hint: 'Complete the statement, or close its quotes.',
      offset: Math.min(offset, sql.length),
    };
  }
  return {
    message: `Syntax error at ${JSON.stringify(token.text)}: MySQL's grammar expected ${expected ?? 'something else'} here.`,
    hint: 'Look at this word and the one before it.',
    offset,
  };
}

/** What the grammar would have taken, when that is few enough things to be read. */
function expectedIn(message: string): string | undefined {
  const listed = /expecting (?:\{(.+)\}|('.+'))$/.exec(message);
  const choices = (listed?.[1] ?? listed?.[2])?.replaceAll("'", '').split(', ') ?? [];
  return choices.length > 0 && choices.length <= 5 ? choices.join(' or ') : undefined;
}
