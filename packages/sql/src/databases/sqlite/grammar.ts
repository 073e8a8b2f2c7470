import { init, Parser } from '@guanmingchiu/sqlparser-ts';
import { characterOffset } from '../../code-points.js';
import type { Refusal } from '../../read-pieces.js';

/** Instantiates the grammar and returns what finds the first thing it refuses in a statement. */
export async function loadGrammar(): Promise<(sql: string) => Refusal | undefined> {
  await init();
  return (sql) => {
    const error = refusal(sql);
    return error && !acceptedWithCommas(sql, error) ? error : undefined;
  };
}

function refusal(sql: string): Refusal | undefined {
  try {
    Parser.parse(sql, 'sqlite');
    return undefined;
  } catch (error) {
    return wording(sql, error instanceof Error ? error.message : String(error));
  }
}

/** SQLite lets the comma between two table constraints be left out; the grammar does not. */
function acceptedWithCommas(sql: string, first: Refusal): boolean {
  let text = sql;
  for (let error: Refusal | undefined = first; error; error = refusal(text)) {
    const constraint = /^(?:constraint|primary|unique|check|foreign)\b/i.test(text.slice(error.offset));
    if (!constraint || /,\s*$/.test(text.slice(0, error.offset))) return false;
    text = `${text.slice(0, error.offset)},${text.slice(error.offset)}`;
  }
  return true;
}

/** Reads `sql parser error: Expected: …, found: … at Line: 1, Column: 30`; the place is missing at the end of the text. */
function wording(sql: string, message: string): Refusal {
  const place = / at Line: (\d+), Column: (\d+)/.exec(message);
  const said = message.replace(/^sql parser error: /, '').replace(/ at Line: .*$/s, '');
  const parts = /^Expected: (.*), found: (.*)$/s.exec(said);
  const offset = place ? offsetOf(sql, Number(place[1]), Number(place[2])) : sql.length;
  const hint = 'Look at this word and the one before it.';
  if (!parts) return { message: `The SQLite grammar refuses the statement: ${said}.`, hint, offset };
  if (parts[2] === 'EOF') return { message: `The statement ends too early: the SQLite grammar expected ${parts[1]}.`, hint: 'Complete the statement.', offset };
  return { message: `Syntax error at ${JSON.stringify(parts[2])}: the SQLite grammar expected ${parts[1]}.`, hint, offset };
}

/** The grammar counts lines and characters from 1, and lines only at LF. */
function offsetOf(sql: string, line: number, column: number): number {
  const lineStart = sql.split('\n', line - 1).reduce((length, text) => length + text.length + 1, 0);
  return Math.min(lineStart + characterOffset(sql.slice(lineStart), column - 1), sql.length);
}
