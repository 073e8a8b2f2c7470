import type { Connection } from './connection.js';

/**
 * Extensions that only a superuser may create and that reach nothing outside of their database. Those that a database's owner may create by himself ("trusted", PostgreSQL 13 and newer) need no list;
 * whatever opens files or connections (dblink, file_fdw, postgres_fdw, untrusted languages, adminpack) is on none.
 */
const harmless: ReadonlySet<string> = new Set([
  'bloom',
  'btree_gin',
  'btree_gist',
  'citext',
  'cube',
  'dict_int',
  'dict_xsyn',
  'earthdistance',
  'fuzzystrmatch',
  'hstore',
  'intarray',
  'isn',
  'lo',
  'ltree',
  'moddatetime',
  'pg_stat_statements',
  'pg_trgm',
  'pgcrypto',
  'postgis',
  'seg',
  'tablefunc',
  'tcn',
  'tsm_system_rows',
  'tsm_system_time',
  'unaccent',
  'uuid-ossp',
  'vector',
]);

/** Creates those that the login of the rehearsal may not create although they are harmless, in a database in which nothing has run yet. Returns their names; the others are left for the server to refuse. */
export async function createExtensions(owner: Connection, wanted: readonly string[]): Promise<readonly string[]> {
  const names = wanted.filter((name) => harmless.has(name));
  if (names.length === 0) return [];
  // The column is PostgreSQL 13's.
  const available = await owner.query<{ readonly name: string }>(
    `SELECT DISTINCT v.name FROM pg_available_extension_versions v WHERE v.name = ANY($1) AND coalesce(to_jsonb(v) ->> 'trusted', 'false') = 'false'`,
    [names],
  );
  const created: string[] = [];
  for (const { name } of available) {
    const refused = (await owner.run(`CREATE EXTENSION IF NOT EXISTS "${name}" SCHEMA public CASCADE`)).error;
    if (!refused) created.push(name);
  }
  return created;
}

const createExtension = /^(\s*create\s+extension\s+)(?!if\s)("[^"]+"|\w+)/i;

/** `CREATE EXTENSION` of one that is there already, said so that it is no error. */
export function asCreated(statement: string, created: ReadonlySet<string>): string {
  const name = createExtension.exec(statement)?.[2]?.replaceAll('"', '');
  return name !== undefined && created.has(name) ? statement.replace(createExtension, '$1IF NOT EXISTS $2') : statement;
}
