import { bareSql } from '../../../bare-sql.js';
import { rule } from '../../rule.js';

const rows = new Set(['insertRows', 'updateRows', 'deleteRows', 'mergeRows', 'runQuery', 'setSetting', 'unknown', 'setComment']);

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Whether a text may hold a name of 64 bytes: 64 letters, 64 characters behind a quote, or a letter of several bytes. One step a character, because every statement is asked. */
function mayHoldLongName(sql: string): boolean {
  if (sql.length < 22) return false;
  let run = 0;
  let behindQuote = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < sql.length; index++) {
    const code = sql.charCodeAt(index);
    if (code > 127) return true;
    if (code === 34) behindQuote = 0;
    else behindQuote += 1;
    // Letters, digits, _ and $.
    const inName = (code > 96 && code < 123) || (code > 64 && code < 91) || (code > 47 && code < 58) || code === 95 || code === 36;
    run = inName ? run + 1 : 0;
    if (run > 63 || behindQuote > 63) return true;
  }
  return false;
}

export default rule({
  verdict: 'code',
  title: 'A name of more than 63 bytes is cut off',
  why: 'PostgreSQL keeps the first 63 bytes and says so in a NOTICE only. Code that reads the catalogue, or a later migration of a tool that compares names, does not find what it wrote; two long names can become one.',
  instead: 'Choose a name of at most 63 bytes.',
  sources: ['https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS'],
  on: 'statement',
  find: ({ statement }) => {
    if (statement.operations.every(({ type }) => rows.has(type)) || !mayHoldLongName(statement.sql)) return undefined;
    const long = (bareSql(statement.sql, { keepNames: true }).match(/"(?:[^"]|"")*"|[\w$\u0080-\uffff]{22,}/g) ?? [])
      .map((name) => name.replace(/^"|"$/g, ''))
      .find((name) => bytesOf(name) > 63);
    return long === undefined ? undefined : { message: `\`${long}\` has ${bytesOf(long)} bytes: PostgreSQL keeps the first 63.` };
  },
});
