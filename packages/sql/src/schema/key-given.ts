import type { Operation, Snapshot } from '@planwright/spec';
import type { Quoting } from '../dialect.js';
import { quotedTable } from './violations.js';

const constant = String.raw`'(?:[^']|'')*'|-?\d+`;

type Update = Extract<Operation, { type: 'updateRows' }>;

/** Whether an UPDATE only gives the one row of a key another key. */
export function isKeyGiven(update: Update, before: Snapshot): boolean {
  return keysOf(update, before) !== undefined;
}

/**
 * The way back of an UPDATE that gives the one row of a key another key, as tools note how far they have come: `SET version = '2' WHERE version = '1'`. No two rows
 * have the same, so the one that has the new key afterwards is the one that had the old one. Nothing for any other update.
 */
export function keyGivenBack(update: Update, before: Snapshot, quoting: Quoting): string | undefined {
  const keys = keysOf(update, before);
  if (!keys) return undefined;
  const name = quoting.quoteIdentifier(keys.column);
  return `UPDATE ${quotedTable(quoting, update)} SET ${name} = ${keys.was} WHERE ${name} = ${keys.now}`;
}

function keysOf(
  { schema, table, set = {}, where = '' }: Update,
  before: Snapshot,
): { readonly column: string; readonly was: string; readonly now: string } | undefined {
  const [given, second] = Object.entries(set);
  if (!given || second) return undefined;
  const [column, value] = given;
  const known = before.tables.find((one) => one.name === table && one.schema === schema);
  const isKey =
    known?.constraints?.some(({ type, columns }) => (type === 'primaryKey' || type === 'unique') && columns?.length === 1 && columns[0] === column) === true ||
    known?.indexes?.some(({ unique, where: part, keys }) => unique && part === undefined && keys.length === 1 && keys[0]?.column === column) === true;
  const [, named, was] = new RegExp(String.raw`^(?:"?[\w$]+"?\.)?"?([\w$]+)"?\s*=\s*(${constant})$`).exec(where.trim()) ?? [];
  if (!isKey || named !== column || was === undefined || !new RegExp(`^(?:${constant})$`).test(value.trim())) return undefined;
  return { column, was, now: value.trim() };
}
