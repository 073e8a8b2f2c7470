import type { Operation, Snapshot } from '@planwright/spec';
import { sql, unwritable, type Written, words } from '../../written.js';
import { quoteIdentifier, quoteLiteral } from './quote.js';
import { comment, createPolicy, policyParts, trigger, triggerState, withReplace } from './write/attached.js';
import { writeColumn } from './write/column-operation.js';
import { commentedObject } from './write/commented-object.js';
import { constraintDefinition, deferrability } from './write/constraint.js';
import { createIndex } from './write/index-definition.js';
import { qualified } from './write/names.js';
import { alterCompositeType, alterDomain, alterSequence, createCompositeType, createDomain, createSequence, createView, objectByName } from './write/object.js';
import { writeRows } from './write/rows.js';
import { writeSession } from './write/session.js';
import { createTable, setTableOption } from './write/table.js';

export interface WriteOptions {
  /** The schema before the operation, for forms that depend on what is there. */
  readonly before?: Snapshot;
}

/** Writes an operation as PostgreSQL's SQL. What does not hold enough to be written, or has no SQL, gives an issue and never other SQL. */
export function writeOperation(operation: Operation, options: WriteOptions = {}): Written {
  return (
    writeTable(operation) ??
    writeColumn(operation, options.before) ??
    writeType(operation) ??
    writeObject(operation, options.before) ??
    writeRows(operation) ??
    writeSession(operation) ??
    unwritable(operation, 'PostgreSQL', 'no SQL is known for it.')
  );
}

function writeTable(operation: Operation): Written | undefined {
  const table =
    'table' in operation && typeof operation.table === 'string'
      ? `ALTER TABLE ${qualified('schema' in operation ? operation.schema : undefined, operation.table)}`
      : '';
  switch (operation.type) {
    case 'createTable':
      return sql(...createTable(operation));
    case 'dropTable':
      return sql(words('DROP TABLE', ...ending(operation, qualified(operation.schema, operation.table))));
    case 'renameTable':
      return sql(
        words('ALTER TABLE', operation.ifExists && 'IF EXISTS', qualified(operation.schema, operation.table), 'RENAME TO', quoteIdentifier(operation.to)),
      );
    case 'setTableSchema':
      return sql(`${table} SET SCHEMA ${quoteIdentifier(operation.to)}`);
    case 'setTableOption':
      return sql(setTableOption(operation));
    case 'addConstraint':
      return sql(`${operation.only ? table.replace('ALTER TABLE', 'ALTER TABLE ONLY') : table} ADD ${constraintDefinition(operation.constraint)}`);
    case 'dropConstraint':
      return sql(words(table, 'DROP CONSTRAINT', ...ending(operation, quoteIdentifier(operation.name))));
    case 'renameConstraint':
      return sql(`${table} RENAME CONSTRAINT ${quoteIdentifier(operation.name)} TO ${quoteIdentifier(operation.to)}`);
    case 'alterConstraint':
      return sql(`${table} ALTER CONSTRAINT ${quoteIdentifier(operation.name)} ${deferrability(operation.deferrable)}`);
    case 'validateConstraint':
      return sql(`${table} VALIDATE CONSTRAINT ${quoteIdentifier(operation.name)}`);
    case 'createIndex': {
      const { comment: text, name } = operation.index;
      const commented = text === undefined || name === undefined ? [] : [comment(`INDEX ${qualified(operation.schema, name)}`, text)];
      return sql(createIndex(operation), ...commented);
    }
    case 'dropIndex':
      return sql(words('DROP INDEX', operation.concurrently && 'CONCURRENTLY', ...ending(operation, qualified(operation.schema, operation.name))));
    case 'renameIndex':
      return sql(
        words('ALTER INDEX', operation.ifExists && 'IF EXISTS', qualified(operation.schema, operation.name), 'RENAME TO', quoteIdentifier(operation.to)),
      );
    case 'reindex':
      return sql(words('REINDEX', operation.kind.toUpperCase(), operation.concurrently && 'CONCURRENTLY', qualified(operation.schema, operation.name)));
    case 'attachPartition': {
      const partition = qualified(operation.partition.schema, operation.partition.table);
      // Without bounds, both are indexes.
      return sql(
        operation.bounds === undefined
          ? `${table.replace('TABLE', 'INDEX')} ATTACH PARTITION ${partition}`
          : `${table} ATTACH PARTITION ${partition} ${operation.bounds}`,
      );
    }
    case 'detachPartition':
      return sql(words(table, 'DETACH PARTITION', qualified(operation.partition.schema, operation.partition.table), operation.concurrently && 'CONCURRENTLY'));
    case 'setInheritance':
      return sql(`${table} ${operation.inherits ? 'INHERIT' : 'NO INHERIT'} ${qualified(operation.parent.schema, operation.parent.table)}`);
    case 'createTrigger':
      return sql(...trigger(operation, operation.trigger, operation.orReplace));
    case 'dropTrigger':
      return sql(
        words(
          'DROP TRIGGER',
          operation.ifExists && 'IF EXISTS',
          quoteIdentifier(operation.name),
          'ON',
          qualified(operation.schema, operation.table),
          operation.cascade && 'CASCADE',
        ),
      );
    case 'renameTrigger':
      return sql(
        `ALTER TRIGGER ${quoteIdentifier(operation.name)} ON ${qualified(operation.schema, operation.table)} RENAME TO ${quoteIdentifier(operation.to)}`,
      );
    case 'setTriggerState':
      return sql(`${table} ${triggerState(operation)}`);
    case 'createPolicy':
      return sql(createPolicy(operation, operation.policy));
    case 'alterPolicy': {
      const policy = `ALTER POLICY ${quoteIdentifier(operation.policy.name)} ON ${qualified(operation.schema, operation.table)}`;
      const parts = policyParts(operation.policy);
      return sql(
        ...(parts === '' ? [] : [`${policy} ${parts}`]),
        ...(operation.to === undefined ? [] : [`${policy} RENAME TO ${quoteIdentifier(operation.to)}`]),
      );
    }
    case 'dropPolicy':
      return sql(words('DROP POLICY', operation.ifExists && 'IF EXISTS', quoteIdentifier(operation.name), 'ON', qualified(operation.schema, operation.table)));
    case 'setRowSecurity': {
      const verb = { enabled: 'ENABLE', disabled: 'DISABLE', forced: 'FORCE', 'not forced': 'NO FORCE' }[operation.state];
      return sql(`${table} ${verb} ROW LEVEL SECURITY`);
    }
  }
  return undefined;
}

function writeType(operation: Operation): Written | undefined {
  const type = 'name' in operation ? `ALTER TYPE ${qualified('schema' in operation ? operation.schema : undefined, operation.name ?? '')}` : '';
  switch (operation.type) {
    case 'createEnum':
      return sql(`CREATE TYPE ${qualified(operation.enum.schema, operation.enum.name)} AS ENUM (${operation.enum.labels.map(quoteLiteral).join(', ')})`);
    case 'addEnumValue':
      return sql(
        words(
          `${type} ADD VALUE`,
          operation.ifNotExists && 'IF NOT EXISTS',
          quoteLiteral(operation.label),
          operation.before !== undefined && `BEFORE ${quoteLiteral(operation.before)}`,
          operation.after !== undefined && operation.before === undefined && `AFTER ${quoteLiteral(operation.after)}`,
        ),
      );
    case 'renameEnumValue':
      return sql(`${type} RENAME VALUE ${quoteLiteral(operation.label)} TO ${quoteLiteral(operation.to)}`);
    case 'createDomain':
      return sql(createDomain(operation.domain));
    case 'alterDomain':
      return orMissing(operation, alterDomain(operation), 'what its action needs is not given.');
    case 'createCompositeType':
      return sql(createCompositeType(operation.compositeType));
    case 'alterCompositeType':
      return orMissing(operation, alterCompositeType(operation), 'the new name is not given.');
    case 'dropType':
      return sql(words('DROP TYPE', ...ending(operation, qualified(operation.schema, operation.name))));
    case 'renameType':
      return sql(`${type} RENAME TO ${quoteIdentifier(operation.to)}`);
  }
  return undefined;
}

function writeObject(operation: Operation, before: Snapshot | undefined): Written | undefined {
  const name = 'name' in operation && operation.name !== undefined ? qualified('schema' in operation ? operation.schema : undefined, operation.name) : '';
  switch (operation.type) {
    case 'createSequence':
      return sql(createSequence(operation.sequence, operation.ifNotExists));
    case 'alterSequence':
      return orMissing(operation, alterSequence(operation), 'it names no change.');
    case 'dropSequence':
      return sql(words('DROP SEQUENCE', ...ending(operation, name)));
    case 'renameSequence':
      return sql(`ALTER SEQUENCE ${name} RENAME TO ${quoteIdentifier(operation.to)}`);
    case 'createView':
      return sql(...createView(operation, before));
    case 'dropView':
      return sql(words('DROP', operation.materialized && 'MATERIALIZED', 'VIEW', ...ending(operation, name)));
    case 'renameView':
      return sql(words('ALTER', operation.materialized && 'MATERIALIZED', 'VIEW', name, 'RENAME TO', quoteIdentifier(operation.to)));
    case 'refreshView':
      return sql(words('REFRESH MATERIALIZED VIEW', operation.concurrently && 'CONCURRENTLY', name));
    case 'createRoutine': {
      const { definition } = operation.routine;
      if (!/^\s*create\b/i.test(definition)) return unwritable(operation, 'PostgreSQL', 'its definition is not a CREATE statement.');
      return sql(withReplace(definition, operation.orReplace === true));
    }
    case 'dropRoutine':
      return sql(
        words(
          'DROP',
          (operation.kind ?? 'routine').toUpperCase(),
          ...ending(operation, operation.arguments === undefined ? name : `${name}(${operation.arguments})`),
        ),
      );
    case 'createSchema':
      return sql(words('CREATE SCHEMA', operation.ifNotExists && 'IF NOT EXISTS', name));
    case 'dropSchema':
      return sql(words('DROP SCHEMA', ...ending(operation, name)));
    case 'renameSchema':
      return sql(`ALTER SCHEMA ${name} RENAME TO ${quoteIdentifier(operation.to)}`);
    case 'createExtension':
      return sql(words('CREATE EXTENSION', operation.ifNotExists && 'IF NOT EXISTS', name));
    case 'dropExtension':
      return sql(words('DROP EXTENSION', ...ending(operation, name)));
    case 'setComment': {
      const object = commentedObject(operation);
      return object === undefined
        ? unwritable(operation, 'PostgreSQL', `a name is not enough to say which ${operation.kind} is meant.`)
        : sql(comment(object, operation.comment));
    }
    case 'createObject':
      return orMissing(operation, operation.object.definition, `the definition of the ${operation.object.kind} ${operation.object.name} is not known.`);
    case 'alterObject': {
      const object = objectByName(operation.kind, operation.schema, operation.name);
      const renamed = object === undefined || operation.to === undefined ? undefined : `ALTER ${object} RENAME TO ${quoteIdentifier(operation.to)}`;
      return orMissing(operation, renamed, `how the ${operation.kind} ${operation.name} changes is not known.`);
    }
    case 'dropObject': {
      const { kind } = operation;
      const cast = kind === 'cast' && / AS /.test(operation.name) ? `(${operation.name})` : undefined;
      const object = cast ?? (objectByName(kind, operation.schema, operation.name) && name);
      const dropped = object === undefined ? undefined : words('DROP', kind.toUpperCase(), ...ending(operation, object));
      return orMissing(operation, dropped, `a name is not enough to say which ${kind} is meant.`);
    }
  }
  return undefined;
}

/** IF EXISTS before the name, CASCADE after it. */
function ending({ ifExists, cascade }: { readonly ifExists?: boolean; readonly cascade?: boolean }, name: string): readonly (string | false)[] {
  return [ifExists === true && 'IF EXISTS', name, cascade === true && 'CASCADE'];
}

function orMissing(operation: Operation, statement: string | undefined, why: string): Written {
  return statement === undefined ? unwritable(operation, 'PostgreSQL', why) : sql(statement);
}
