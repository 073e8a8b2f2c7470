import type { Table } from '@planwright/spec';
import { escaped } from '../../escaped.js';
import { type StatementFacts, tableBefore } from '../statement-facts.js';

const constant = String.raw`(?:'|-?\d|\$\d|null\b|current_|date\s*'|timestamp\s*')`;

/** Whether a condition can only pick a few rows: one key or a list of them, or a stretch of a key with two ends. What is not certain is not few. */
export function picksFewRows(facts: StatementFacts, on: { readonly schema?: string; readonly table: string }, where: string | undefined): boolean {
  if (where === undefined || /\bor\b/i.test(where.replace(/'(?:[^']|'')*'/g, "''"))) return false;
  const table = tableBefore(facts, on);
  // A table that is not known is taken to have the key that most have.
  const keys = table ? keysOf(table) : [['id']];
  return keys.some((columns) => columns.every((column) => isPinned(where, column))) || keys.some(([first, second]) => !second && isStretch(where, first ?? ''));
}

function keysOf(table: Table): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  for (const constraint of table.constraints ?? []) if (constraint.type === 'primaryKey' || constraint.type === 'unique') found.push(constraint.columns);
  for (const { unique, where, keys } of table.indexes ?? [])
    if (unique && where === undefined && keys.every(({ column }) => column !== undefined)) found.push(keys.map(({ column = '' }) => column));
  return found;
}

/** `id = 7`, `id IN (7, 8)`, `id = ANY ('{7,8}')`, `id IN (SELECT … LIMIT 1000)`. */
function isPinned(where: string, column: string): boolean {
  if (!where.toLowerCase().includes(column.toLowerCase())) return false;
  const name = nameIn(column);
  if (new RegExp(`${name}\\s*=\\s*(?:\\(\\s*)?(?:${constant}|any\\s*\\(\\s*(?:array\\b|'))`, 'i').test(where)) return true;
  if (new RegExp(`${name}\\s+in\\s*\\(\\s*${constant}`, 'i').test(where)) return true;
  return new RegExp(`${name}\\s+in\\s*\\(\\s*select\\b[\\s\\S]*\\blimit\\s+\\d`, 'i').test(where);
}

/** `id > 0 AND id <= 5000`, `id BETWEEN 1 AND 5000`: a batch. */
function isStretch(where: string, column: string): boolean {
  if (!where.toLowerCase().includes(column.toLowerCase())) return false;
  const name = nameIn(column);
  if (new RegExp(`${name}\\s+between\\s+${constant}`, 'i').test(where)) return true;
  return new RegExp(`${name}\\s*>=?\\s*${constant}`, 'i').test(where) && new RegExp(`${name}\\s*<=?\\s*${constant}`, 'i').test(where);
}

function nameIn(column: string): string {
  return `(?<![\\w"])"?${escaped(column)}"?(?![\\w"])`;
}
