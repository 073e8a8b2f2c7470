import type { Column, Routine, Snapshot, Table, View } from '@planwright/spec';
import { inOrderOfNeeds, keyOf, mentioning, mentions, pairs } from './named.js';
import type { Same } from './same.js';

/** What one difference forces upon others: columns that change their type or are made anew, and what has to step aside meanwhile. */
export interface Replaced {
  /** Columns by table key that are dropped and made anew: a generated column whose expression changes. */
  readonly columns: ReadonlyMap<string, ReadonlySet<string>>;
  /** Columns by table key whose type changes, but for its length. */
  readonly retyped: ReadonlyMap<string, ReadonlySet<string>>;
  /** Enum and domain types, by key, that are built anew under their name. */
  readonly types: ReadonlySet<string>;
  /** Views by key that are in both schemas and have to be made anew. */
  readonly views: ReadonlySet<string>;
}

/** A table with the columns of it that a view which reads them cannot outlive. */
interface TouchedTable {
  readonly table: Table;
  readonly columns: readonly string[];
}

/** Finds what a difference between two schemas has to make anew although it is in both. */
export function replacedBetween(from: Snapshot, to: Snapshot, same: Same): Replaced {
  const types = rebuiltTypes(from, to, same);
  const columns = new Map<string, Set<string>>();
  const retyped = new Map<string, Set<string>>();
  const touched: TouchedTable[] = [];
  const typeNames = [...types].map((key) => key.split('\0').at(-1) ?? key);
  // A type that is built anew changes columns of tables that are the same objects.
  for (const [table, other] of types.size === 0 ? pairs(from.tables, to.tables, keyOf).both : inBoth(from.tables, to.tables, keyOf)) {
    const [anew, changed] = columnsBetween(table, other, typeNames, same);
    if (anew.size > 0) columns.set(keyOf(table), anew);
    if (changed.size > 0) retyped.set(keyOf(table), changed);
    const gone = pairs(table.columns, other.columns, nameOf).gone.map(nameOf);
    if (anew.size + changed.size + gone.length > 0) touched.push({ table, columns: [...anew, ...changed, ...gone] });
  }
  return { columns, retyped, types, views: rebuiltViews(from, to, same, touched) };
}

function columnsBetween(table: Table, other: Table, typeNames: readonly string[], same: Same): readonly [anew: Set<string>, retyped: Set<string>] {
  const anew = new Set<string>();
  const retyped = new Set<string>();
  for (const [column, later] of typeNames.length === 0 ? pairs(table.columns, other.columns, nameOf).both : inBoth(table.columns, other.columns, nameOf)) {
    if (later.generated !== undefined && !same(column.generated, later.generated)) anew.add(column.name);
    else if (baseType(column) !== baseType(later) || typeNames.some((name) => mentions(later.type, name))) retyped.add(column.name);
  }
  if (retyped.size === 0) return [anew, retyped];
  // PostgreSQL changes no type under a generated column.
  for (const column of other.columns) {
    if (column.generated && [...retyped].some((name) => mentions(column.generated?.expression, name))) anew.add(column.name);
  }
  return [anew, retyped];
}

function nameOf({ name }: Column): string {
  return name;
}

/** What has the same key in both lists, be it the same object. */
function inBoth<Item>(from: readonly Item[], to: readonly Item[], key: (item: Item) => string): readonly (readonly [from: Item, to: Item])[] {
  const later = new Map(to.map((item) => [key(item), item]));
  return from.flatMap((item) => {
    const other = later.get(key(item));
    return other === undefined ? [] : [[item, other] as const];
  });
}

/** The type without length or precision, which change without touching what reads the column; a collation counts. */
function baseType({ type, collation }: Column): string {
  return `${type.replace(/\([^)]*\)/, '')} ${collation ?? ''}`;
}

/** An enum that loses a label or changes their order, a domain over another type: nothing alters these. */
function rebuiltTypes(from: Snapshot, to: Snapshot, same: Same): Set<string> {
  const types = new Set<string>();
  for (const [one, other] of pairs(from.enums, to.enums, keyOf).both) {
    const kept = other.labels.filter((label) => one.labels.includes(label));
    if (!same(kept, one.labels)) types.add(keyOf(one));
  }
  for (const [one, other] of pairs(from.domains, to.domains, keyOf).both) {
    if (one.type !== other.type || one.collation !== other.collation) types.add(keyOf(one));
  }
  return types;
}

function rebuiltViews(from: Snapshot, to: Snapshot, same: Same, touched: readonly TouchedTable[]): Set<string> {
  const views = from.views ?? [];
  const anew = new Set<string>();
  const { gone, both } = pairs(from.views, to.views, keyOf);
  const moved = both.filter(([one, other]) => !sameView(one, other, same) && !replaceable(one, other, same));
  const names = new Set([...gone, ...moved.map(([one]) => one)].map(({ name }) => name));
  for (const view of touched.length > 0 ? views : []) {
    if (!touched.some(({ table, columns }) => mentions(view.query, table.name) && columns.some((column) => mayRead(view, table, column)))) continue;
    anew.add(keyOf(view));
    names.add(view.name);
  }
  if (names.size === 0) return anew;
  // A view on a view that is made anew is made anew as well.
  const read = mentioning(views);
  const reads = new Map(views.map((view) => [view, read(view.query)]));
  for (let grows = true; grows; ) {
    grows = false;
    for (const view of views) {
      if (anew.has(keyOf(view)) || !reads.get(view)?.some(({ name }) => name !== view.name && names.has(name))) continue;
      anew.add(keyOf(view));
      names.add(view.name);
      grows = true;
    }
  }
  return anew;
}

/** Whether a view may read a column of a table that it names: by its name, or through a star that was there when the view was made. */
function mayRead({ query, columns }: View, table: Table, column: string): boolean {
  if (mentions(query, column)) return true;
  if (!/(?:\bselect(?:\s+(?:distinct|all))?\s+|,\s*|\.\s*)\*/i.test(query)) return false;
  // Names of its own say nothing about what the star stood for.
  const plain = columns?.every((name) => table.columns.some((one) => one.name === name));
  return !plain || columns?.includes(column) === true;
}

/** The same but for comment and indexes, which change by themselves. */
export function sameView(one: View, other: View, same: Same): boolean {
  return same({ ...one, comment: undefined, indexes: undefined }, { ...other, comment: undefined, indexes: undefined });
}

/** CREATE OR REPLACE VIEW can bring it there: the columns stay. */
export function replaceable(one: View, other: View | undefined, same: Same): boolean {
  return other !== undefined && !one.materialized && !other.materialized && one.columns !== undefined && same(one.columns, other.columns);
}

/** Views in an order in which each comes after those it reads. */
export function viewsInOrder(views: readonly View[]): readonly View[] {
  const read = mentioning(views);
  return inOrderOfNeeds(views, (view) => read(view.query));
}

/** The list of parameters as written, by which CREATE OR REPLACE must find the routine unchanged. */
export function parametersOf({ definition, name }: Routine): string {
  const start = definition.indexOf('(', Math.max(definition.indexOf(name), 0));
  let depth = 0;
  for (let at = start; at >= 0 && at < definition.length; at++) {
    if (definition[at] === '(') depth++;
    else if (definition[at] === ')' && --depth === 0)
      return definition
        .slice(start, at + 1)
        .replaceAll(/\s+/g, ' ')
        .toLowerCase();
  }
  return '';
}
