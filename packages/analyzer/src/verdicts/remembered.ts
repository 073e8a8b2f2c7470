import type { Operation } from '@planwright/spec';

/**
 * Remembers what was told last of a statement, by the facts that it was told from: rule after rule asks about the same operation, and each would work it out
 * anew.
 */
export function remembered<From extends object, Type extends Operation, Told>(
  tell: (from: From, operation: Type) => Told,
): (from: From, operation: Type) => Told {
  const last = new WeakMap<From, { readonly operation: Type; readonly told: Told }>();
  return (from, operation) => {
    const known = last.get(from);
    if (known?.operation === operation) return known.told;
    const told = tell(from, operation);
    last.set(from, { operation, told });
    return told;
  };
}
