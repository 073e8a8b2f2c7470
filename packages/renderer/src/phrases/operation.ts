import type { Operation } from '@planwright/spec';

/** "ADD COLUMN currency_code": what an operation does, in the tracker's words. The table stands apart, where the document has a place for it. */
export function operation(value: Operation): string {
  switch (value.type) {
    case 'createTable':
      return value.table.persistence === 'temporary' ? 'CREATE TEMPORARY TABLE' : 'CREATE TABLE';
    case 'dropTable':
      return 'DROP TABLE';
    case 'renameTable':
      return `RENAME TO ${value.to}`;
    case 'setTableSchema':
      return `SET SCHEMA ${value.to}`;
    case 'setTableOption':
      return `ALTER TABLE ${value.option}`;
    case 'addColumn':
      return `ADD COLUMN ${value.column.name}`;
    case 'dropColumn':
      return `DROP COLUMN ${value.column}`;
    case 'renameColumn':
      return `RENAME ${value.column} TO ${value.to}`;
    case 'alterColumnType':
    case 'setNotNull':
    case 'dropNotNull':
    case 'setDefault':
    case 'dropDefault':
    case 'setIdentity':
    case 'dropIdentity':
    case 'setGenerated':
    case 'dropGenerated':
    case 'setColumnOption':
      return `ALTER COLUMN ${value.column}`;
    case 'addConstraint':
      return named('ADD CONSTRAINT', value.constraint.name);
    case 'dropConstraint':
      return `DROP CONSTRAINT ${value.name}`;
    case 'renameConstraint':
      return `RENAME CONSTRAINT ${value.name} TO ${value.to}`;
    case 'alterConstraint':
      return `ALTER CONSTRAINT ${value.name}`;
    case 'validateConstraint':
      return `VALIDATE CONSTRAINT ${value.name}`;
    case 'createIndex':
      return named('CREATE INDEX', value.index.name);
    case 'createEnum':
      return `CREATE TYPE ${value.enum.name}`;
    case 'addEnumValue':
      return `ADD VALUE ${value.label} TO ${value.name}`;
    case 'renameEnumValue':
      return `RENAME VALUE ${value.label} TO ${value.to}`;
    case 'createDomain':
      return `CREATE DOMAIN ${value.domain.name}`;
    case 'createCompositeType':
      return `CREATE TYPE ${value.compositeType.name}`;
    case 'alterCompositeType':
      return `ALTER TYPE ${value.name}`;
    case 'createSequence':
      return `CREATE SEQUENCE ${value.sequence.name}`;
    case 'createView':
      return `CREATE ${value.view.materialized ? 'MATERIALIZED VIEW' : 'VIEW'} ${value.view.name}`;
    case 'dropView':
      return `DROP ${value.materialized ? 'MATERIALIZED VIEW' : 'VIEW'} ${value.name}`;
    case 'renameView':
      return `RENAME ${value.materialized ? 'MATERIALIZED VIEW' : 'VIEW'} ${value.name} TO ${value.to}`;
    case 'refreshView':
      return `REFRESH MATERIALIZED VIEW ${value.name}`;
    case 'createRoutine':
      return `CREATE ${value.routine.kind.toUpperCase()} ${value.routine.name}`;
    case 'dropRoutine':
      return `DROP ${(value.kind ?? 'routine').toUpperCase()} ${value.name}`;
    case 'createTrigger':
      return `CREATE TRIGGER ${value.trigger.name}`;
    case 'dropTrigger':
      return `DROP TRIGGER ${value.name}`;
    case 'renameTrigger':
      return `RENAME TRIGGER ${value.name} TO ${value.to}`;
    case 'setTriggerState':
      return `${value.state === 'disabled' ? 'DISABLE' : 'ENABLE'} TRIGGER ${value.name ?? 'ALL'}`;
    case 'createPolicy':
      return `ADD RLS POLICY ${value.policy.name}`;
    case 'alterPolicy':
      return `ALTER RLS POLICY ${value.policy.name}`;
    case 'dropPolicy':
      return `DROP RLS POLICY ${value.name}`;
    case 'setRowSecurity':
      return { enabled: 'ENABLE RLS', disabled: 'DISABLE RLS', forced: 'FORCE RLS', 'not forced': 'NO FORCE RLS' }[value.state];
    case 'attachPartition':
      return `ATTACH PARTITION ${value.partition.table}`;
    case 'detachPartition':
      return `DETACH PARTITION ${value.partition.table}`;
    case 'setInheritance':
      return `${value.inherits ? 'INHERIT' : 'NO INHERIT'} ${value.parent.table}`;
    case 'reindex':
      return `REINDEX ${value.kind.toUpperCase()} ${value.name}`;
    case 'setComment':
      return `COMMENT ON ${value.kind.toUpperCase()} ${value.name}`;
    case 'changePrivileges':
      return (
        { grant: 'GRANT', revoke: 'REVOKE', owner: 'OWNER', default: 'ALTER DEFAULT PRIVILEGES' }[value.kind] +
        (value.on === undefined ? '' : ` ON ${value.on}`)
      );
    case 'createObject':
      return `CREATE ${value.object.kind.toUpperCase()} ${value.object.name}`;
    case 'alterObject':
      return `ALTER ${value.kind.toUpperCase()} ${value.name}`;
    case 'dropObject':
      return `DROP ${value.kind.toUpperCase()} ${value.name}`;
    case 'insertRows':
      return 'INSERT';
    case 'updateRows':
      return 'UPDATE';
    case 'deleteRows':
      return 'DELETE';
    case 'mergeRows':
      return 'MERGE';
    case 'truncateTable':
      return 'TRUNCATE';
    case 'backfill':
      return `BACKFILL ${Object.keys(value.set).join(', ')}`;
    case 'runQuery':
      return 'SELECT';
    case 'setSetting':
      return value.value === undefined ? `RESET ${value.name}` : `SET ${value.name}`;
    case 'controlTransaction':
      return value.action.toUpperCase();
    case 'lockTable':
      return `LOCK TABLE ${value.tables.map(({ table }) => table).join(', ')}`;
    case 'maintain':
      return value.action.toUpperCase();
    case 'unknown':
      return 'not analysed';
    default:
      return renamedOrDropped(value);
  }
}

type Rest = Extract<Operation, { readonly name: string }>;

// What is left is named by its type: `dropIndex` is DROP INDEX, `renameSequence` is RENAME SEQUENCE … TO ….
function renamedOrDropped(value: Rest): string {
  const verb = value.type.replace(/([A-Z])/g, ' $1').toUpperCase();
  return 'to' in value && typeof value.to === 'string' ? `${verb} ${value.name} TO ${value.to}` : `${verb} ${value.name}`;
}

function named(verb: string, name: string | undefined): string {
  return name === undefined ? verb : `${verb} ${name}`;
}
