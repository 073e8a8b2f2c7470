import type { Constraint, ForeignKey, Operation } from '@planwright/spec';
import { keyText } from '../column-text.js';
import { type Failure, fails } from '../database-errors.js';
import { named, type ObjectName } from '../names.js';
import type { OperationOf } from '../survey.js';
import { type Effect, harmless, type Surroundings } from './effect.js';

/** Operations on constraints and indexes. */
export function constraintEffect(operation: Operation, around: Surroundings): Effect | undefined {
  const { schema } = around;
  switch (operation.type) {
    case 'addConstraint':
      return addConstraint(operation, around);
    case 'dropConstraint':
      return dropped(operation, operation.name, around);
    case 'validateConstraint': {
      const object = operation.name;
      return {
        kind: 'changes',
        breaking: false,
        data: 'may fail',
        dataReason: `Validating ${object} fails when a row of ${named(operation)} breaks it.`,
        risk: 'low',
        object,
        work: `a check of every row of ${named(operation)}`,
      };
    }
    case 'renameConstraint':
    case 'alterConstraint':
      return { ...harmless, object: operation.name };
    case 'createIndex': {
      const table = named(operation);
      const object = operation.index.name ?? `an index of ${table}`;
      if (schema.isNewTable(operation)) return { ...harmless, kind: 'adds', object };
      const work = `an index build on ${table}`;
      if (!operation.index.unique) return { kind: 'adds', breaking: false, code: 'Running code is not affected.', data: 'safe', risk: 'low', object, work };
      const keys = operation.index.keys.map(keyText).join(', ');
      return {
        ...refuses(
          operation,
          operation.index.keys.flatMap((key) => (key.column ? [key.column] : [])),
          'duplicate',
          `repeats (${keys})`,
          around,
        ),
        dataReason: `Building ${object} fails when two rows of ${table} have the same (${keys}).`,
        object,
        work,
      };
    }
    case 'dropIndex': {
      const table = operation.table ? { ...(operation.schema && { schema: operation.schema }), table: operation.table } : undefined;
      return table
        ? dropped(table, operation.name, around)
        : { ...harmless, object: operation.name, code: 'Statements go on; queries that used it read the table instead.' };
    }
    case 'renameIndex':
    case 'reindex':
      return { ...harmless, object: operation.name };
    default:
      return undefined;
  }
}

function addConstraint(operation: OperationOf<'addConstraint'>, around: Surroundings): Effect {
  const { constraint } = operation;
  const table = named(operation);
  const object = constraint.name ?? unnamed(constraint, table);
  if (around.schema.isNewTable(operation)) return { ...harmless, kind: 'adds', object };
  const columns = constraint.columns ?? [];
  const { failure, breaks, data } = offence(constraint, table, object);
  const key = constraint.type === 'foreignKey' ? constraint : undefined;
  const known = key && keyLike(operation, key, around);
  const effect = key && known ? inPlaceOf(known, operation, key, around) : refuses(operation, columns, failure, breaks, around);
  const later = 'notValid' in constraint && constraint.notValid === true;
  return {
    ...effect,
    object,
    ...(later
      ? { data: 'safe' as const, dataReason: 'NOT VALID: existing rows are not checked.' }
      : { dataReason: data, work: `a check of every row of ${table}` }),
  };
}

/** The foreign key of before on the same columns, which refused the same values. */
function keyLike(on: ObjectName, { columns, references }: ForeignKey, { schema }: Surroundings): ForeignKey | undefined {
  return schema
    .tableBefore(on)
    ?.constraints?.find(
      (one): one is ForeignKey => one.type === 'foreignKey' && one.columns.join() === columns.join() && named(one.references) === named(references),
    );
}

/** A foreign key that takes the place of one on the same columns: only what becomes of rows that lose theirs can be another thing. */
function inPlaceOf(known: ForeignKey, table: ObjectName, wanted: ForeignKey, { database }: Surroundings): Effect {
  const refuses = (action: ForeignKey['onDelete']): boolean => action === undefined || action === 'no action' || action === 'restrict';
  const stricter = (['onDelete', 'onUpdate'] as const).find((action) => refuses(wanted[action]) && !refuses(known[action]));
  if (stricter === undefined) return { kind: 'changes', breaking: false, data: 'may fail', risk: 'low' };
  const target = named(wanted.references);
  const breaks =
    stricter === 'onDelete'
      ? `A delete from ${target} that leaves a row of ${named(table)} behind`
      : `A change of a key of ${target} that a row of ${named(table)} has`;
  return { kind: 'changes', breaking: true, code: `${breaks} ${fails(database, 'orphan')}.`, data: 'may fail', risk: 'medium' };
}

/** What a write must do to be refused, and what an existing row must look like. */
function offence(constraint: Constraint, table: string, object: string): { readonly failure: Failure; readonly breaks: string; readonly data: string } {
  const columns = (constraint.columns ?? []).join(', ');
  switch (constraint.type) {
    case 'foreignKey': {
      const target = named(constraint.references);
      return {
        failure: 'orphan',
        breaks: `gives (${columns}) a value that ${target} lacks`,
        data: `Adding ${object} fails when a row of ${table} has a (${columns}) that ${target} lacks.`,
      };
    }
    case 'check':
      return {
        failure: 'check',
        breaks: `does not satisfy ${constraint.expression}`,
        data: `Adding ${object} fails when a row of ${table} does not satisfy ${constraint.expression}.`,
      };
    case 'exclusion':
      return { failure: 'duplicate', breaks: 'conflicts with another row', data: `Adding ${object} fails when two rows of ${table} conflict.` };
    case 'primaryKey':
    case 'unique':
      return constraint.usingIndex
        ? { failure: 'duplicate', breaks: `repeats a key of ${constraint.usingIndex}`, data: 'The index that is there proves it.' }
        : {
            failure: 'duplicate',
            breaks: `repeats (${columns})`,
            data: `Adding ${object} fails when two rows of ${table} have the same (${columns})${constraint.type === 'primaryKey' ? ' or one has NULL in it' : ''}.`,
          };
  }
}

/** A rule that existing rows and later writes must keep. Columns that the change itself adds are not written by running code. */
function refuses(table: ObjectName, columns: readonly string[], failure: Failure, breaks: string, { database, schema }: Surroundings): Effect {
  const allNew = columns.length > 0 && columns.every((column) => schema.isNewColumn(table, column));
  if (allNew) return { kind: 'adds', breaking: false, code: 'Running code does not write its columns.', data: 'may fail', risk: 'low' };
  return { kind: 'changes', breaking: true, code: `A write to ${named(table)} that ${breaks} ${fails(database, failure)}.`, data: 'may fail', risk: 'medium' };
}

function dropped(table: ObjectName, name: string, { database, schema }: Surroundings): Effect {
  const before = schema.tableBefore(table);
  const constraint = before?.constraints?.find((candidate) => candidate.name === name);
  const index = before?.indexes?.find((candidate) => candidate.name === name);
  const unique = constraint?.type === 'unique' || constraint?.type === 'primaryKey' || index?.unique === true;
  if (unique && database !== 'mysql')
    return {
      kind: 'changes',
      breaking: true,
      code: `An upsert that names the columns of ${name} in ON CONFLICT ${fails(database, 'conflict')}; duplicates are accepted from then on.`,
      data: 'safe',
      risk: 'medium',
      object: name,
    };
  const code =
    constraint || !index ? `Writes that ${name} refused are accepted from then on.` : 'Statements go on; queries that used it read the table instead.';
  return { ...harmless, object: name, code };
}

/** A constraint that the database is to name. */
function unnamed(constraint: Constraint, table: string): string {
  const kind = { foreignKey: 'foreign key', check: 'check', unique: 'unique constraint', primaryKey: 'primary key', exclusion: 'exclusion constraint' }[
    constraint.type
  ];
  const columns = constraint.columns ?? [];
  return columns.length > 0 ? `the ${kind} of ${table} (${columns.join(', ')})` : `a ${kind} of ${table}`;
}
