import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import { segmentsOf } from './pointer.js';

/** A place in a text; line and column count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the values of a file stand in it, by JSON pointer. A place that is not there gives that of the nearest object around it. */
export interface Positions {
  readonly file?: string | undefined;
  /** The place of the key, for properties; of the item, for items of lists. */
  keyAt(pointer: string): Position | undefined;
  valueAt(pointer: string): Position | undefined;
  /** The scalar as written: `001` where the value is 1. */
  sourceAt(pointer: string): string | undefined;
}

/** Positions of a YAML or JSON document. The document is parsed when a place is asked for, which is seldom. */
export function documentPositions(file: string | undefined, parsed: () => { readonly document: Document; readonly lines: LineCounter }): Positions {
  const place = (offset: number | undefined): Position | undefined => {
    if (offset === undefined) return undefined;
    const { line, col } = parsed().lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  return {
    file,
    keyAt: (pointer) => place(find(parsed().document, pointer).key),
    valueAt: (pointer) => place(find(parsed().document, pointer).value),
    sourceAt: (pointer) => find(parsed().document, pointer).source,
  };
}

interface Found {
  readonly key: number | undefined;
  readonly value: number | undefined;
  readonly source: string | undefined;
}

function find(document: Document, pointer: string): Found {
  let node = document.contents as Node | null; // parseDocument makes nodes, which its types leave open
  let key = node?.range?.[0] ?? 0; // an empty file begins at its beginning
  let value: number = key;
  for (const segment of segmentsOf(pointer)) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find((item) => (isScalar(item.key) ? String(item.key.value) : undefined) === segment);
      if (!pair) return { key, value: key, source: undefined };
      key = (pair.key as Node | null)?.range?.[0] ?? key; // a key of a parsed map is a node
      next = pair.value;
    } else if (isSeq(node)) {
      next = node.items[Number(segment)];
      key = (next as Node | undefined)?.range?.[0] ?? key; // so are the items of a parsed list
    } else {
      return { key, value: key, source: undefined };
    }
    node = (next ?? null) as Node | null;
    value = node?.range?.[0] ?? key;
  }
  return { key, value, source: isScalar(node) ? node.source : undefined };
}
