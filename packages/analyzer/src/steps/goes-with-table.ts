import type { Operation } from '@planwright/spec';
import { onTableText } from '../verdicts/statement-facts.js';

/** Tables that a migration has made so far, in their order. */
export class MadeTables {
  readonly #places = new Map<string, number>();

  /** Where a table stands among them; nothing for one that is not. */
  placeOf(on: Parameters<typeof onTableText>[0]): number | undefined {
    return this.#places.get(onTableText(on));
  }

  note(operations: readonly Operation[]): void {
    for (const operation of operations) {
      if (operation.type !== 'createTable' || operation.ifNotExists) continue;
      const name = onTableText({ ...operation.table, table: operation.table.name });
      if (!this.#places.has(name)) this.#places.set(name, this.#places.size);
    }
  }
}

/**
 * Whether a statement makes nothing but keys and indexes of columns of a table that the same migration has made: they go with it, so they need no way back of
 * their own. What names anything else may still be needed by it, or need it, when the table goes: a function, a type, a table that is made later and goes first.
 */
export function goesWithNewTable(operations: readonly Operation[], made: MadeTables): boolean {
  return operations.length > 0 && operations.every((operation) => isPartOf(operation, made));
}

function isPartOf(operation: Operation, made: MadeTables): boolean {
  if (operation.type === 'createIndex') {
    const { keys, where } = operation.index;
    return made.placeOf(operation) !== undefined && where === undefined && keys.every(({ column }) => column !== undefined);
  }
  if (operation.type !== 'addConstraint') return false;
  const place = made.placeOf(operation);
  if (place === undefined) return false;
  const { constraint } = operation;
  if (constraint.type === 'foreignKey') return (made.placeOf(constraint.references) ?? -1) <= place;
  return (constraint.type === 'unique' || constraint.type === 'primaryKey') && constraint.usingIndex === undefined;
}
