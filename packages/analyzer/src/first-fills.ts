import type { Operation } from '@planwright/spec';
import type { UpStatement } from '@planwright/sql';
import { onTableText } from './verdicts/statement-facts.js';

type Fills = NonNullable<UpStatement['fills']>;

/**
 * Follows, statement by statement, which tables of a plan nobody has filled: those that an earlier migration of the same plan has made. What a migration
 * inserts into one can be taken out as a whole.
 */
export class FirstFills {
  readonly #empty = new Set<string>();
  #made = new Set<string>();
  #filled = new Set<string>();

  /** A migration begins. */
  begin(): void {
    for (const name of this.#made) this.#empty.add(name);
    for (const name of this.#filled) this.#empty.delete(name);
    this.#made = new Set();
    this.#filled = new Set();
  }

  /** The inserts of a statement into such tables, and whether each is the first of its migration. */
  of(operations: readonly Operation[]): Fills {
    const fills = new Map<Operation, boolean>();
    for (const operation of operations) {
      if (operation.type === 'createTable' && operation.table.persistence !== 'temporary' && !operation.ifNotExists) {
        this.#made.add(onTableText({ ...operation.table, table: operation.table.name }));
      } else if (operation.type === 'unknown') {
        // Whatever it fills.
        for (const name of [...this.#made, ...this.#empty]) this.#filled.add(name);
        this.#empty.clear();
      } else if (operation.type === 'insertRows') {
        const name = onTableText(operation);
        if (this.#empty.has(name)) fills.set(operation, !this.#filled.has(name));
        this.#filled.add(name);
      } else if (operation.type === 'mergeRows') {
        this.#empty.delete(onTableText(operation));
        this.#filled.add(onTableText(operation));
      }
    }
    return fills;
  }
}
