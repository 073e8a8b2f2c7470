import type { Column } from '@planwright/spec';
import { keySets, keySetsToCome } from '../key-sets.js';
import { countOf } from '../references.js';
import { endless } from '../values.js';
import type { ColumnValues } from './column-values.js';
import type { Parents } from './parents.js';
import type { Wanted } from './wanted.js';

/**
 * Numbers by which keys do not repeat: each unique set of columns gets one that never repeats, or the digits of the row's number are shared out among those that do.
 * What stands in a set is a column, or a parent with its columns.
 */
export class KeyPlaces {
  /** SQL of a number from 0, by a column's name or a parent's alias. */
  readonly of = new Map<string, string>();
  /** Columns that never repeat. */
  readonly full = new Set<string>();
  /** SQL of which rows there can be: a key may have fewer values than rows are wanted. */
  readonly conditions: string[] = [];

  constructor(
    private readonly wanted: Wanted,
    private readonly parents: Parents,
    private readonly values: ColumnValues,
    left: ReadonlySet<string>,
  ) {
    for (const set of keySets(wanted.table, wanted.after)) {
      const columns = this.#open(set, left);
      if (columns && !this.#fill(columns)) this.#shareOut(columns);
    }
    for (const set of keySetsToCome(wanted.table, wanted.after)) {
      const columns = this.#open(set, left);
      if (columns) this.#fill(columns);
    }
  }

  /** The columns of a set, unless it cannot repeat as it is. */
  #open(set: readonly string[], left: ReadonlySet<string>): readonly Column[] | undefined {
    const columns = set.flatMap((name) => this.wanted.column(name) ?? []);
    if (columns.some(({ name }) => left.has(name) || this.full.has(name))) return undefined;
    if (columns.some((column) => this.wanted.wishOf(column).presence === 'null' || this.parents.waiting.has(column.name))) return undefined;
    return columns;
  }

  /** Whether one of the columns can have a value of its own for each row, which it then gets. */
  #fill(columns: readonly Column[]): boolean {
    const free = columns.find((column) => this.#isFree(column));
    if (!free) return false;
    this.of.set(free.name, '(g - 1)');
    this.full.add(free.name);
    return true;
  }

  /** A column that has a value of its own for each row. */
  #isFree(column: Column): boolean {
    const [first, second] = this.values.of(column);
    return (
      !this.parents.columns.has(column.name) &&
      second === undefined &&
      (first?.count ?? 0) >= this.wanted.filling.rows &&
      !this.of.has(column.name) &&
      // The moment in which a row is made is no key.
      !column.default?.match(/^(now|CURRENT)/) &&
      column.type !== 'boolean'
    );
  }

  #shareOut(columns: readonly Column[]): void {
    const aliasOf = (column: string) => this.parents.given.find(({ key }) => key.columns.includes(column))?.alias;
    const members = [...new Set(columns.map(({ name }) => aliasOf(name) ?? name))];
    const open = members.filter((member) => !this.of.has(member));
    let radix = '';
    for (const [index, member] of open.entries()) {
      const column = this.wanted.column(member);
      const { leaves } = this.wanted;
      // Rows go to the partitions in turn, so that one in each has the same value.
      const start = column && this.wanted.partsBy(column.name) && leaves.length > 1 ? `(g - 1) / ${leaves.length}` : '(g - 1)';
      const place = `(${start}${radix})`;
      const last = index === open.length - 1;
      const parent = this.parents.given.find(({ alias }) => alias === member);
      const size = parent ? `greatest(1, ${countOf(parent.key, this.wanted.snapshot)})` : column && this.#sizeOf(column);
      this.of.set(member, last || size === undefined ? place : `(${place} % ${size})`);
      if (size === undefined) continue;
      if (last && !parent) this.conditions.push(`${place} < ${size}`);
      radix += ` / ${size}`;
    }
    if (members.length === 1) for (const { name } of columns) this.full.add(name);
  }

  /** How many values a column has in each partition; undefined where there is no end to them. */
  #sizeOf(column: Column): string | undefined {
    const count = Math.min(...this.values.of(column).map((values) => values.count));
    return count === endless ? undefined : String(count);
  }
}
