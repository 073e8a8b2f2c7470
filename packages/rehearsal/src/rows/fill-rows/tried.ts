/** What became of filling a table. */
export interface Tried {
  readonly afterwards: readonly string[];
  readonly note?: string;
  /** The note says that there are no rows. */
  readonly none?: true;
}
