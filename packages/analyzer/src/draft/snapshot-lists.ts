import type { Snapshot } from '@planwright/spec';

/** The lists of a snapshot, not yet its own. */
export type Lists = { readonly [K in keyof Snapshot]-?: Snapshot[K] extends readonly (infer T)[] | undefined ? readonly T[] : Snapshot[K] };
/** Some of them. */
export type SomeLists = Partial<Lists> & Pick<Lists, 'tables'>;
/** While it is put together. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Without what is missing. */
export function present<T>(items: Iterable<T | undefined>): T[] {
  const found: T[] = [];
  for (const item of items) if (item !== undefined) found.push(item);
  return found;
}

/** A snapshot without empty lists. The lists become its own: nobody changes them afterwards, though the model's types would let them. */
export function snapshotOf(lists: SomeLists): Snapshot {
  const snapshot: Writable<SomeLists> = { tables: lists.tables };
  if (lists.defaultSchema !== undefined && lists.defaultSchema !== 'public') snapshot.defaultSchema = lists.defaultSchema;
  if (lists.schemas?.length) snapshot.schemas = lists.schemas;
  if (lists.extensions?.length) snapshot.extensions = lists.extensions;
  if (lists.views?.length) snapshot.views = lists.views;
  if (lists.sequences?.length) snapshot.sequences = lists.sequences;
  if (lists.enums?.length) snapshot.enums = lists.enums;
  if (lists.domains?.length) snapshot.domains = lists.domains;
  if (lists.compositeTypes?.length) snapshot.compositeTypes = lists.compositeTypes;
  if (lists.routines?.length) snapshot.routines = lists.routines;
  if (lists.objects?.length) snapshot.objects = lists.objects;
  return snapshot as Snapshot;
}
