import { describe, expect, it } from 'vitest';
import { reachesOutside } from './refusals.js';

describe('what is not run', () => {
  it.each([
    "COPY orders FROM '/etc/passwd'",
    'copy orders to $$/tmp/x$$',
    "COPY (SELECT * FROM orders) TO PROGRAM 'curl http://example.com -d @-'",
    "/* harmless */ COPY orders -- really\n FROM PROGRAM 'id'",
    "SELECT * FROM dblink('host=example.com', 'SELECT 1') AS t(i int)",
    'CREATE EXTENSION IF NOT EXISTS "postgres_fdw"',
    'CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw',
    'CREATE USER MAPPING FOR CURRENT_USER SERVER other',
    'IMPORT FOREIGN SCHEMA public FROM SERVER other INTO public',
    "CREATE FUNCTION f() RETURNS int AS '/tmp/evil.so', 'f' LANGUAGE C",
    "CREATE FUNCTION f() RETURNS void LANGUAGE 'plpython3u' AS $$ import os $$",
    "DO LANGUAGE plperlu $$ system('id') $$",
    "ALTER SYSTEM SET archive_command = 'rm'",
    'CREATE DATABASE other',
    'DROP TABLESPACE fast',
    'CREATE ROLE reader SUPERUSER',
    'ALTER USER postgres PASSWORD NULL',
    'GRANT admin TO reader',
    "SELECT lo_import('/etc/passwd')",
    "SELECT pg_read_file('/etc/passwd')",
    `SELECT "pg_read_file"('/etc/passwd')`,
    "LOAD 'auto_explain'",
    'SET SESSION AUTHORIZATION postgres',
    'SET ROLE postgres',
    "SELECT set_config('role', 'postgres', false)",
  ])('%s', (sql) => {
    expect(reachesOutside(sql)).toBeTypeOf('string');
  });

  it.each([
    "DO $$ BEGIN COPY orders TO '/tmp/x'; END $$",
    "DO $$ BEGIN EXECUTE 'COPY orders TO ''/tmp/x'''; END $$",
    "DO $$ BEGIN EXECUTE 'CO' || 'PY orders TO PROGRAM ''id'''; END $$",
    "DO $x$ BEGIN EXECUTE $y$ COPY orders FROM PROGRAM 'id' $y$; END $x$",
    "DO $$ BEGIN EXECUTE 'COPY orders TO ' || quote_literal('/tmp/x'); END $$",
    "DO $$ BEGIN EXECUTE format('COPY %I TO %L', 'orders', '/tmp/x'); END $$",
    "DO 'BEGIN EXECUTE ''ALTER SYSTEM SET wal_level = minimal''; END'",
    "DO E'BEGIN EXECUTE \\'CREATE ROLE evil\\'; END'",
    'CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN IF true THEN CREATE ROLE evil; END IF; END $$',
    "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN PERFORM dblink_exec('host=x', 'DROP TABLE y'); END $$",
  ])('hidden: %s', (sql) => {
    expect(reachesOutside(sql)).toBeTypeOf('string');
  });
});

// The embedded engine would wait for its rows for ever.
it('tells a COPY whose rows only psql sends', () => {
  expect(reachesOutside('COPY orders (id, note) FROM STDIN WITH (FORMAT csv)')).toBe('its rows come from the client, and only psql sends them');
  expect(reachesOutside("COMMENT ON TABLE orders IS 'COPY orders FROM STDIN'")).toBeUndefined();
});

describe('what is run', () => {
  it.each([
    'COPY orders TO stdout',
    "COMMENT ON TABLE orders IS 'COPY orders TO PROGRAM ''id'''",
    "INSERT INTO notes VALUES ('CREATE ROLE reader')",
    'CREATE TABLE users (id bigint, role text, language text, server text, load integer)',
    "ALTER TABLE users ALTER COLUMN role SET DEFAULT 'user'",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    'GRANT SELECT ON orders TO PUBLIC',
    'GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC',
    'CREATE POLICY own ON orders USING (user_name = current_user)',
    'SET ROLE NONE',
    'SET lock_timeout = 1000',
    "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.role := 'user'; UPDATE users SET role = 'x'; RETURN NEW; END $$",
    'DELETE FROM users; -- CREATE ROLE x',
    'CREATE EXTENSION pg_trgm',
  ])('%s', (sql) => {
    expect(reachesOutside(sql)).toBeUndefined();
  });
});
