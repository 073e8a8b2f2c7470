import type { StatementError } from '@planwright/rehearsal';

/** What tells an extension by its absence: a type, a function or an operator class that only it brings. */
const tells: readonly (readonly [RegExp, string])[] = [
  [/"?(gin|gist)_trgm_ops"?/, 'pg_trgm'],
  [/type "hstore"/, 'hstore'],
  [/type "citext"/, 'citext'],
  [/type "ltree"/, 'ltree'],
  [/type "(vector|halfvec|sparsevec)"/, 'vector'],
  [/function uuid_generate_v\d/, 'uuid-ossp'],
  [/function (gen_salt|crypt|digest|hmac|gen_random_bytes)\(/, 'pgcrypto'],
  [/function unaccent\(/, 'unaccent'],
  [/data type \w+ has no default operator class for access method "gist"/, 'btree_gist'],
  [/data type \w+ has no default operator class for access method "gin"/, 'btree_gin'],
];

/** The extension that a refused statement expects somebody to have installed, where the error tells. */
export function missingExtension(error: StatementError): string | undefined {
  return tells.find(([message]) => message.test(error.message))?.[1];
}
