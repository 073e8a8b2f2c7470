import type { Issue } from './generated/types.js';
import type { SchemaError, SchemaValidator } from './json-schema.js';
import type { Positions } from './positions.js';
import { schemaIssues } from './schema-issues.js';

/** A value that has the shape of `T`, or the issues that say why not. */
export type Validated<T> = { readonly value: T; readonly issues: readonly [] } | { readonly value?: undefined; readonly issues: readonly Issue[] };

/** Runs a validator that was compiled at build time. `mayLack` leaves out errors of missing keys. */
export function validateValue<T>(
  validator: SchemaValidator,
  value: unknown,
  positions?: Positions,
  mayLack: (error: SchemaError) => boolean = () => false,
): Validated<T> {
  // The validator has found that the value has this shape.
  if (validator(value)) return { value: value as T, issues: [] };
  const errors = (validator.errors ?? []).filter((error) => error.keyword !== 'required' || !mayLack(error));
  if (errors.length === 0) return { value: value as T, issues: [] };
  return { issues: schemaIssues(errors, positions) };
}

const identities = ['id', 'slug', 'name', 'table', 'number', 'step', 'path', 'column'] as const;

/**
 * Whether a part of a context may lack a key that a whole context needs: parts are laid over what was derived, and an item of a list that names its
 * id is laid over the item with that id. The context that results is validated whole.
 */
export function mayLackInAnswers({ instancePath, data }: SchemaError): boolean {
  if (!/\/\d+$/.test(instancePath)) return true;
  return typeof data === 'object' && data !== null && identities.some((identity) => identity in data);
}
