/** Tables and columns (`orders.total`) that a change has made before one of its statements. */
export type MadeNames = Pick<ReadonlySet<string>, 'has' | typeof Symbol.iterator>;

/**
 * What a change makes, statement by statement. Each statement sees what was made before it, and none needs a list of its own: a file of a hundred
 * thousand statements keeps each name once.
 */
export class MadeLog {
  readonly #before: MadeNames;
  /** Names with the number of the statement that first made them. */
  #since: Map<string, number> | undefined;

  /** `before`: what earlier migrations of the change have made. */
  constructor(before: MadeNames) {
    this.#before = before;
  }

  add(name: string, statement: number): void {
    if (this.#before.has(name) || this.#since?.has(name)) return;
    this.#since ??= new Map();
    this.#since.set(name, statement);
  }

  /** What was made before a statement. */
  upTo(statement: number): MadeNames {
    return this.#since ? new MadeUpTo(this.#before, this.#since, statement) : this.#before;
  }

  /** All of it. */
  all(): ReadonlySet<string> {
    return new Set([...this.#before, ...(this.#since?.keys() ?? [])]);
  }
}

/** What was made before one statement. */
class MadeUpTo implements MadeNames {
  constructor(
    private readonly before: MadeNames,
    private readonly since: ReadonlyMap<string, number>,
    private readonly statement: number,
  ) {}

  has(name: string): boolean {
    const at = this.since.get(name);
    return at === undefined ? this.before.has(name) : at < this.statement;
  }

  *[Symbol.iterator](): SetIterator<string> {
    yield* this.before;
    for (const [name, at] of this.since) if (at < this.statement) yield name;
    return undefined;
  }
}
