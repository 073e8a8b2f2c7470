/**
 * The properties of both, those of the second before those of the first. What `{ ...one, more }` gives has a shape that no other object has, and is slow for
 * whoever reads it: V8 makes one for each object that is spread first and then gets a property it did not have.
 */
export function merged<One extends object, Other extends object>(one: One, other: Other): One & Other {
  return Object.assign({}, one, other);
}
