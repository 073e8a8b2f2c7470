import type { Node } from '@pgsql/types';
import { type NodeOf, stringsOf } from '@planwright/sql/postgresql';

/** Names of the columns that an expression reads, each once, in order of appearance; for `orders.total` that is `total`. */
export function columnsRead(node: Node | undefined): readonly string[] {
  const found = new Set<string>();
  visit(node, (kind, value) => {
    if (kind !== 'ColumnRef') return;
    // The visitor's kinds are the grammar's; a ColumnRef has these fields.
    const name = stringsOf((value as NodeOf<'ColumnRef'>).fields).at(-1);
    if (name !== undefined) found.add(name);
  });
  return [...found];
}

/** Calls `see` for each node inside, the outer first. Fields that are nodes without a kind of their own (a `RangeVar` in `relation`) are entered, not seen. */
export function visit(tree: unknown, see: (kind: string, value: object) => void): void {
  if (Array.isArray(tree)) {
    for (const item of tree) visit(item, see);
    return;
  }
  if (typeof tree !== 'object' || tree === null) return;
  // The tree is plain JSON.
  const fields = tree as Readonly<Record<string, unknown>>;
  for (const key in fields) {
    const value = fields[key];
    if (typeof value !== 'object' || value === null) continue;
    // Kinds of nodes are capitalised, fields are not.
    const first = key.charCodeAt(0);
    if (first >= 65 && first <= 90) see(key, value);
    visit(value, see);
  }
}
