import { bareSql } from '../../../bare-sql.js';
import { rule } from '../../rule.js';

const rows = new Set(['insertRows', 'updateRows', 'deleteRows', 'mergeRows', 'runQuery', 'setSetting', 'unknown', 'setComment']);

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

export default rule({
  verdict: 'code',
  title: 'A name of more than 63 bytes is cut off',
  why: 'PostgreSQL keeps the first 63 bytes and says so in a NOTICE only. Code that reads the catalogue, or a later migration of a tool that compares names, does not find what it wrote; two long names can become one.',
  instead: 'Choose a name of at most 63 bytes.',
  sources: ['https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS'],
  on: 'statement',
  find: ({ statement }) => {
    // A name of 64 bytes is 64 letters long, or has letters of several bytes.
    if (!/[\w$]{64}|"[^"]{64}|[\u0080-\uffff]/.test(statement.sql) || statement.operations.every(({ type }) => rows.has(type))) return undefined;
    const long = (bareSql(statement.sql, { keepNames: true }).match(/"(?:[^"]|"")*"|[\w$\u0080-\uffff]{22,}/g) ?? [])
      .map((name) => name.replace(/^"|"$/g, ''))
      .find((name) => bytesOf(name) > 63);
    return long === undefined ? undefined : { message: `\`${long}\` has ${bytesOf(long)} bytes: PostgreSQL keeps the first 63.` };
  },
});
