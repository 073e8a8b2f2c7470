import { ChangeIndex } from './change-index.js';
import { MadeThings } from './made-things.js';
import type { StatementAt } from './rule.js';

/** All statements of a change, in their order, with what rules look up among them: put together when the first rule asks, and gone with the change. */
export class Change {
  #index: ChangeIndex | undefined;
  #made: MadeThings | undefined;

  constructor(readonly statements: readonly StatementAt[]) {}

  /** Columns, indexes and keys that it adds, by table. */
  get index(): ChangeIndex {
    this.#index ??= new ChangeIndex(this.statements);
    return this.#index;
  }

  /** Where each thing that it makes comes about. */
  get made(): MadeThings {
    this.#made ??= new MadeThings(this.statements);
    return this.#made;
  }
}
