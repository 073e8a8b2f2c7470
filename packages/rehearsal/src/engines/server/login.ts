import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import type { Connection, SessionSettings } from './connection.js';
import { ServerRefused } from './refused.js';

export interface Login {
  readonly user: string;
  readonly password: string;
}

interface Rights {
  readonly super: boolean;
  readonly createrole: boolean;
  readonly createdb: boolean;
}

const longestLife = '1 day';

/** What the login of a connection string may do. */
export async function readRights(admin: Connection): Promise<Rights> {
  const [rights] = await admin.query<Rights>(
    'SELECT rolsuper AS super, rolsuper OR rolcreaterole AS createrole, rolsuper OR rolcreatedb AS createdb FROM pg_roles WHERE rolname = current_user',
  );
  return rights ?? { super: false, createrole: false, createdb: false };
}

/**
 * Makes a login that can do nothing but what is granted to everybody, and that owns nothing yet. What it may not change of its settings is set by the server's superuser where we are one.
 * Throws `ServerRefused` where none can be made.
 */
export async function createLogin(admin: Connection, role: string, rights: Rights, settings: SessionSettings): Promise<Login> {
  if (!rights.createrole) throw noLogin(admin, `the login \`${admin.user}\` may not create roles`);
  const password = randomBytes(24).toString('base64url');
  try {
    await admin.query(
      `CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT CONNECTION LIMIT 40 PASSWORD '${verifier(password)}'`,
    );
    await admin.query(`DO $$ BEGIN EXECUTE format('ALTER ROLE ${role} VALID UNTIL %L', now() + interval '${longestLife}'); END $$`);
    // Whoever is no superuser can give a database only to a role that it is a member of. The reverse, which would be a right of the fresh login, is never granted.
    if (!rights.super) await admin.query(`GRANT ${role} TO CURRENT_USER`);
  } catch (thrown) {
    throw noLogin(admin, `the server refuses a new login: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  if (rights.super) {
    for (const [name, value] of Object.entries(settings)) await admin.query(`ALTER ROLE ${role} SET ${name} = '${value}'`);
  }
  return { user: role, password };
}

export function noLogin(admin: Connection, why: string): ServerRefused {
  return new ServerRefused({
    code: 'server-login',
    message: `no login without rights can be made on the server for the rehearsal: ${why}`,
    hint: `Give \`${admin.user}\` CREATEROLE and CREATEDB, use another server, or rehearse with its own rights by --trust if you trust the migrations.`,
  });
}

/** What the server keeps of a password, so that neither its log nor its activity view ever shows one: RFC 5803, SCRAM-SHA-256. */
function verifier(password: string): string {
  const salt = randomBytes(16);
  const rounds = 4096;
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256');
  const keyed = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`;
}
