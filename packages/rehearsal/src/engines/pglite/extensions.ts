import type { Extension } from '@electric-sql/pglite';

type Loader = () => Promise<Extension>;

/**
 * The extensions that PGlite carries, by the name that `CREATE EXTENSION` uses. Each is a file of its own, loaded only when asked for.
 * The import paths are written out, so that a bundler can see them.
 */
const loaders: Readonly<Record<string, Loader>> = {
  amcheck: async () => (await import('@electric-sql/pglite/contrib/amcheck')).amcheck,
  bloom: async () => (await import('@electric-sql/pglite/contrib/bloom')).bloom,
  btree_gin: async () => (await import('@electric-sql/pglite/contrib/btree_gin')).btree_gin,
  btree_gist: async () => (await import('@electric-sql/pglite/contrib/btree_gist')).btree_gist,
  citext: async () => (await import('@electric-sql/pglite/contrib/citext')).citext,
  cube: async () => (await import('@electric-sql/pglite/contrib/cube')).cube,
  dict_int: async () => (await import('@electric-sql/pglite/contrib/dict_int')).dict_int,
  dict_xsyn: async () => (await import('@electric-sql/pglite/contrib/dict_xsyn')).dict_xsyn,
  earthdistance: async () => (await import('@electric-sql/pglite/contrib/earthdistance')).earthdistance,
  fuzzystrmatch: async () => (await import('@electric-sql/pglite/contrib/fuzzystrmatch')).fuzzystrmatch,
  hstore: async () => (await import('@electric-sql/pglite/contrib/hstore')).hstore,
  intarray: async () => (await import('@electric-sql/pglite/contrib/intarray')).intarray,
  isn: async () => (await import('@electric-sql/pglite/contrib/isn')).isn,
  lo: async () => (await import('@electric-sql/pglite/contrib/lo')).lo,
  ltree: async () => (await import('@electric-sql/pglite/contrib/ltree')).ltree,
  moddatetime: async () => (await import('@electric-sql/pglite/contrib/moddatetime')).moddatetime,
  pg_stat_statements: async () => (await import('@electric-sql/pglite/contrib/pg_stat_statements')).pg_stat_statements,
  pg_trgm: async () => (await import('@electric-sql/pglite/contrib/pg_trgm')).pg_trgm,
  pgcrypto: async () => (await import('@electric-sql/pglite/contrib/pgcrypto')).pgcrypto,
  seg: async () => (await import('@electric-sql/pglite/contrib/seg')).seg,
  tablefunc: async () => (await import('@electric-sql/pglite/contrib/tablefunc')).tablefunc,
  tcn: async () => (await import('@electric-sql/pglite/contrib/tcn')).tcn,
  tsm_system_rows: async () => (await import('@electric-sql/pglite/contrib/tsm_system_rows')).tsm_system_rows,
  tsm_system_time: async () => (await import('@electric-sql/pglite/contrib/tsm_system_time')).tsm_system_time,
  unaccent: async () => (await import('@electric-sql/pglite/contrib/unaccent')).unaccent,
  'uuid-ossp': async () => (await import('@electric-sql/pglite/contrib/uuid_ossp')).uuid_ossp,
  vector: async () => (await import('@electric-sql/pglite-pgvector')).vector,
};

/** Extensions that need another one: PGlite installs both files only when both are asked for. */
const requirements: Readonly<Record<string, readonly string[]>> = { earthdistance: ['cube'] };

/** Names of the extensions that a migration can create on PGlite. `plpgsql` is always there. */
export const pgliteExtensions: readonly string[] = Object.keys(loaders);

/** Loads those of the named extensions that PGlite carries. The others are left for `CREATE EXTENSION` to refuse in PostgreSQL's own words. */
export async function loadExtensions(names: readonly string[]): Promise<Record<string, Extension>> {
  const wanted = [...new Set(names.flatMap((name) => [...(requirements[name] ?? []), name]))].filter((name) => name in loaders);
  const loaded = await Promise.all(wanted.map(async (name) => [name.replaceAll('-', '_'), await (loaders[name] as Loader)()] as const));
  return Object.fromEntries(loaded);
}
