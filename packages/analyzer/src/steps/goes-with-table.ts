import type { Operation } from '@planwright/spec';
import { onTableText } from '../verdicts/statement-facts.js';

/** Tables that a migration has made so far, in their order. */
export class MadeTables {
  readonly #places = new Map<string, number>();

  /**
   * Whether a statement makes nothing but keys and indexes of columns of a table that the same migration has made: they go with it, so they need no way back of
   * their own. What names anything else may still be needed by it, or need it, when the table goes: a function, a type, a table that is made later and goes first.
   */
  takes(operations: readonly Operation[]): boolean {
    const goes = operations.length > 0 && operations.every((operation) => this.#hasPart(operation));
    this.#note(operations);
    return goes;
  }

  #note(operations: readonly Operation[]): void {
    for (const operation of operations) {
      if (operation.type !== 'createTable' || operation.ifNotExists) continue;
      const name = onTableText({ ...operation.table, table: operation.table.name });
      if (!this.#places.has(name)) this.#places.set(name, this.#places.size);
    }
  }

  #placeOf(on: Parameters<typeof onTableText>[0]): number | undefined {
    return this.#places.get(onTableText(on));
  }

  #hasPart(operation: Operation): boolean {
    if (operation.type === 'createIndex') {
      const { keys, where } = operation.index;
      return this.#placeOf(operation) !== undefined && where === undefined && keys.every(({ column }) => column !== undefined);
    }
    if (operation.type !== 'addConstraint') return false;
    const place = this.#placeOf(operation);
    if (place === undefined) return false;
    const { constraint } = operation;
    if (constraint.type === 'foreignKey') return (this.#placeOf(constraint.references) ?? -1) <= place;
    return (constraint.type === 'unique' || constraint.type === 'primaryKey') && constraint.usingIndex === undefined;
  }
}
