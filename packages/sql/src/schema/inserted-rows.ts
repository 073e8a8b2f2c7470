import type { Table } from '@planwright/spec';
import { readToken } from '../databases/postgresql/split.js';
import type { Quoting } from '../dialect.js';
import { type At, quotedTable } from './violations.js';

/**
 * The DELETE that takes out what `INSERT … VALUES` put in: by the primary key, where each row gives it as a constant. Nothing where it doesn't, nor
 * where ON CONFLICT may have found the row already there.
 */
export function insertedRows(sql: string, table: Table | undefined, at: At & { readonly columns?: readonly string[] }, quoting: Quoting): string | undefined {
  const key = table?.constraints?.find((constraint) => constraint.type === 'primaryKey')?.columns;
  const columns = at.columns ?? table?.columns.map(({ name }) => name);
  if (!key || !columns) return undefined;
  const places = key.map((column) => columns.indexOf(column));
  const rows = rowsOf(sql);
  if (!rows || rows.length === 0 || places.some((place) => place < 0)) return undefined;
  const keys = rows.map((row) => places.map((place) => row[place]));
  if (keys.some((values) => values.some((value) => value === undefined || !constant.test(value)))) return undefined;
  const names = key.map(quoting.quoteIdentifier);
  const [left, values] =
    key.length === 1 ? [names[0] ?? '', keys.map((row) => row[0] ?? '')] : [`(${names.join(', ')})`, keys.map((row) => `(${row.join(', ')})`)];
  return `DELETE FROM ${quotedTable(quoting, at)} WHERE ${left} IN (${values.join(', ')})`;
}

const constant = /^(?:-?\d+(?:\.\d+)?|'(?:[^']|'')*'(?:::[\w ]+)?)$/;

/** The tuples after VALUES, each value as written; nothing when the statement has another form. */
function rowsOf(sql: string): readonly (readonly string[])[] | undefined {
  const tokens: string[] = [];
  for (let at = 0; at < sql.length; ) {
    const { kind, end } = readToken(sql, at);
    if (kind !== 'comment') tokens.push(kind === 'space' ? ' ' : sql.slice(at, end));
    at = end;
  }
  const start = tokens.findIndex((token) => token.toLowerCase() === 'values');
  if (start < 0 || !/^insert$/i.test(tokens.find((token) => token !== ' ') ?? '')) return undefined;
  const rows: string[][] = [];
  let depth = 0;
  for (const token of tokens.slice(start + 1)) {
    const row = rows.at(-1);
    if (token === '(' && depth++ === 0) rows.push(['']);
    else if (token === ')' && --depth === 0) continue;
    else if (depth === 0) {
      // ON CONFLICT, RETURNING: something other than rows follows.
      if (token !== ' ' && token !== ',' && !/^returning$/i.test(token)) return undefined;
      if (/^returning$/i.test(token)) break;
    } else if (token === ',' && depth === 1) row?.push('');
    else if (row) row[row.length - 1] += token;
  }
  return rows.map((row) => row.map((value) => value.trim()));
}
