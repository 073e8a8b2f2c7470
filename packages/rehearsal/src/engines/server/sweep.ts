import type { Connection } from './connection.js';
import { lockClass, rolePattern, scratchPattern } from './names.js';

/** Drops what rehearsals left that ended without a word: a scratch database or login of ours whose lock nobody holds. What belongs to others, or cannot be dropped by this login, stays. */
export async function sweep(admin: Connection): Promise<readonly string[]> {
  const databases = await admin.query<{ readonly name: string }>(`SELECT s.datname AS name FROM pg_database s WHERE ${abandoned('s.datname', scratchPattern)}`);
  const roles = await admin.query<{ readonly name: string }>(`SELECT s.rolname AS name FROM pg_roles s WHERE ${abandoned('s.rolname', rolePattern)}`);
  const dropped: string[] = [];
  for (const { name } of databases) if (await succeeds(dropDatabase(admin, name))) dropped.push(name);
  for (const { name } of roles) if (await succeeds(dropRole(admin, name))) dropped.push(name);
  return dropped;
}

// A lock is its database's own, and a migration can take any in its scratch database; the lock that counts is held from another one.
function abandoned(column: string, pattern: string): string {
  return `${column} ~ '${pattern}' AND NOT EXISTS (
    SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND l.granted AND d.datname !~ '${scratchPattern}'
    AND l.classid = ${lockClass} AND l.objsubid = 2 AND l.objid::int8 = ('x' || substring(${column} FROM '${pattern}'))::bit(32)::int8)`;
}

/** Drops a scratch database with whoever is in it. Its owner may have made it a template or left prepared transactions, so that it does not go by itself. */
export async function dropDatabase(admin: Connection, name: string): Promise<void> {
  const [found] = await admin.query<{ readonly template: boolean; readonly version: number }>(
    `SELECT datistemplate AS template, current_setting('server_version_num')::int AS version FROM pg_database WHERE datname = $1`,
    [name],
  );
  if (!found) return;
  if (found.template) await admin.query(`ALTER DATABASE ${name} IS_TEMPLATE false`);
  const force = found.version >= 130000 ? ' WITH (FORCE)' : '';
  for (let tries = 1; ; tries++) {
    if (!force) await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    try {
      await admin.query(`DROP DATABASE IF EXISTS ${name}${force}`);
      return;
    } catch (thrown) {
      // 55006: somebody is still leaving.
      if (tries === 20 || (thrown as { readonly code?: string }).code !== '55006') throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 50 * tries));
    }
  }
}

export async function dropRole(admin: Connection, name: string): Promise<void> {
  // Whoever may not drop roles is refused even where there is none.
  if ((await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [name])).length === 0) return;
  await admin.query(`DROP ROLE IF EXISTS ${name}`);
}

async function succeeds(work: Promise<void>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
