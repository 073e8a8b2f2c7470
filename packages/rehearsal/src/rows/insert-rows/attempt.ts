/** How rows are made when the plain way was refused. */
export interface Attempt {
  /** Which of the ways to satisfy the checks. */
  readonly way: number;
  /** Only what must have a value gets one, and defaults stay. */
  readonly bare?: boolean;
  /** No value is left out by chance. */
  readonly full?: boolean;
  /** Rows that a key refuses are left out. */
  readonly skip?: boolean;
  /** Columns left to their defaults. */
  readonly defaults?: ReadonlySet<string>;
  /** Columns left NULL. */
  readonly nulls?: ReadonlySet<string>;
  /** Numbers that the database would count are given, after those that are there. */
  readonly numbered?: boolean;
  /** Texts are digits alone: something casts them. */
  readonly digits?: boolean;
  /** Which guess stands for a type that is not known here. */
  readonly guess?: number;
}
