import type { Draft } from '../../draft/draft.js';

/** Where an object is: its schema, absent for the default one, as the model's properties. */
export interface InSchema {
  readonly schema?: string;
}

/** A table as the operations name it. */
export interface OnTable extends InSchema {
  readonly table: string;
}

/** A name as the grammar gives it in a `RangeVar`. */
export interface RangeName {
  readonly schemaname?: string;
  readonly relname?: string;
}

/** A schema as a property: absent when it is the default one. */
export function inSchema(schema: string | undefined): InSchema {
  return schema === undefined ? {} : { schema };
}

/** The schema of a relation that exists, or should. */
export function existing(draft: Draft, range: RangeName | undefined): InSchema & { readonly name: string } {
  const name = range?.relname ?? '';
  const schema = range?.schemaname === undefined ? draft.schemaOfRelation(name) : draft.plainSchema(range.schemaname);
  return schema === undefined ? { name } : { schema, name };
}

/** The schema that a relation is made in. */
export function made(draft: Draft, range: RangeName | undefined): InSchema & { readonly name: string } {
  const schema = range?.schemaname === undefined ? draft.searchPath[0] : draft.plainSchema(range.schemaname);
  const name = range?.relname ?? '';
  return schema === undefined ? { name } : { schema, name };
}

/** A table that exists, as the operations name it. */
export function onTable(draft: Draft, range: RangeName | undefined): OnTable {
  const { schema, name: table } = existing(draft, range);
  return schema === undefined ? { table } : { schema, table };
}

/** A list of names (`['billing', 'orders']`) as a range name. */
export function rangeOf(names: readonly string[]): RangeName {
  const relname = names.at(-1) ?? '';
  const schemaname = names.length > 1 ? names.at(-2) : undefined;
  return schemaname === undefined ? { relname } : { schemaname, relname };
}

/** A type that exists: its schema by the search path. */
export function existingType(draft: Draft, names: readonly string[]): InSchema & { readonly name: string } {
  const { relname: name = '', schemaname } = rangeOf(names);
  const schema = schemaname === undefined ? (draft.schemaOfType(name)?.schema ?? draft.searchPath[0]) : draft.plainSchema(schemaname);
  return schema === undefined ? { name } : { schema, name };
}

/** A routine that exists: its schema by the search path. */
export function existingRoutine(draft: Draft, names: readonly string[]): InSchema & { readonly name: string } {
  const { relname: name = '', schemaname } = rangeOf(names);
  const schema = schemaname === undefined ? draft.schemaOfRoutine(name) : draft.plainSchema(schemaname);
  return schema === undefined ? { name } : { schema, name };
}

/** A name that is printed: `billing.orders`, or `orders` in the default schema. */
export function shown({ schema, name }: InSchema & { readonly name: string }): string {
  return schema === undefined ? name : `${schema}.${name}`;
}
