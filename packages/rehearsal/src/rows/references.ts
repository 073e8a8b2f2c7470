import type { ForeignKey, Snapshot, Table } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import { ownRows } from './qualified.js';
import { tableKey, targetOf } from './table-order.js';

const { quoteIdentifier } = writerOf('postgresql');

export function primaryKeyOf(table: Table | undefined): readonly string[] | undefined {
  return table?.constraints?.find((constraint) => constraint.type === 'primaryKey')?.columns;
}

/** The table that a foreign key refers to; undefined where the schema does not hold it. */
export function targetTable(key: ForeignKey, snapshot: Snapshot): Table | undefined {
  return snapshot.tables.find((found) => tableKey(found) === targetOf(key));
}

/** The columns that it refers to: the primary key, where it names none. */
export function referencedOf(key: ForeignKey, snapshot: Snapshot): readonly string[] {
  return key.references.columns ?? primaryKeyOf(targetTable(key, snapshot)) ?? [];
}

/** SQL of whether a row of that table can be referred to. */
export function heldBy(key: ForeignKey, snapshot: Snapshot): string {
  return referencedOf(key, snapshot)
    .map((column) => `${quoteIdentifier(column)} IS NOT NULL`)
    .join(' AND ');
}

/** SQL of how many rows of that table there are to refer to. */
export function countOf(key: ForeignKey, snapshot: Snapshot): string {
  const { schema, table: name } = key.references;
  const target = { schema, name, partitionBy: targetTable(key, snapshot)?.partitionBy };
  return `(SELECT count(*) FROM ${ownRows(target, snapshot)} WHERE ${heldBy(key, snapshot)})`;
}
