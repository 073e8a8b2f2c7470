import type { Column, Operation, Snapshot, Table } from '@planwright/spec';
import type { GivenAgain } from '../given-again.js';
import type { GoneConstraints } from '../gone-constraints.js';
import type { MadeNames } from '../made-names.js';
import type { TableName } from '../named-tables.js';
import type { RestsOn } from '../rests-on.js';

/** What a verdict on one statement rests on. */
export interface StatementFacts {
  readonly operations: readonly Operation[];
  /** The objects that the statement touches or names, before it and after it. */
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Tables that it neither changes nor names and that it may lock: partitions, heirs, the other side of foreign keys. */
  readonly neighbours: readonly Table[];
  /** Types of columns, functions of defaults and views that it depends on, as they were before it. */
  readonly restsOn: RestsOn;
  /** Tables, types and columns (`orders.total`) that the change has made before this statement: no running release knows them. */
  readonly made: MadeNames;
  /** Constraints that the change has dropped before this statement: until then, running releases kept them. */
  readonly gone: GoneConstraints;
  /** What the statement, or one after it in its transaction, gives again. */
  readonly again: GivenAgain;
  /** The script has set its time zone to UTC: there a timestamp and a timestamptz are the same value. */
  readonly utc?: boolean;
  /** Major version of the database that the statement is for; absent, the newest. */
  readonly version?: number | undefined;
}

/** A table as verdicts name it: `orders`, `billing.invoices`. */
export function tableText({ schema, name }: TableName): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

/** The name of the table that an operation is on. */
export function onTableText({ schema, table }: { readonly schema?: string; readonly table: string }): string {
  return schema === undefined ? table : `${schema}.${table}`;
}

/** The name of the column that an operation is on: `orders.total`. */
export function columnText(on: { readonly schema?: string; readonly table: string; readonly column: string }): string {
  return `${onTableText(on)}.${on.column}`;
}

/** A column of the table that an operation is on, as operations on columns name theirs. */
export function columnOn(
  { schema, table }: { readonly schema?: string; readonly table: string },
  column: string,
): { readonly schema?: string; readonly table: string; readonly column: string } {
  return schema === undefined ? { table, column } : { schema, table, column };
}

/** Columns that a statement adds to a table, which is named as verdicts do. */
export function columnsAddedTo({ operations }: StatementFacts, table: string): readonly Column[] {
  const added: Column[] = [];
  for (const operation of operations) if (operation.type === 'addColumn' && onTableText(operation) === table) added.push(operation.column);
  return added;
}

/** Columns as the same text whatever their order. */
export function inAnyOrder(columns: readonly string[]): string {
  return [...columns].sort().join();
}

export function tableBefore({ before }: StatementFacts, { schema, table }: { readonly schema?: string; readonly table: string }): Table | undefined {
  return before.tables.find((candidate) => candidate.name === table && candidate.schema === schema);
}

export function columnBefore(facts: StatementFacts, on: { readonly schema?: string; readonly table: string; readonly column: string }): Column | undefined {
  return tableBefore(facts, on)?.columns.find(({ name }) => name === on.column);
}

/** Whether running releases know the table: it was there before the change. */
export function isOld(facts: StatementFacts, on: { readonly schema?: string; readonly table: string }): boolean {
  return !facts.made.has(onTableText(on));
}

/** Tables, views, types and columns that the operations of a statement make, or give a name. */
export function madeBy(operations: readonly Operation[]): readonly string[] {
  const made: string[] = [];
  for (const operation of operations) {
    if (operation.type === 'createTable') made.push(tableText(operation.table));
    else if (operation.type === 'addColumn') made.push(`${onTableText(operation)}.${operation.column.name}`);
    else if (operation.type === 'createView') made.push(tableText(operation.view));
    else if (operation.type === 'createEnum') made.push(tableText(operation.enum));
    else if (operation.type === 'renameType') made.push(tableText({ ...operation, name: operation.to }));
  }
  return made;
}
