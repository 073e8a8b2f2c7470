import type { Draft } from './draft.js';

/** Longest identifier in bytes: NAMEDATALEN - 1. */
const longestName = 63;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A name for an index, sequence or constraint that nobody named, as `makeObjectName` of PostgreSQL builds it: the longer part is cut first. */
export function joinName(first: string, second: string | undefined, label: string): string {
  const overhead = label.length + 1 + (second === undefined ? 0 : 1);
  const available = longestName - overhead;
  let firstLength = byteLength(first);
  let secondLength = second === undefined ? 0 : byteLength(second);
  while (firstLength + secondLength > available) {
    if (firstLength > secondLength) firstLength--;
    else secondLength--;
  }
  const parts = [clip(first, firstLength), ...(second === undefined ? [] : [clip(second, secondLength)]), label];
  return parts.join('_');
}

/** The first free name of a relation; with `constraint`, no constraint of the schema may have it either. */
export function chooseRelationName(
  draft: Draft,
  schema: string | undefined,
  parts: { readonly first: string; readonly second?: string; readonly label: string },
  constraint = false,
): string {
  return firstFree(parts, (name) => draft.relation(schema, name) === undefined && !(constraint && draft.hasConstraint(schema, name)));
}

/** The first name that no constraint of the schema has, nor any of `others`. */
export function chooseConstraintName(
  draft: Draft,
  schema: string | undefined,
  parts: { readonly first: string; readonly second?: string; readonly label: string },
  others: ReadonlySet<string>,
): string {
  return firstFree(parts, (name) => !others.has(name) && !draft.hasConstraint(schema, name));
}

/** Column names joined for a name, as `ChooseIndexNameAddition` does: no further column is added once 63 bytes are passed. */
export function joinColumns(columns: readonly string[]): string {
  let joined = '';
  for (const column of columns) {
    joined = joined === '' ? column : `${joined}_${column}`;
    if (byteLength(joined) > longestName) break;
  }
  return joined;
}

function firstFree(parts: { readonly first: string; readonly second?: string; readonly label: string }, free: (name: string) => boolean): string {
  for (let pass = 0; ; pass++) {
    const name = joinName(parts.first, parts.second, pass === 0 ? parts.label : `${parts.label}${pass}`);
    if (free(name)) return name;
  }
}

function byteLength(text: string): number {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return encoder.encode(text).length;
  return text.length;
}

/** Cuts to at most so many bytes without splitting a character. */
function clip(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text;
  if (byteLength(text) === text.length) return text.slice(0, bytes);
  const cut = encoder.encode(text);
  let end = bytes;
  while (end > 0 && ((cut[end] ?? 0) & 0xc0) === 0x80) end--;
  return decoder.decode(cut.subarray(0, end));
}
