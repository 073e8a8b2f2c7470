import { bareSql } from '../../../bare-sql.js';
import { rule } from '../../rule.js';

const rows = new Set(['insertRows', 'updateRows', 'deleteRows', 'mergeRows', 'runQuery', 'setSetting', 'unknown', 'setComment']);

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** A letter of several bytes. */
const wide = /[\u0080-\uffff]/;

/** Whether a text may hold a name of 64 bytes: 64 letters, 64 characters behind a quote, or a letter of several bytes. Quick, because every statement is asked. */
function mayHoldLongName(sql: string): boolean {
  return sql.length > 21 && (hasLongWord(sql) || hasFarQuotes(sql) || wide.test(sql));
}

/** Whether 64 letters follow each other. One of 64 stands at a multiple of 64, so that only words there are looked at. */
function hasLongWord(sql: string): boolean {
  for (let place = 63; place < sql.length; place += 64) {
    if (!isInName(sql.charCodeAt(place))) continue;
    let start = place - 1;
    while (start >= 0 && isInName(sql.charCodeAt(start))) start -= 1;
    let end = place + 1;
    while (end < sql.length && isInName(sql.charCodeAt(end))) end += 1;
    if (end - start > 64) return true;
  }
  return false;
}

/** Whether 64 characters stand between two quotes, be they those of one name or not. */
function hasFarQuotes(sql: string): boolean {
  for (let quote = sql.indexOf('"'); quote >= 0; ) {
    const next = sql.indexOf('"', quote + 1);
    if (next - quote > 64) return true;
    quote = next;
  }
  return false;
}

/** Letters, digits, _ and $. */
function isInName(code: number): boolean {
  return (code > 96 && code < 123) || (code > 64 && code < 91) || (code > 47 && code < 58) || code === 95 || code === 36;
}

export default rule({
  verdict: 'code',
  title: 'A name of more than 63 bytes is cut off',
  why: 'PostgreSQL keeps the first 63 bytes and says so in a NOTICE only. Code that reads the catalogue, or a later migration of a tool that compares names, does not find what it wrote; two long names can become one.',
  instead: 'Choose a name of at most 63 bytes.',
  sources: ['https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS'],
  on: 'statement',
  find: ({ statement }) => {
    if (!mayHoldLongName(statement.sql) || statement.operations.every(({ type }) => rows.has(type))) return undefined;
    const long = (bareSql(statement.sql, { keepNames: true }).match(/"(?:[^"]|"")*"|[\w$\u0080-\uffff]{22,}/g) ?? [])
      .map((name) => name.replace(/^"|"$/g, ''))
      .find((name) => bytesOf(name) > 63);
    return long === undefined ? undefined : { message: `\`${long}\` has ${bytesOf(long)} bytes: PostgreSQL keeps the first 63.` };
  },
});
