import { createServer, openServer, type ServerEngine, ServerRefused } from '@planwright/rehearsal';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type ServerForTest, startServer } from './server-for-test.js';

let server: ServerForTest | undefined;
let noServer = '';
let admin: pg.Client | undefined;
let engine: ServerEngine | undefined;

beforeAll(async () => {
  const started = await startServer();
  if ('reason' in started) {
    noServer = started.reason;
    return;
  }
  server = started.server;
  admin = await connected(server.url);
});
afterAll(async () => {
  await admin?.end();
  await server?.stop();
});
beforeEach(async (context) => {
  if (!server) return context.skip(noServer);
  engine = await createServer({ url: server.url, limits: { statement: 5000 } });
});
afterEach(async () => {
  await engine?.close();
  engine = undefined;
  if (admin) expect(await leftOnServer()).toEqual([]);
});

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function asked<Row>(sql: string): Promise<readonly Row[]> {
  return (await admin?.query(sql))?.rows ?? [];
}

/** Databases and roles that no rehearsal should leave. */
async function leftOnServer(): Promise<readonly string[]> {
  const rows = await asked<{ readonly name: string }>(
    `SELECT datname AS name FROM pg_database WHERE datname LIKE 'planwright%' UNION ALL SELECT rolname FROM pg_roles WHERE rolname LIKE 'planwright%'`,
  );
  return rows.map(({ name }) => name);
}

async function refused(statement: string): Promise<string | undefined> {
  return (await engine?.run(statement))?.error?.code;
}

it('runs as a login that owns the scratch database and has no other right', async () => {
  expect(
    await engine?.query(
      `SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, current_user = session_user AS same,
        (SELECT array_agg(datname) FROM pg_database WHERE datdba = r.oid) = ARRAY[current_database()] AS owner,
        (SELECT count(*)::int FROM pg_auth_members WHERE member = r.oid) AS memberships
      FROM pg_roles r WHERE rolname = current_user`,
    ),
  ).toEqual([
    { rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolreplication: false, rolbypassrls: false, same: true, owner: true, memberships: 0 },
  ]);
});

// Each reaches outside of the scratch database. What reads the statement before it runs would miss the second and third form, the server does not.
const outside: readonly (readonly [told: string, statement: string])[] = [
  ['COPY to a program', `COPY (SELECT 1) TO PROGRAM 'cat > /tmp/planwright-was-here'`],
  ['COPY to a file', `COPY (SELECT 1) TO '/tmp/planwright-was-here'`],
  ['COPY from a file', `COPY pg_temp.lines FROM '/etc/passwd'`],
  ['reading a file', `SELECT pg_read_file('/etc/passwd')`],
  ['listing a folder', `SELECT pg_ls_dir('/')`],
  ['loading a file as a large object', `SELECT lo_import('/etc/passwd')`],
  ['dblink', 'CREATE EXTENSION dblink'],
  ['a foreign server', 'CREATE EXTENSION postgres_fdw'],
  ['files as tables', 'CREATE EXTENSION file_fdw'],
  ['an untrusted language', `CREATE FUNCTION shell() RETURNS void LANGUAGE c AS '/lib/x86_64-linux-gnu/libc.so.6', 'system'`],
  ['loading a library', `LOAD '/tmp/library.so'`],
  ['settings of the server', `ALTER SYSTEM SET log_statement = 'all'`],
  ['a new role', 'CREATE ROLE intruder LOGIN SUPERUSER'],
  ['more rights for itself', 'ALTER ROLE CURRENT_USER SUPERUSER'],
  ['another identity', 'SET SESSION AUTHORIZATION postgres'],
  ['another role', 'SET ROLE postgres'],
  ['membership in another role', 'GRANT postgres TO CURRENT_USER'],
  ['ending sessions of others', `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'`],
  ['reading the setting of temporary files', 'SET temp_file_limit = -1'],
  ['changing the catalogue', `UPDATE pg_database SET datallowconn = false`],
  ['a tablespace', `CREATE TABLESPACE elsewhere LOCATION '/tmp'`],
  ['a subscription', `CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION p WITH (connect = false)`],
  ['a replication slot', `SELECT pg_create_physical_replication_slot('s')`],
  ['passwords of others', 'SELECT * FROM pg_authid'],
];

it.each(outside)('is refused %s, also hidden in DO and in EXECUTE', async (_, statement) => {
  await engine?.run('CREATE TEMP TABLE lines (line text)');
  expect(await refused(statement)).toMatch(/^(?:42501|0A000|58P01|42704)$/);
  expect(await refused(`DO $do$ BEGIN ${statement.replace(/^SELECT/, 'PERFORM')}; END $do$`)).toMatch(/^(?:42501|0A000|58P01|42704|42601|25001)$/);
  const hidden = `E'${[...statement].map((letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')}'`;
  expect(await refused(`DO $do$ BEGIN EXECUTE ${hidden}; END $do$`)).toMatch(/^(?:42501|0A000|58P01|42704|25001)$/);
});

it.each([
  ['dropping a database', 'DROP DATABASE postgres'],
  ['making a database', 'CREATE DATABASE another'],
  ['renaming a database', 'ALTER DATABASE postgres RENAME TO mine'],
  ['its settings', `ALTER DATABASE postgres SET work_mem = '1GB'`],
])('is refused %s', async (_, statement) => {
  expect(await refused(statement)).toBe('42501');
});

it('sends nothing where a migration copies from the client', async () => {
  await engine?.run('CREATE TABLE rates (id integer)');
  expect(await refused('COPY rates FROM STDIN')).toMatch(/^\w{5}$/);
  expect(await engine?.query('SELECT 1 AS still')).toEqual([{ still: 1 }]);
});

it('goes away although its owner made it a template, commented it and limits nobody', async () => {
  const [here] = (await engine?.query<{ readonly name: string }>('SELECT current_database() AS name')) ?? [];
  for (const statement of [
    `ALTER DATABASE ${here?.name} IS_TEMPLATE true`,
    `COMMENT ON DATABASE ${here?.name} IS 'mine'`,
    'ALTER ROLE CURRENT_USER SET work_mem = 64',
  ])
    await engine?.run(statement);
  await engine?.close();
  expect(await leftOnServer()).toEqual([]);
});

it('ends a loop that has lifted its own time limit', async () => {
  await engine?.run('SET statement_timeout = 0');
  expect(await engine?.run('DO $$ BEGIN LOOP END LOOP; END $$')).toMatchObject({
    error: { code: '57P01', message: 'the statement ran longer than 5 s, and was ended' },
  });
  expect(engine?.ended).toMatchObject({ code: '57P01' });
  expect(await engine?.run('SELECT 1')).toMatchObject({ error: { code: '57P01' } });
});

it('stops a loop at the time limit and goes on where the limit was left alone', async () => {
  expect(await refused('SELECT pg_sleep(60)')).toBe('57014');
  expect(await refused('SELECT 1')).toBeUndefined();
});

it('ends a statement that fills the disk', async () => {
  await engine?.close();
  engine = await createServer({ url: (server as ServerForTest).url, limits: { statement: 30_000, disk: 30 * 1024 ** 2 } });
  await engine.run('CREATE TABLE filler (text text)');
  const ran = await engine.run('DO $$ BEGIN LOOP INSERT INTO filler SELECT repeat(md5(i::text), 30) FROM generate_series(1, 1000) i; END LOOP; END $$');
  expect(ran.error?.message).toBe('the scratch database grew beyond 30 MB, and was ended');
});

it('keeps nothing of what a statement selects, and ends one that sends without end', async () => {
  const ran = await engine?.run(`SELECT repeat('x', 1000000) FROM generate_series(1, 100000000)`);
  expect(ran?.error?.code).toMatch(/^(?:54000|57014)$/);
});

it('is refused where no login can be made, unless the migrations are trusted', async () => {
  await admin?.query(`CREATE ROLE maker LOGIN CREATEDB`);
  const url = (server as ServerForTest).url.replace('postgres@', 'maker:s3cret@');
  const refusal = await openServer({ url }).catch((thrown: unknown) => thrown);
  expect(refusal).toBeInstanceOf(ServerRefused);
  expect((refusal as ServerRefused).issue).toMatchObject({ code: 'server-login', hint: expect.stringContaining('--trust') });
  const trusted = await createServer({ url, trust: true });
  expect(await trusted.query('SELECT current_user::text AS me')).toEqual([{ me: 'maker' }]);
  await trusted.close();
  await admin?.query('DROP ROLE maker');
});

it('needs no superuser: a login with CREATEDB and CREATEROLE is enough', async () => {
  await admin?.query(`CREATE ROLE builder LOGIN CREATEDB CREATEROLE`);
  const made = await createServer({ url: (server as ServerForTest).url.replace('postgres@', 'builder@') });
  expect(await made.run('CREATE TABLE orders (id integer)')).not.toHaveProperty('error');
  expect(await made.query('SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user')).toEqual([{ rolcreatedb: false }]);
  expect(await made.run('SET ROLE builder')).toMatchObject({ error: { code: '42501' } });
  await made.close();
  await admin?.query('DROP ROLE builder');
});

it('tells a connection that fails without its password', async () => {
  const url = 'postgres://somebody:s3cr3t-word@127.0.0.1:1/shop';
  const refusal = await openServer({ url }).catch((thrown: unknown) => thrown);
  expect(refusal).toMatchObject({ issue: { code: 'server-unreachable' } });
  expect(JSON.stringify(refusal) + String(refusal) + (refusal as Error).stack).not.toContain('s3cr3t-word');
});

it('drops what a rehearsal left that ended without a word, and lets those alone that live', async () => {
  const { url } = server as ServerForTest;
  const living = await leftOnServer();
  // What a process leaves whose plug is pulled: its lock goes with its session.
  await admin?.query('CREATE ROLE planwright_00c0ffee LOGIN');
  await admin?.query('CREATE DATABASE planwright_scratch_00c0ffee OWNER planwright_00c0ffee');
  await admin?.query('CREATE DATABASE planwright_scratch_of_mine');
  const next = await openServer({ url });
  const left = await leftOnServer();
  expect(left).not.toContain('planwright_scratch_00c0ffee');
  expect(left).not.toContain('planwright_00c0ffee');
  expect(left).toContain('planwright_scratch_of_mine');
  await next.close();
  await admin?.query('DROP DATABASE planwright_scratch_of_mine');
  expect(await leftOnServer()).toEqual(living);
  expect(await refused('SELECT 1')).toBeUndefined();
});

it('drops at its end what a rehearsal left whose last statement still ran when it began', async () => {
  const { url } = server as ServerForTest;
  const living = await leftOnServer();
  const dying = await connected(url);
  // The lock that says that a rehearsal lives, for as long as the server has not seen that nobody asks any more: "plan" and the stamp of the name.
  await dying.query('SELECT pg_advisory_lock(1886151022, 12648430)');
  await admin?.query('CREATE DATABASE planwright_scratch_00c0ffee');
  const next = await openServer({ url });
  expect(await leftOnServer()).toContain('planwright_scratch_00c0ffee');
  await dying.query('SELECT pg_advisory_unlock_all()');
  await dying.end();
  await next.close();
  expect(await leftOnServer()).toEqual(living);
});

it('comes back to drop its database after the server crashed', async () => {
  await admin?.end();
  await server?.crash();
  admin = await connected((server as ServerForTest).url);
  expect(await engine?.run('SELECT 1')).toMatchObject({ error: { code: expect.stringMatching(/^(?:08|57)/) } });
  expect(engine?.ended).toBeDefined();
  await engine?.close();
  expect(await leftOnServer()).toEqual([]);
});
