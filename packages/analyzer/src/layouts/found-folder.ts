import type { MigrationFolder } from '../project.js';

/** A folder in which migrations were found: read when they are asked for, because several frameworks may find the same and one prevails. */
export class FoundFolder implements MigrationFolder {
  readonly #read: () => Omit<MigrationFolder, 'folder'>;
  #found: Omit<MigrationFolder, 'folder'> | undefined;

  constructor(
    readonly folder: string,
    read: () => Omit<MigrationFolder, 'folder'>,
  ) {
    this.#read = read;
  }

  get migrations(): MigrationFolder['migrations'] {
    this.#found ??= this.#read();
    return this.#found.migrations;
  }

  get issues(): MigrationFolder['issues'] {
    this.#found ??= this.#read();
    return this.#found.issues;
  }
}
