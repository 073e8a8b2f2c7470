import type { Column, Snapshot, Table } from '@planwright/spec';
import { columnWays } from '../column-ways.js';
import { hashOf, saltOf } from '../hash.js';
import { partitionLeaves } from '../partition-leaves.js';
import { qualified } from '../qualified.js';
import { type Placed, tableKey } from '../table-order.js';
import { joined, unsure, type Way, type Wish } from '../wish.js';
import type { Attempt } from './attempt.js';

/** What tables are filled with. */
export interface Filling {
  readonly snapshot: Snapshot;
  readonly seed: number;
  readonly rows: number;
  /** Rows that are there already, by table. */
  readonly present?: Readonly<Record<string, number>>;
  /** A schema whose constraints the rows satisfy as well, as far as its columns are there: the one after a change. */
  readonly satisfying?: Snapshot;
}

/** Rows that are wanted of one table, and what is asked of all of them. */
export class Wanted {
  readonly table: Table;
  readonly later: Placed['later'];
  readonly snapshot: Snapshot;
  /** Its name as plans spell it, and as SQL. */
  readonly own: string;
  readonly name: string;
  /** The table in the schema that the rows satisfy as well. */
  readonly after: Table | undefined;
  /** What each partition asks of the rows that it takes. */
  readonly leaves: readonly ReadonlyMap<string, Wish>[];
  /** How many ways there are to satisfy the checks, and the one that is taken. */
  readonly ways: number;
  readonly way: Way;

  constructor(
    { table, later }: Placed,
    readonly filling: Filling,
    readonly attempt: Attempt,
    /** SQL of the number of the only row; absent where all are made at once. */
    readonly single: string | undefined,
  ) {
    const { snapshot, satisfying } = filling;
    this.table = table;
    this.later = later;
    this.snapshot = snapshot;
    this.own = tableKey(table);
    this.name = qualified(table, snapshot);
    this.after = satisfying?.tables.find((found) => tableKey(found) === this.own);
    this.leaves = table.partitionBy === undefined ? [] : partitionLeaves(table, snapshot);
    const ways = columnWays(table, snapshot, this.after, satisfying);
    this.ways = ways.length;
    this.way = ways[Math.min(attempt.way, ways.length - 1)] ?? unsure;
  }

  column(name: string): Column | undefined {
    return this.table.columns.find((column) => column.name === name);
  }

  wishOf({ name, notNull }: Column): Wish {
    const wish = this.way.wishes.get(name) ?? {};
    return notNull ? (joined(wish, { presence: 'not null' }) ?? wish) : wish;
  }

  /** Whether the partition that a row goes to depends on the column. */
  partsBy(name: string): boolean {
    return this.leaves.some((leaf) => leaf.has(name));
  }

  /** Rows of the table that are there already. */
  get present(): number {
    return this.filling.present?.[this.own] ?? 0;
  }

  salt(...names: readonly string[]): number {
    return saltOf(this.filling.seed, this.own, ...names);
  }

  /** SQL of a number by chance, for a row and for what is named. */
  random(...names: readonly string[]): string {
    return hashOf('g', this.salt(...names));
  }
}
