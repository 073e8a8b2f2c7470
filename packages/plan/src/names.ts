/** A table, or another object, by its plain name and its schema. */
export interface ObjectName {
  readonly schema?: string;
  readonly table: string;
}

/** How a table is named to readers and keyed in maps: `orders`, `billing.invoices`. */
export function named(object: ObjectName | { readonly schema?: string; readonly name: string }): string {
  const name = 'table' in object ? object.table : object.name;
  return object.schema ? `${object.schema}.${name}` : name;
}

/** The parts of a key that `named` made. A dot in a plain name would be read as a schema's end; a plan shows such names, it does not run them. */
export function partsOf(key: string): ObjectName {
  const dot = key.indexOf('.');
  return dot < 0 ? { table: key } : { schema: key.slice(0, dot), table: key.slice(dot + 1) };
}

/** The index name that the project's pattern makes; default `ix_{table}_{column}`. */
export function indexName(pattern: string | undefined, table: string, columns: readonly string[]): string {
  return (pattern ?? 'ix_{table}_{column}').replaceAll('{table}', table).replaceAll('{column}', columns.join('_'));
}
