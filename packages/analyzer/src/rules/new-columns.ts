import type { Column, Operation } from '@planwright/spec';
import { onTableText, tableText } from '../verdicts/statement-facts.js';

/** A column that a statement makes. */
export interface NewColumn {
  readonly table: string;
  readonly column: Column;
  readonly isKey: boolean;
}

/** Columns that CREATE TABLE or ADD COLUMN makes; those of a temporary table are nobody's style. */
export function newColumns(operation: Extract<Operation, { type: 'createTable' | 'addColumn' }>): readonly NewColumn[] {
  if (operation.type === 'addColumn') return [{ table: onTableText(operation), column: operation.column, isKey: false }];
  const { table } = operation;
  if (table.persistence === 'temporary') return [];
  const key = table.constraints?.find(({ type }) => type === 'primaryKey')?.columns ?? [];
  return table.columns.map((column) => ({ table: tableText(table), column, isKey: key.includes(column.name) }));
}
