import type { Column, Table } from '@planwright/spec';
import type { Draft } from '../draft/draft.js';
import { merged } from '../merged.js';
import { type Report, shownName } from './applier.js';

/** The table that an operation is about, or nothing and an issue. */
export function tableOf(draft: Draft, { schema, table }: { readonly schema?: string; readonly table: string }, report: Report): Table | undefined {
  const found = draft.table(draft.plainSchema(schema), table);
  if (!found)
    report(
      'unknown-table',
      `The table ${shownName(schema, table)} is not made by any earlier migration.`,
      'Include the migrations that make it, or check its name.',
    );
  return found;
}

/** The column of a table, or nothing and an issue. */
export function columnOf(table: Table, name: string, report: Report): Column | undefined {
  const found = table.columns.find((column) => column.name === name);
  if (!found)
    report(
      'unknown-column',
      `The table ${shownName(table.schema, table.name)} has no column \`${name}\` at this point.`,
      'Check the name and the order of the migrations.',
    );
  return found;
}

/** The table with one of its columns changed. */
export function withColumn(table: Table, name: string, change: (column: Column) => Column): Table {
  return merged(table, { columns: table.columns.map((column) => (column.name === name ? change(column) : column)) });
}

/** Changes a table and, below it, its partitions and the tables that inherit from it. */
export function changeWithChildren(draft: Draft, table: Table, change: (table: Table) => Table): void {
  const children = draft.childrenOf(table);
  draft.setTable(change(table));
  for (const child of children) changeWithChildren(draft, child, change);
}

/** An object without some of its optional properties. */
export function without<T extends object, K extends keyof T>(object: T, ...keys: readonly K[]): Omit<T, K> {
  if (!keys.some((key) => key in object)) return object;
  // Deleting makes an object slow for good: it is made anew of the others.
  const copy: Partial<T> = {};
  for (const key in object) if (!(keys as readonly (keyof T)[]).includes(key)) copy[key] = object[key];
  // What is left out is optional in the type, or the caller says that it is not there.
  return copy as Omit<T, K>;
}
