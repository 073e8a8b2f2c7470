/** Tables and columns (`orders.total`) that a change has made before one of its statements. */
export type MadeNames = Pick<ReadonlySet<string>, 'has' | typeof Symbol.iterator>;

/**
 * What a change makes, statement by statement. Each statement sees what was made before it, and none needs a list of its own: a file of a hundred
 * thousand statements keeps each name once.
 */
export class MadeLog {
  readonly #before: MadeNames;
  /** Names with the number of the statement that first made them. */
  readonly #since = new Map<string, number>();

  /** `before`: what earlier migrations of the change have made. */
  constructor(before: MadeNames) {
    this.#before = before;
  }

  add(name: string, statement: number): void {
    if (!this.#before.has(name) && !this.#since.has(name)) this.#since.set(name, statement);
  }

  /** What was made before a statement. */
  upTo(statement: number): MadeNames {
    const before = this.#before;
    const since = this.#since;
    return {
      has: (name) => before.has(name) || (since.get(name) ?? statement) < statement,
      *[Symbol.iterator]() {
        yield* before;
        for (const [name, at] of since) if (at < statement) yield name;
        return undefined;
      },
    };
  }

  /** All of it. */
  all(): ReadonlySet<string> {
    return new Set([...this.#before, ...this.#since.keys()]);
  }
}
