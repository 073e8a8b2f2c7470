/** The SQL of a rule's folder. */
export interface RuleExample {
  /** The schema that `unsafe` meets. */
  readonly before: string;
  /** What the rule reports once. */
  readonly unsafe: string;
  /** What the safe steps make of it; absent where there are none. */
  readonly safe?: string;
}
