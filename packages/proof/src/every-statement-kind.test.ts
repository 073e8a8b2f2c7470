import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { analyze } from '@planwright/analyzer';
import { loadPostgresql } from '@planwright/sql/postgresql';
import { describe, expect, it } from 'vitest';

/** One statement of every kind that PostgreSQL's grammar has. */
const statements: Readonly<Record<string, string>> = {
  InsertStmt: 'INSERT INTO orders VALUES (1)',
  DeleteStmt: 'DELETE FROM orders',
  UpdateStmt: 'UPDATE orders SET id = 2',
  MergeStmt: 'MERGE INTO orders USING customers ON orders.id = customers.id WHEN MATCHED THEN DELETE',
  SelectStmt: 'SELECT 1',
  CreateSchemaStmt: 'CREATE SCHEMA billing',
  AlterTableStmt: 'ALTER TABLE orders ADD COLUMN note text',
  AlterCollationStmt: 'ALTER COLLATION german REFRESH VERSION',
  AlterDomainStmt: 'ALTER DOMAIN positive DROP NOT NULL',
  GrantStmt: 'GRANT SELECT ON orders TO reporting',
  GrantRoleStmt: 'GRANT reporting TO ada',
  AlterDefaultPrivilegesStmt: 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reporting',
  CopyStmt: "COPY orders TO '/tmp/orders'",
  VariableSetStmt: "SET lock_timeout = '2s'",
  VariableShowStmt: 'SHOW lock_timeout',
  CreateStmt: 'CREATE TABLE refunds (id bigint)',
  CreateTableSpaceStmt: "CREATE TABLESPACE fast LOCATION '/fast'",
  DropTableSpaceStmt: 'DROP TABLESPACE fast',
  AlterTableSpaceOptionsStmt: 'ALTER TABLESPACE fast SET (seq_page_cost = 1)',
  AlterTableMoveAllStmt: 'ALTER TABLE ALL IN TABLESPACE fast SET TABLESPACE slow',
  CreateExtensionStmt: 'CREATE EXTENSION citext',
  AlterExtensionStmt: 'ALTER EXTENSION citext UPDATE',
  AlterExtensionContentsStmt: 'ALTER EXTENSION citext ADD TABLE orders',
  CreateFdwStmt: 'CREATE FOREIGN DATA WRAPPER files',
  AlterFdwStmt: "ALTER FOREIGN DATA WRAPPER files OPTIONS (SET a 'b')",
  CreateForeignServerStmt: 'CREATE SERVER other FOREIGN DATA WRAPPER files',
  AlterForeignServerStmt: "ALTER SERVER other VERSION '2'",
  CreateForeignTableStmt: 'CREATE FOREIGN TABLE far (id bigint) SERVER other',
  CreateUserMappingStmt: 'CREATE USER MAPPING FOR ada SERVER other',
  AlterUserMappingStmt: "ALTER USER MAPPING FOR ada SERVER other OPTIONS (SET a 'b')",
  DropUserMappingStmt: 'DROP USER MAPPING FOR ada SERVER other',
  ImportForeignSchemaStmt: 'IMPORT FOREIGN SCHEMA far FROM SERVER other INTO near',
  CreatePolicyStmt: 'CREATE POLICY own ON orders USING (true)',
  AlterPolicyStmt: 'ALTER POLICY own ON orders USING (false)',
  CreateAmStmt: 'CREATE ACCESS METHOD own TYPE INDEX HANDLER bthandler',
  CreateTrigStmt: 'CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION f()',
  CreateEventTrigStmt: 'CREATE EVENT TRIGGER t ON ddl_command_end EXECUTE FUNCTION f()',
  AlterEventTrigStmt: 'ALTER EVENT TRIGGER t DISABLE',
  CreatePLangStmt: 'CREATE LANGUAGE own HANDLER f',
  CreateRoleStmt: 'CREATE ROLE reporting',
  AlterRoleStmt: 'ALTER ROLE reporting LOGIN',
  AlterRoleSetStmt: "ALTER ROLE reporting SET lock_timeout = '2s'",
  DropRoleStmt: 'DROP ROLE reporting',
  CreateSeqStmt: 'CREATE SEQUENCE numbers',
  AlterSeqStmt: 'ALTER SEQUENCE numbers RESTART',
  DefineStmt: 'CREATE AGGREGATE total (bigint) (SFUNC = int8pl, STYPE = bigint)',
  CreateDomainStmt: 'CREATE DOMAIN positive AS integer CHECK (VALUE > 0)',
  CreateOpClassStmt: 'CREATE OPERATOR CLASS own FOR TYPE integer USING btree AS OPERATOR 1 <',
  CreateOpFamilyStmt: 'CREATE OPERATOR FAMILY own USING btree',
  AlterOpFamilyStmt: 'ALTER OPERATOR FAMILY own USING btree ADD OPERATOR 1 < (integer, integer)',
  DropStmt: 'DROP TABLE orders',
  TruncateStmt: 'TRUNCATE orders',
  CommentStmt: "COMMENT ON TABLE orders IS 'Orders'",
  SecLabelStmt: "SECURITY LABEL ON TABLE orders IS 'secret'",
  DeclareCursorStmt: 'DECLARE c CURSOR FOR SELECT 1',
  ClosePortalStmt: 'CLOSE c',
  FetchStmt: 'FETCH 1 FROM c',
  IndexStmt: 'CREATE INDEX ON orders (id)',
  CreateStatsStmt: 'CREATE STATISTICS s ON id, customer FROM orders',
  AlterStatsStmt: 'ALTER STATISTICS s SET STATISTICS 100',
  CreateFunctionStmt: "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
  AlterFunctionStmt: 'ALTER FUNCTION f() STABLE',
  DoStmt: "DO $$ BEGIN EXECUTE current_setting('shop.change'); END $$",
  CallStmt: 'CALL p()',
  RenameStmt: 'ALTER TABLE orders RENAME TO purchases',
  AlterObjectDependsStmt: 'ALTER FUNCTION f() DEPENDS ON EXTENSION citext',
  AlterObjectSchemaStmt: 'ALTER TABLE orders SET SCHEMA billing',
  AlterOwnerStmt: 'ALTER FUNCTION f() OWNER TO ada',
  AlterOperatorStmt: 'ALTER OPERATOR + (integer, integer) SET (RESTRICT = NONE)',
  AlterTypeStmt: 'ALTER TYPE own SET (RECEIVE = NONE)',
  RuleStmt: 'CREATE RULE r AS ON INSERT TO orders DO INSTEAD NOTHING',
  NotifyStmt: 'NOTIFY news',
  ListenStmt: 'LISTEN news',
  UnlistenStmt: 'UNLISTEN news',
  TransactionStmt: 'SAVEPOINT here',
  CompositeTypeStmt: 'CREATE TYPE pair AS (one integer, other integer)',
  CreateEnumStmt: "CREATE TYPE state AS ENUM ('open')",
  CreateRangeStmt: 'CREATE TYPE span AS RANGE (SUBTYPE = integer)',
  AlterEnumStmt: "ALTER TYPE state ADD VALUE 'paid'",
  ViewStmt: 'CREATE VIEW v AS SELECT 1 AS one',
  LoadStmt: "LOAD 'library'",
  CreatedbStmt: 'CREATE DATABASE shop',
  AlterDatabaseStmt: 'ALTER DATABASE shop CONNECTION LIMIT 3',
  AlterDatabaseRefreshCollStmt: 'ALTER DATABASE shop REFRESH COLLATION VERSION',
  AlterDatabaseSetStmt: "ALTER DATABASE shop SET lock_timeout = '2s'",
  DropdbStmt: 'DROP DATABASE shop',
  AlterSystemStmt: "ALTER SYSTEM SET work_mem = '1GB'",
  ClusterStmt: 'CLUSTER orders',
  VacuumStmt: 'VACUUM FULL orders',
  ExplainStmt: 'EXPLAIN SELECT 1',
  CreateTableAsStmt: 'CREATE TABLE copies AS SELECT 1 AS one',
  RefreshMatViewStmt: 'REFRESH MATERIALIZED VIEW v',
  CheckPointStmt: 'CHECKPOINT',
  DiscardStmt: 'DISCARD ALL',
  LockStmt: 'LOCK TABLE orders',
  ConstraintsSetStmt: 'SET CONSTRAINTS ALL IMMEDIATE',
  ReindexStmt: 'REINDEX TABLE orders',
  CreateConversionStmt: "CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM f",
  CreateCastStmt: 'CREATE CAST (text AS integer) WITH INOUT',
  CreateTransformStmt: 'CREATE TRANSFORM FOR hstore LANGUAGE plpgsql (FROM SQL WITH FUNCTION f(internal))',
  PrepareStmt: 'PREPARE p AS SELECT 1',
  ExecuteStmt: 'EXECUTE p',
  DeallocateStmt: 'DEALLOCATE p',
  DropOwnedStmt: 'DROP OWNED BY ada',
  ReassignOwnedStmt: 'REASSIGN OWNED BY ada TO bob',
  AlterTSDictionaryStmt: 'ALTER TEXT SEARCH DICTIONARY d (StopWords = english)',
  AlterTSConfigurationStmt: 'ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR word',
  CreatePublicationStmt: 'CREATE PUBLICATION p FOR ALL TABLES',
  AlterPublicationStmt: 'ALTER PUBLICATION p ADD TABLE orders',
  CreateSubscriptionStmt: "CREATE SUBSCRIPTION s CONNECTION 'dbname=shop' PUBLICATION p",
  AlterSubscriptionStmt: 'ALTER SUBSCRIPTION s DISABLE',
  DropSubscriptionStmt: 'DROP SUBSCRIPTION s',
};

/** Nodes of the grammar that stand inside of other statements, or only in the bodies of PL/pgSQL. */
const inner = new Set(['RawStmt', 'SetOperationStmt', 'ReturnStmt', 'PLAssignStmt', 'ReplicaIdentityStmt']);

const dialect = await loadPostgresql();
const before = { path: 'migrations/0001_shop.sql', text: 'CREATE TABLE customers (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY);' };

describe('every kind of statement of the grammar', () => {
  it('has an example here', () => {
    const require = createRequire(new URL('../../analyzer/package.json', import.meta.url));
    const types = readFileSync(require.resolve('@pgsql/types/types.d.ts'), 'utf8');
    const kinds = [...types.matchAll(/^export interface (\w+Stmt)\b/gm)].map(([, kind = '']) => kind).filter((kind) => !inner.has(kind));
    expect(kinds.length).toBeGreaterThan(100);
    expect(kinds.filter((kind) => !(kind in statements))).toEqual([]);
  });

  it.each(Object.entries(statements))('is read: %s', async (kind, sql) => {
    const [parsed] = dialect.parse(sql).statements;
    expect(parsed?.kind === 'parsed' && parsed.node.kind).toBe(kind);
    const analysis = await analyze({ files: [before, { path: 'migrations/0002_change.sql', text: `${sql};` }], database: 'postgresql', dialect, advice: true });
    if (!('change' in analysis)) throw new Error(analysis.issues[0]?.message);
    const [statement] = analysis.change.migrations[0]?.statements ?? [];
    expect(statement?.operations.length).toBeGreaterThan(0);
    // What is not understood says so, and has no verdict that could be believed.
    const unknown = statement?.operations.find((operation) => operation.type === 'unknown');
    if (unknown) {
      expect(unknown.reason).toMatch(/\w.*\.$/);
      expect(statement?.verdicts?.lock).toBeUndefined();
    }
  });
});

describe('a hostile file', () => {
  const analysed = async (text: string) => {
    const analysis = await analyze({ files: [before, { path: 'migrations/0002_change.sql', text }], database: 'postgresql', dialect });
    return { statements: 'change' in analysis ? (analysis.change.migrations[0]?.statements ?? []) : [], codes: analysis.issues.map(({ code }) => code) };
  };

  it('with parentheses ten thousand deep is refused with a reason', async () => {
    const { statements: read, codes } = await analysed(`SELECT ${'('.repeat(10_000)}1${')'.repeat(10_000)};\nDROP TABLE orders;`);
    expect(codes).toContain('sql-too-deep');
    expect(read[0]?.operations[0]?.type).toBe('unknown');
    expect(read[1]?.findings?.map(({ rule }) => rule)).toContain('drop-table');
  });

  it('with an expression of a megabyte is read', async () => {
    const list = Array.from({ length: 130_000 }, (_, number) => number + 100_000).join(', ');
    const { statements: read } = await analysed(`DELETE FROM orders WHERE id IN (${list});`);
    expect(read[0]?.sql?.length).toBeGreaterThan(1_000_000);
    expect(read[0]?.operations[0]?.type).toBe('deleteRows');
  });

  it('of a chain of ten thousand operators is read or refused, and what follows is read', async () => {
    const { statements: read } = await analysed(`SELECT ${Array(10_000).fill('1').join(' + ')};\nDROP TABLE orders;`);
    expect(read.at(-1)?.operations[0]?.type).toBe('dropTable');
  });

  it('of quotes and comments that do not end is refused with a reason', async () => {
    expect((await analysed("SELECT 'never ends;\nDROP TABLE orders;")).codes.length).toBeGreaterThan(0);
    expect((await analysed('DROP TABLE orders; /* never ends')).codes).toContain('sql-unclosed-comment');
    expect((await analysed('CREATE FUNCTION f() RETURNS int AS $a$ never ends')).codes.length).toBeGreaterThan(0);
  });

  it('of a hundred thousand statements is read to its end', { timeout: 600_000 }, async () => {
    const rows = Array.from({ length: 100_000 }, (_, number) => `INSERT INTO orders VALUES (${number});`).join('\n');
    const { statements: read } = await analysed(`${rows}\nDROP TABLE orders;`);
    expect(read).toHaveLength(100_001);
    expect(read.at(-1)?.findings?.map(({ rule }) => rule)).toContain('drop-table');
  });
});
