import type { SourceFile } from './project.js';

/** The files of a project, as frameworks look for their own among them. */
export class ProjectFiles {
  /** Files that end in `.sql`, and all others. */
  readonly sql: readonly SourceFile[];
  readonly others: readonly SourceFile[];
  readonly #byPath: ReadonlyMap<string, SourceFile>;
  readonly #told = new Map<unknown, unknown>();

  constructor(readonly all: readonly SourceFile[]) {
    const sql: SourceFile[] = [];
    const others: SourceFile[] = [];
    for (const file of all) (file.path.endsWith('.sql') ? sql : others).push(file);
    this.sql = sql;
    this.others = others;
    this.#byPath = new Map(all.map((file) => [file.path, file]));
  }

  at(path: string): SourceFile | undefined {
    return this.#byPath.get(path);
  }

  /** What a function reads of the files. Several frameworks ask the same, and it is read once. */
  once<Told>(read: (files: ProjectFiles) => Told): Told {
    // Each function has a place of its own.
    if (this.#told.has(read)) return this.#told.get(read) as Told;
    const told = read(this);
    this.#told.set(read, told);
    return told;
  }
}
