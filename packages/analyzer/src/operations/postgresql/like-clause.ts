import type { Column, Constraint, Index } from '@planwright/spec';
import type { Draft } from '../../draft/draft.js';
import type { InSchema } from './relation-name.js';

/** Bits of `TableLikeClause.options`, from PostgreSQL's `TableLikeOption`. */
const including = { constraints: 1 << 2, defaults: 1 << 3, generated: 1 << 4, identity: 1 << 5, indexes: 1 << 6 } as const;

/** What `LIKE source INCLUDING …` copies; nothing when the source is not known. */
export function copyLike(
  draft: Draft,
  source: InSchema & { readonly name: string },
  options: number,
): { readonly columns: readonly Column[]; readonly constraints: readonly Constraint[]; readonly indexes: readonly Index[] } | undefined {
  const table = draft.table(source.schema, source.name);
  if (!table) return undefined;
  const has = (bit: number): boolean => (options & bit) !== 0;
  const columns = table.columns.map(({ default: written, generated, identity, identityOptions, comment: _, ...column }) => ({
    ...column,
    ...(written !== undefined && has(including.defaults) ? { default: written } : {}),
    ...(generated && has(including.generated) ? { generated } : {}),
    ...(identity && has(including.identity) ? { identity, ...(identityOptions ? { identityOptions } : {}) } : {}),
  }));
  const constraints = (table.constraints ?? []).filter(({ type }) =>
    type === 'check' ? has(including.constraints) : type !== 'foreignKey' && has(including.indexes),
  );
  return {
    columns,
    // Checks keep their names; keys and indexes are named anew for the table.
    constraints: constraints.map((constraint) => (constraint.type === 'check' ? constraint : unnamed(constraint))),
    indexes: has(including.indexes) ? (table.indexes ?? []).map(unnamed) : [],
  };
}

function unnamed<T extends { readonly name?: string }>({ name: _, ...rest }: T): T {
  // Only an optional property was taken away.
  return rest as T;
}
