import type { Node } from '@pgsql/types';

type KindOf<N> = N extends unknown ? keyof N : never;

/** The name of a node's type in PostgreSQL's source: `AlterTableStmt`, `ColumnDef`, `FuncCall`… */
export type NodeKind = KindOf<Node>;

/** The fields of one kind of node. An absent field holds its zero: false, 0, '' or no node. */
export type NodeOf<K extends NodeKind> = FieldsIn<Node, K>;

type FieldsIn<N, K extends NodeKind> = N extends Readonly<Record<K, infer Fields>> ? Fields : never;

/** A node with its kind beside its fields, so that a `switch` over `kind` narrows `value`. */
export type TaggedNode<K extends NodeKind = NodeKind> = { readonly [P in K]: { readonly kind: P; readonly value: NodeOf<P> } }[K];

/** Turns the grammar's `{AlterTableStmt: {…}}` into `{kind: 'AlterTableStmt', value: {…}}`. */
export function tagged(node: Node): TaggedNode {
  for (const kind in node) {
    // The grammar writes exactly one key, and it is the kind of the value.
    return { kind, value: (node as Readonly<Record<string, unknown>>)[kind] } as TaggedNode;
  }
  throw new TypeError('A node of the grammar has one key, its kind; this one has none.');
}

/** The fields of a node if it is of this kind. */
export function nodeOf<K extends NodeKind>(kind: K, node: Node | undefined): NodeOf<K> | undefined {
  // A node has one key, its kind; asked for by another name there is nothing.
  return node && (node as Readonly<Partial<Record<K, NodeOf<K>>>>)[kind];
}

/** The fields of those nodes of a list that are of this kind, in order. */
export function nodesOf<K extends NodeKind>(kind: K, nodes: readonly Node[] | undefined): readonly NodeOf<K>[] {
  const found: NodeOf<K>[] = [];
  for (const node of nodes ?? []) {
    const fields = nodeOf(kind, node);
    if (fields !== undefined) found.push(fields);
  }
  return found;
}

/** The texts of a list of names: `[{String: {sval: 'public'}}, {String: {sval: 'orders'}}]` becomes `['public', 'orders']`. */
export function stringsOf(nodes: readonly Node[] | undefined): readonly string[] {
  const found: string[] = [];
  for (const node of nodes ?? []) {
    const text = nodeOf('String', node);
    if (text) found.push(text.sval ?? '');
  }
  return found;
}
