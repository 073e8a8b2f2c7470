import type { ForeignKey } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import { hashOf } from '../hash.js';
import { qualified } from '../qualified.js';
import { countOf, primaryKeyOf, referencedOf } from '../references.js';
import { foreignKeys, needed, targetOf } from '../table-order.js';
import { isCounted } from './counted-columns.js';
import type { Parents } from './parents.js';
import type { Wanted } from './wanted.js';

const { quoteIdentifier, quoteLiteral } = writerOf('postgresql');

/** Statements for when every table has its rows; `given` are the columns that the INSERT gave. */
export function afterwardsOf(wanted: Wanted, { columns }: Parents, given: ReadonlyMap<string, string>): readonly string[] {
  if (wanted.single !== undefined) return [];
  const { table, own, later, way } = wanted;
  const counted = table.columns.filter((column) => given.has(column.name) && isCounted(column) && !columns.has(column.name));
  const links = foreignKeys(table).flatMap((key) => {
    const self = targetOf(key) === own;
    if ((!self && !later.has(key)) || needed(table, key)) return [];
    if (key.columns.some((column) => columns.has(column) || way.wishes.get(column)?.presence === 'null')) return [];
    return linkOf(wanted, key, self) ?? [];
  });
  return [...counted.map(({ name }) => countedOn(wanted.name, name)), ...links];
}

/** The sequence goes on behind the values that were given. */
function countedOn(table: string, column: string): string {
  const sequence = `pg_get_serial_sequence(${quoteLiteral(table)}, ${quoteLiteral(column)})`;
  return `SELECT setval(${sequence}, (SELECT max(${quoteIdentifier(column)}) FROM ${table})) WHERE ${sequence} IS NOT NULL AND EXISTS (SELECT FROM ${table})`;
}

/** Gives two rows of three a value for a key that had to wait: of an earlier row, where the table refers to itself. */
function linkOf(wanted: Wanted, key: ForeignKey, self: boolean): string | undefined {
  const { table, name, snapshot } = wanted;
  const primary = primaryKeyOf(table);
  const referenced = referencedOf(key, snapshot);
  if (!primary || referenced.length !== key.columns.length) return undefined;
  const target = qualified({ schema: key.references.schema, name: key.references.table }, snapshot);
  const number = self ? '1 + (c.n - 2) / 3' : `1 + ${hashOf('c.n', wanted.salt(...key.columns))} % greatest(1, ${countOf(key, snapshot)})`;
  const children = `(SELECT ${numbered(primary, 'i')} FROM ${name}) AS c`;
  const parents = `(SELECT ${numbered(referenced, 'k')} FROM ${target}) AS p`;
  const set = key.columns.map((column, place) => `${quoteIdentifier(column)} = p.k${place}`).join(', ');
  const itself = primary.map((column, place) => `t.${quoteIdentifier(column)} = c.i${place}`).join(' AND ');
  const empty = key.columns.map((column) => `t.${quoteIdentifier(column)} IS NULL`).join(' AND ');
  return `UPDATE ${name} AS t SET ${set} FROM ${children} JOIN ${parents} ON p.n = ${number} WHERE c.n % 3 <> 1 AND ${itself} AND ${empty}`;
}

/** A row's number in the order of some columns, and these columns under short names. */
function numbered(columns: readonly string[], short: string): string {
  const order = columns.map(quoteIdentifier).join(', ');
  return `row_number() OVER (ORDER BY ${order}) AS n, ${columns.map((column, place) => `${quoteIdentifier(column)} AS ${short}${place}`).join(', ')}`;
}
