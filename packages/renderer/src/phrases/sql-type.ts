import type { Operation } from '@planwright/spec';

const dataTypes: ReadonlySet<Operation['type']> = new Set([
  'insertRows',
  'updateRows',
  'deleteRows',
  'mergeRows',
  'truncateTable',
  'backfill',
  'runQuery',
  'refreshView',
]);
const neither: ReadonlySet<Operation['type']> = new Set(['setSetting', 'controlTransaction', 'lockTable', 'maintain', 'unknown']);
// These are subcommands of ALTER TABLE; the others are statements of their own.
const subcommands: Readonly<Partial<Record<Operation['type'], string>>> = {
  addColumn: 'ADD COLUMN',
  dropColumn: 'DROP COLUMN',
  renameColumn: 'RENAME COLUMN',
  alterColumnType: 'ALTER COLUMN',
  setNotNull: 'ALTER COLUMN',
  dropNotNull: 'ALTER COLUMN',
  setDefault: 'ALTER COLUMN',
  dropDefault: 'ALTER COLUMN',
  setIdentity: 'ALTER COLUMN',
  dropIdentity: 'ALTER COLUMN',
  setGenerated: 'ALTER COLUMN',
  dropGenerated: 'ALTER COLUMN',
  setColumnOption: 'ALTER COLUMN',
  addConstraint: 'ADD CONSTRAINT',
  dropConstraint: 'DROP CONSTRAINT',
  renameConstraint: 'RENAME CONSTRAINT',
  alterConstraint: 'ALTER CONSTRAINT',
  validateConstraint: 'VALIDATE CONSTRAINT',
  renameTable: 'RENAME',
  setTableSchema: 'SET SCHEMA',
  setTableOption: 'SET',
  detachPartition: 'DETACH PARTITION',
};
// Statements whose words are not those of the operation's type.
const statements: Readonly<Partial<Record<Operation['type'], string>>> = {
  createEnum: 'CREATE TYPE',
  addEnumValue: 'ALTER TYPE ADD VALUE',
  renameEnumValue: 'ALTER TYPE RENAME VALUE',
  createCompositeType: 'CREATE TYPE',
  alterCompositeType: 'ALTER TYPE',
  refreshView: 'REFRESH MATERIALIZED VIEW',
  setComment: 'COMMENT',
  insertRows: 'INSERT',
  updateRows: 'UPDATE',
  deleteRows: 'DELETE',
  mergeRows: 'MERGE',
  truncateTable: 'TRUNCATE',
  backfill: 'BACKFILL',
  runQuery: 'SELECT',
};

/**
 * "DDL (ALTER TABLE ADD COLUMN)", "DML (BACKFILL)", "DDL (CREATE TABLE) and DML (INSERT)"; "not analysed" for nothing but unknown operations,
 * "no statement" for none.
 */
export function sqlType(operations: readonly Operation[]): string {
  if (operations.length === 0) return 'no statement';
  const ddl = new Set<string>();
  const dml = new Set<string>();
  for (const one of operations) {
    if (!neither.has(one.type)) (dataTypes.has(one.type) ? dml : ddl).add(statementOf(one));
  }
  const parts = [...(ddl.size > 0 ? [`DDL (${[...ddl].join(', ')})`] : []), ...(dml.size > 0 ? [`DML (${[...dml].join(', ')})`] : [])];
  if (operations.some(({ type }) => type === 'unknown')) parts.push('not analysed');
  return parts.length === 0 ? 'settings only' : parts.join(' and ');
}

function statementOf(one: Operation): string {
  switch (one.type) {
    case 'setInheritance':
      return `ALTER TABLE ${one.inherits ? 'INHERIT' : 'NO INHERIT'}`;
    case 'attachPartition':
      // Bounds are a table's.
      return `ALTER ${one.bounds === undefined ? 'INDEX' : 'TABLE'} ATTACH PARTITION`;
    case 'setTriggerState':
      return `ALTER TABLE ${one.state === 'disabled' ? 'DISABLE' : 'ENABLE'} TRIGGER`;
    case 'setRowSecurity':
      return `ALTER TABLE ${{ enabled: 'ENABLE', disabled: 'DISABLE', forced: 'FORCE', 'not forced': 'NO FORCE' }[one.state]} ROW LEVEL SECURITY`;
    case 'createRoutine':
      return `CREATE ${one.routine.kind.toUpperCase()}`;
    case 'changePrivileges':
      return { grant: 'GRANT', revoke: 'REVOKE', owner: 'ALTER OWNER', default: 'ALTER DEFAULT PRIVILEGES' }[one.kind];
    default: {
      const subcommand = subcommands[one.type];
      if (subcommand !== undefined) return `ALTER TABLE ${subcommand}`;
      return statements[one.type] ?? one.type.replace(/([A-Z])/g, ' $1').toUpperCase();
    }
  }
}
