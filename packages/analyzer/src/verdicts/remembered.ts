import type { Operation } from '@planwright/spec';
import type { Surroundings } from '../lock-facts/postgresql/surroundings.js';

/** What was told last of a statement: a place for each function that tells. */
export type Memory = ({ readonly operation: Operation; readonly told: unknown } | undefined)[];

let tellers = 0;

/** Nothing is told yet. Its places are made at once, so that it does not grow. */
export function emptyMemory(): Memory {
  return new Array(tellers);
}

/** Remembers what was told last of a statement, with its surroundings: rule after rule asks about the same operation, and each would work it out anew. */
export function remembered<Type extends Operation, Told>(
  tell: (around: Surroundings, operation: Type) => Told,
): (around: Surroundings, operation: Type) => Told {
  const place = tellers++;
  return (around, operation) => {
    const known = around.memory[place];
    // Nobody else writes to this place.
    if (known?.operation === operation) return known.told as Told;
    const told = tell(around, operation);
    around.memory[place] = { operation, told };
    return told;
  };
}
