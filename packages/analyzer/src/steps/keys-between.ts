// Foreign keys tie tables and statements to each other: what they point at, what they rest on, and what must go before them.
import type { Operation, Snapshot } from '@planwright/spec';
import type { Draft } from '../draft/draft.js';
import { type JudgedMigration, operationsOf } from '../judged-migration.js';
import { inAnyOrder, onTableText, tableText } from '../verdicts/statement-facts.js';
import { tableIn } from './asked.js';

/** `customers email`: a table and columns of it, in whatever order. */
function keyText(table: string, columns: readonly string[]): string {
  return `${table} ${inAnyOrder(columns)}`;
}

/** Tables that foreign keys of an operation point at. */
export function referenced(operation: Operation): readonly string[] {
  return operation.type === 'addConstraint' && operation.constraint.type === 'foreignKey' ? [onTableText(operation.constraint.references)] : [];
}

/** Table and columns that a foreign key points at, in no order: an index of them in any order will do. */
export function referencedKey(operation: Operation): readonly string[] {
  if (operation.type !== 'addConstraint' || operation.constraint.type !== 'foreignKey') return [];
  const { references } = operation.constraint;
  return references.columns ? [keyText(onTableText(references), references.columns)] : [];
}

/** Tables that the foreign keys point at which go with an operation. */
export function keysDropped(operation: Operation, schema: Snapshot): readonly string[] {
  if (operation.type !== 'dropTable' && operation.type !== 'dropColumn' && operation.type !== 'dropConstraint') return [];
  return (tableIn(schema, operation)?.constraints ?? []).flatMap((constraint) => {
    if (constraint.type !== 'foreignKey') return [];
    const goes =
      operation.type === 'dropTable' || (operation.type === 'dropColumn' ? constraint.columns.includes(operation.column) : constraint.name === operation.name);
    return goes ? [onTableText(constraint.references)] : [];
  });
}

/** Tables at which nothing may point any more when a statement of the change comes to them: PostgreSQL empties none that is pointed at, and drops none. */
export function tablesToFree(migrations: readonly JudgedMigration[], before: Snapshot): ReadonlySet<string> {
  const all = operationsOf(migrations);
  const free = new Set(all.flatMap((operation) => (operation.type === 'truncateTable' && !operation.cascade ? [onTableText(operation)] : [])));
  // What is dropped so that another can be emptied is dropped before it, and not at the end.
  for (let size = -1; size !== free.size; ) {
    size = free.size;
    for (const operation of all)
      if (operation.type === 'dropTable' && keysDropped(operation, before).some((name) => free.has(name))) free.add(onTableText(operation));
  }
  return free;
}

/** Table and columns of a unique index, as `referencedKey` names those that a foreign key points at. */
export function keyOfIndex({ tables }: Snapshot, name: string): string | undefined {
  for (const table of tables) {
    const index = table.indexes?.find((one) => one.name === name);
    if (!index?.unique) continue;
    return keyText(
      tableText(table),
      index.keys.map(({ column }) => column ?? ''),
    );
  }
  return undefined;
}

/** As `keyOfIndex`, of the constraint that an operation drops. */
export function keyOfConstraint(schema: Snapshot, operation: Extract<Operation, { type: 'dropConstraint' }>): string | undefined {
  const key = tableIn(schema, operation)?.constraints?.find(({ name }) => name === operation.name);
  return key?.type === 'primaryKey' || key?.type === 'unique' ? keyText(onTableText(operation), key.columns) : undefined;
}

/** Keys that an operation makes (`customers email`, the columns in any order), and the primary key under the table's name alone. */
export function keysMade(operation: Operation): readonly string[] {
  if (operation.type === 'createIndex') {
    const { unique, where, keys } = operation.index;
    const columns = keys.flatMap(({ column }) => column ?? []);
    return unique && where === undefined && columns.length === keys.length ? [keyText(onTableText(operation), columns)] : [];
  }
  if (!isKey(operation)) return [];
  const { type, columns = [] } = operation.constraint;
  const key = keyText(onTableText(operation), columns);
  return type === 'primaryKey' ? [key, onTableText(operation)] : [key];
}

/** Keys that the foreign keys of an operation point at, as `keysMade` names them. */
export function keysReferenced(operation: Operation): readonly string[] {
  const constraints = operation.type === 'createTable' ? (operation.table.constraints ?? []) : operation.type === 'addConstraint' ? [operation.constraint] : [];
  return constraints.flatMap((one) => {
    if (one.type !== 'foreignKey') return [];
    const { references } = one;
    return [references.columns ? keyText(onTableText(references), references.columns) : onTableText(references)];
  });
}

/** Says where a foreign key of an operation points at columns of a known table that no key and no unique index has: PostgreSQL refuses it (42830). */
export function keysMissing(draft: Draft, operation: Operation): readonly string[] {
  const constraints = operation.type === 'createTable' ? (operation.table.constraints ?? []) : operation.type === 'addConstraint' ? [operation.constraint] : [];
  return constraints.flatMap((constraint) => {
    if (constraint.type !== 'foreignKey') return [];
    const { references } = constraint;
    const table = draft.table(references.schema, references.table);
    if (!table) return [];
    const wanted = references.columns && inAnyOrder(references.columns);
    const keys = (table.constraints ?? []).flatMap((one) =>
      one.type === 'primaryKey' || (one.type === 'unique' && wanted !== undefined) ? [inAnyOrder(one.columns)] : [],
    );
    const indexes = (table.indexes ?? []).flatMap(({ unique, where, keys: parts }) =>
      unique && where === undefined
        ? [
            parts
              .map(({ column }) => column ?? '')
              .sort()
              .join(),
          ]
        : [],
    );
    const there = wanted === undefined ? keys.length > 0 : [...keys, ...indexes].includes(wanted);
    return there ? [] : [`There is no key of \`${onTableText(references)}\` yet that a foreign key could point at.`];
  });
}

/** Whether an operation makes a key that a foreign key can rest on. */
export function isKey(operation: Operation): operation is Extract<Operation, { type: 'addConstraint' }> {
  return operation.type === 'addConstraint' && (operation.constraint.type === 'primaryKey' || operation.constraint.type === 'unique');
}
