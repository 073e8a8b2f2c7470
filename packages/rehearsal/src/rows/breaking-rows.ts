import type { Constraint, Operation, Snapshot } from '@planwright/spec';
import { constraintDefinition, writerOf } from '@planwright/sql';
import { type BreakingOptions, BrokenTable, type RowChange } from './breaking-rows/broken-table.js';
import { collisions, duplicates } from './breaking-rows/duplicates.js';
import { misfits } from './breaking-rows/misfits.js';
import { nulls } from './breaking-rows/nulls.js';
import { orphans } from './breaking-rows/orphans.js';
import { outside } from './breaking-rows/outside.js';
import { violations } from './breaking-rows/violations.js';
import { keySets } from './key-sets.js';
import { tableKey } from './table-order.js';

/** Statements that turn rows which satisfy a step into rows that break it. */
export interface Breaking {
  /** Table whose rows are changed. */
  readonly table: string;
  /** To run before the step, in order, on tables that have rows. */
  readonly sql: readonly string[];
  /** Rows (of duplicates, groups) that break the step when they have run, where the table has twice as many. */
  readonly made: number;
  /** What these rows are: "3 rows of `orders` whose `total` is NULL". */
  readonly what: string;
  /** SQLSTATE with which the step is expected to fail. */
  readonly fails: string;
  /** Counts the rows that break it, where that is not said by how they were made. */
  readonly count?: string;
  /** Other statements for the same, where the database refuses the first. */
  readonly alternatives: readonly (readonly string[])[];
}

const { quoteIdentifier } = writerOf('postgresql');

/** Writes what makes a step fail that depends on data. `snapshot` is the schema before the step. Undefined for steps that no row can break, and where no such row is known. */
export function breakingRows(snapshot: Snapshot, operation: Operation, options: BreakingOptions): Breaking | undefined {
  if (!('table' in operation) || typeof operation.table !== 'string') return undefined;
  const find = (schema: string | undefined, name: string) => snapshot.tables.find((found) => tableKey(found) === tableKey({ schema, name }));
  const table = find('schema' in operation ? operation.schema : undefined, operation.table);
  if (!table) return undefined;
  const on = new BrokenTable(snapshot, table, options);
  switch (operation.type) {
    case 'setNotNull':
      return breaking(on, nulls(on, operation.column));
    case 'addConstraint':
      return breaking(on, against(on, operation.constraint));
    case 'validateConstraint': {
      const standing = table.constraints?.find((found) => found.name === operation.name);
      return standing && breaking(on, against(on, standing), standing);
    }
    case 'createIndex': {
      const { index } = operation;
      const [columns = []] = keySets({ ...table, constraints: [], indexes: [index] }, undefined);
      return index.unique ? breaking(on, duplicates(on, columns, index.where)) : undefined;
    }
    case 'alterColumnType':
      return operation.using === undefined || byText.test(operation.using) ? breaking(on, misfits(on, operation.column, operation.to)) : undefined;
    case 'attachPartition': {
      const partition = find(operation.partition.schema, operation.partition.table);
      if (!partition || operation.bounds === undefined) return undefined;
      const within = new BrokenTable(snapshot, partition, options);
      return breaking(within, outside(within, table, operation.bounds));
    }
    default:
      return undefined;
  }
}

/** A label of an enum is looked up by its text. */
const byText = /^\(*"?[^"():]+"?\s*::\s*text\s*::\s*[\w".]+\)*$/i;

function against(on: BrokenTable, constraint: Constraint): RowChange | undefined {
  switch (constraint.type) {
    case 'primaryKey':
    case 'unique':
      return duplicates(on, constraint.columns);
    case 'exclusion':
      return collisions(on, constraint.columns ?? []);
    case 'foreignKey':
      return orphans(on, constraint);
    case 'check':
      return violations(on, constraint);
  }
}

/** The statements for a change of rows, the first way and the others. */
function breaking(on: BrokenTable, change: RowChange | undefined, standing?: Constraint): Breaking | undefined {
  const [first, ...others] = (change?.updates ?? []).map((update) => (standing ? without(on, standing, update) : [update]));
  if (!change || first === undefined) return undefined;
  const { what, fails, count } = change;
  return { table: on.key, sql: first, made: on.count, what, fails, ...(count !== undefined && { count }), alternatives: others };
}

/** A constraint that is NOT VALID refuses new rows all the same: it must be away for a moment. */
function without({ name }: BrokenTable, constraint: Constraint, update: string): readonly string[] {
  return [
    `ALTER TABLE ${name} DROP CONSTRAINT ${quoteIdentifier(constraint.name ?? '')}`,
    update,
    `ALTER TABLE ${name} ADD ${constraintDefinition(constraint)}`,
  ];
}
