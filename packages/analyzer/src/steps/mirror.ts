import type { On } from '../lock-facts/postgresql/surroundings.js';

/** Two columns of one table that a trigger keeps equal until the old one goes. */
export interface Mirror {
  /** What running code knows. */
  readonly old: string;
  /** What replaces it, by its name while both are there. */
  readonly interim: string;
  /** The new value from the row: `placed_by`, `total_cents::bigint`. */
  readonly forward: (column: string) => string;
  /** The old value from the new one; absent where it can't be told, and the old column goes stale after the swap. */
  readonly backward?: (column: string) => string;
  /** The old column can hold every value of the new one. */
  readonly fits?: boolean;
  /** The new one keeps less of a value than the old: that one follows only what is written anew. */
  readonly keepsLess?: 'rounded' | 'respelt';
  /** Both are told from each other's text. A trigger then names no type, which the change may rename while it is there. */
  readonly byText?: boolean;
  /** The new column takes the old one's name, so the old one gets this name at the swap; absent for a rename. */
  readonly oldAfterSwap?: string;
  /** How `old` is defined, for the way back. */
  readonly definition: string;
  readonly notNull: boolean;
  /** Default that the new column gets, once it stands alone or has the old one's name. */
  readonly default?: string;
  /** The old column has a default of its own, which would stand in the way once the trigger fills it. */
  readonly hasDefault: boolean;
  /** That default is a value which the new type cannot hold; `instead`: the default of the end, where the old type holds it too. */
  readonly unfitDefault?: { readonly value: string; readonly instead?: string };
}

/** A column that a trigger works out from old ones until they go: one part of a split, or a merge. */
export interface Follower {
  readonly column: string;
  readonly type?: string;
  /** What an INSERT gives it that leaves it out. */
  readonly default?: string;
  /** Its value over the row: `split_part(full_name, ' ', 1)`. */
  readonly value: string;
  /** Rows that get it: `archived`; absent means all. */
  readonly where?: string;
  /** The old columns that tell value and rows. */
  readonly sources: readonly string[];
  /** All columns that they are told from. */
  readonly reads: readonly string[];
  /** The change makes the column: nothing is lost with it. */
  readonly isNew: boolean;
}

/** Values that a new type cannot hold. */
export interface Refused {
  /** "Fails with 22003 when a value of `orders.number` does not fit integer." */
  readonly reason: string;
  /** Counts them. */
  readonly query?: string;
}

/** Columns of existing rows that get a value. */
export interface Fill {
  readonly set: Readonly<Record<string, string>>;
  /** Rows that need it. */
  readonly where: string;
  /** The columns are new, or copies: nothing is lost when they go. */
  readonly ownColumns: boolean;
  /** It is of every row: the condition leaves out only those that are right already. */
  readonly everyRow?: boolean;
  /** Rows on which it fails. */
  readonly refused?: Refused;
  /** Types of the columns, as far as they are known. */
  readonly types?: Readonly<Record<string, string>>;
  /** Tables whose rows the values and the condition are looked up in. */
  readonly reads?: readonly string[];
}

/** All that is mirrored and filled in one table: one trigger and one run of batches for the whole table. */
export interface TableWork {
  readonly on: On;
  readonly mirrors: { readonly mirror: Mirror; readonly from: string; readonly rule?: string }[];
  readonly followers: { readonly follower: Follower; readonly from: string; readonly rule?: string }[];
  readonly fills: { readonly fill: Fill; readonly from: string; readonly rule?: string }[];
}

/** Columns under whose name another one comes that cannot hold all their values: its trigger refuses what does not fit, so that a release that writes what does is there before it. */
export function refusingColumns({ mirrors, fills }: TableWork): readonly string[] {
  return mirrors.flatMap(({ mirror: { old, interim, oldAfterSwap } }) =>
    oldAfterSwap !== undefined && fills.some(({ fill }) => fill.refused && interim in fill.set) ? [old] : [],
  );
}
