import type { ForeignKey, Table } from '@planwright/spec';

/** A table and those of its foreign keys whose target has no rows yet when it is filled. */
export interface Placed {
  readonly table: Table;
  readonly later: ReadonlySet<ForeignKey>;
}

/** Name of a table within a snapshot: without the default schema. */
export function tableKey({ schema, name }: { readonly schema?: string | undefined; readonly name: string }): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

export function targetOf({ references }: ForeignKey): string {
  return tableKey({ schema: references.schema, name: references.table });
}

export function foreignKeys(table: Table): readonly ForeignKey[] {
  return (table.constraints ?? []).filter((constraint) => constraint.type === 'foreignKey');
}

/** A key of which every column must have a value. */
export function needed(table: Table, key: ForeignKey): boolean {
  return key.columns.every((name) => table.columns.find((column) => column.name === name)?.notNull === true);
}

/**
 * Tables so that a table comes after those it refers to, also by keys that come later: those of `satisfying`, as far as that is possible. Where tables refer to
 * each other, a key that may be NULL is left for later.
 */
export function tableOrder(tables: readonly Table[], satisfying: readonly Table[] = []): readonly Placed[] {
  const waiting = new Map(tables.map((table) => [tableKey(table), table]));
  const placed: Placed[] = [];
  const waits = (table: Table, all: boolean) =>
    foreignKeys(table).some((key) => targetOf(key) !== tableKey(table) && waiting.has(targetOf(key)) && (all || needed(table, key)));
  const toCome = new Map(satisfying.map((table) => [tableKey(table), foreignKeys(table).map(targetOf)]));
  const willWait = (table: Table) => toCome.get(tableKey(table))?.some((target) => target !== tableKey(table) && waiting.has(target)) === true;
  while (waiting.size > 0) {
    const left = [...waiting.values()];
    // First those that wait for nothing; then, in a circle, one whose open keys may be NULL; else any.
    const now = left.filter((table) => !waits(table, true));
    const free = now.some((table) => !willWait(table)) ? now.filter((table) => !willWait(table)) : now;
    const [first] = left;
    const next = free.length > 0 ? free : [left.find((table) => !waits(table, false)) ?? first].filter((table) => table !== undefined);
    for (const table of next) {
      waiting.delete(tableKey(table));
      placed.push({ table, later: new Set(foreignKeys(table).filter((key) => waiting.has(targetOf(key)) && targetOf(key) !== tableKey(table))) });
    }
  }
  return placed;
}
