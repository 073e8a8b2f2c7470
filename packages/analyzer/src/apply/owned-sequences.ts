import type { Column, DatabaseSequence, Table } from '@planwright/spec';
import { quoteLiteral, quoteName } from '@planwright/sql/postgresql';
import { chooseRelationName } from '../draft/choose-name.js';
import { keyOf } from '../draft/collection.js';
import type { Draft } from '../draft/draft.js';
import { merged } from '../merged.js';
import { withIdentityOptions } from './identity-options.js';
import { storedDefault } from './stored-default.js';
import { without } from './table-of.js';
import { serialType, writtenType } from './written-type.js';

/** `orders.id`, as a sequence names its owner; with the schema in front unless it is the default one. */
export function ownerText(table: Pick<Table, 'schema' | 'name'>, column: string): string {
  return `${table.schema === undefined ? '' : `${table.schema}.`}${table.name}.${column}`;
}

/** Sequences owned by a table's columns, or by one of them. */
export function ownedBy(draft: Draft, table: Pick<Table, 'schema' | 'name'>, column?: string): readonly DatabaseSequence[] {
  const owned = draft.sequencesOwnedBy(ownerText(table, '').slice(0, -1));
  return column === undefined ? owned : owned.filter((sequence) => sequence.ownedBy === ownerText(table, column));
}

/** The default of a column that takes its values from a sequence. */
export function nextval(schema: string | undefined, sequence: string): string {
  return `nextval(${quoteLiteral(quoteName(schema === undefined ? [sequence] : [schema, sequence]))}::regclass)`;
}

/** The column as the database keeps it: a serial one is an integer with a sequence of its own, an identity one has a sequence that no snapshot shows. */
export function storedColumn(draft: Draft, table: Pick<Table, 'schema' | 'name'>, column: Column): Column {
  const type = writtenType(column.type);
  const integer = serialType(type);
  if (integer === undefined && !column.identity) return withStoredDefault(draft, type === column.type ? column : { ...column, type });
  const name = chooseRelationName(draft, table.schema, { first: table.name, second: column.name, label: 'seq' });
  if (integer === undefined) {
    draft.claim(table.schema, name, keyOf(table.schema, table.name));
    return withIdentityOptions(merged(column, { type, notNull: true }), column.identityOptions ?? {});
  }
  const sequence: DatabaseSequence = table.schema === undefined ? { name } : { schema: table.schema, name };
  if (integer !== 'bigint') sequence.type = integer;
  sequence.ownedBy = ownerText(table, column.name);
  draft.setSequence(sequence);
  return merged(column, { type: integer, notNull: true, default: nextval(table.schema, name) });
}

/** The column with its default as the database keeps it. */
export function withStoredDefault(draft: Draft, column: Column): Column {
  const stored = storedDefault(draft, column.type, column.default);
  return stored === column.default ? column : (without(column, 'default') as Column);
}
