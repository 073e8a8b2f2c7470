/** Names in the order in which they came. */
export class Names {
  readonly #names: Set<string>;
  #list: readonly string[] | undefined;

  constructor(names: readonly string[] = []) {
    this.#names = new Set(names);
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  add(name: string): void {
    this.#names.add(name);
    this.#list = undefined;
  }

  delete(name: string): void {
    this.#names.delete(name);
    this.#list = undefined;
  }

  /** All of them. The same array until something changes. */
  list(): readonly string[] {
    this.#list ??= [...this.#names];
    return this.#list;
  }
}
