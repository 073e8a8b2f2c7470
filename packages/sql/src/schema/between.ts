import type { Column, Snapshot, Table } from '@planwright/spec';
import { inSchema } from './named.js';
import type { Replaced } from './replaced.js';
import type { Same } from './same.js';
import type { Steps } from './steps.js';

/** What a difference is computed from. */
export interface Between {
  readonly from: Snapshot;
  readonly to: Snapshot;
  readonly same: Same;
  readonly replaced: Replaced;
  readonly steps: Steps;
}

/** A table as operations name it. */
export function on(table: { readonly schema?: string; readonly name: string }): { schema?: string; table: string } {
  return { ...inSchema(table), table: table.name };
}

/** Whether the table's primary key covers the column, and so makes it NOT NULL. */
export function inPrimaryKey(table: Table, column: Column): boolean {
  return (table.constraints ?? []).some((constraint) => constraint.type === 'primaryKey' && constraint.columns.includes(column.name));
}
