import type { Operation, Table, View } from '@planwright/spec';
import type { Draft } from './draft/draft.js';
import { isOfType } from './rests-on.js';
import { viewReads } from './view-reads.js';

/** Tables with a column of a type that somebody made, or of arrays of it. Changes of types are rare, so that nothing is kept ready for them. */
export function tablesWithType(draft: Draft, { schema, name }: { readonly schema?: string; readonly name: string }): readonly Table[] {
  const type = plainType(draft, schema, name);
  return draft.tables.filter(({ columns }) => columns.some((column) => isOfType(column.type, type)));
}

/** What an operation neither names nor changes and what its way back has to change. */
export interface OnTheWayBack {
  readonly tables: readonly Table[];
  readonly views: readonly View[];
}

/** A label goes only with its type, and columns of it, with the views that read them, go over to another. */
export function onTheWayBack(draft: Draft, operations: readonly Operation[]): OnTheWayBack {
  const types = operations.filter((operation) => operation.type === 'addEnumValue');
  if (types.length === 0) return nothing;
  const tables = types.flatMap((operation) => tablesWithType(draft, operation));
  const plain = types.map(({ schema, name }) => plainType(draft, schema, name));
  const columns = tables.flatMap((table) =>
    table.columns
      .filter(({ type }) => plain.some((one) => isOfType(type, one)))
      .map(({ name }) => [table.schema === undefined ? table.name : `${table.schema}.${table.name}`, name] as const),
  );
  return { tables, views: draft.views.list().filter((view) => columns.some(([table, column]) => viewReads(view, table, column))) };
}

const nothing: OnTheWayBack = { tables: [], views: [] };

/** A type with its schema as the model writes it. */
function plainType(draft: Draft, schema: string | undefined, name: string): { readonly schema?: string; readonly name: string } {
  const plain = draft.plainSchema(schema);
  return plain === undefined ? { name } : { schema: plain, name };
}
