import type { Column, Constraint, Index, Operation, Snapshot, Table } from '@planwright/spec';
import { writerOf } from '@planwright/sql';
import { quoteIdentifier, quoteName } from '@planwright/sql/postgresql';
import { joinName } from '../draft/choose-name.js';
import type { On, Surroundings } from '../lock-facts/postgresql/surroundings.js';
import type { StatementFacts } from '../verdicts/statement-facts.js';
import type { Fill, Mirror, Refused } from './mirror.js';
import type { Step } from './step.js';
import type { Succession } from './succession.js';

type OperationOf<Type extends Operation['type']> = Extract<Operation, { readonly type: Type }>;

/** What a recipe sees: one operation of the change, and the schema around it as the author's statements make it. */
export interface Asked<Type extends Operation['type'] = Operation['type']> {
  readonly operation: OperationOf<Type>;
  /** The statement alone with this operation. */
  readonly facts: StatementFacts;
  readonly around: Surroundings;
  /** The whole schema before the statement, and after it. */
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Major version of PostgreSQL. */
  readonly version: number;
  /** The operation breaks code that runs today. */
  readonly breaks: boolean;
  /** Values that the operation fails on, as its verdict tells. */
  readonly refused: Refused | undefined;
  /** The name of a column while the one that replaces it stands beside it. */
  readonly interim: (on: On, column: string) => string;
  /** What stands beside a column that the change replaces under its own name, in this statement or another; nothing where the column stays. */
  readonly replacement: (on: On, column: string) => string | undefined;
  /** Whether something of the change fills the column, or it has a default from the start. */
  readonly isNewColumn: (on: On, column: string) => boolean;
  /** Whether a statement of the change makes the column NOT NULL. */
  readonly isRequired: (on: On, column: string) => boolean;
  /** Constraints that the change has left there for this operation: its steps drop them. */
  readonly left: readonly Succession[];
  /** Every view that goes with the column is made again by a later statement, and so has stepped aside before. */
  readonly viewsRemade: boolean;
  /** Whether a constraint of the table has the name before the change, and so until the step that drops it. */
  readonly isTaken: (on: On, constraint: string) => boolean;
}

/** What a recipe answers: steps, and what is kept equal or filled in the whole table; or why there is no safe form. */
export type Answer = { readonly steps: readonly Step[]; readonly mirrors?: readonly Mirror[]; readonly fills?: readonly Fill[] } | { readonly kept: string };

export type Recipe<Type extends Operation['type']> = (asked: Asked<Type>) => Answer;

/** A table as SQL names it. */
export function tableSql({ schema, table }: On): string {
  return quoteName(schema === undefined ? [table] : [schema, table]);
}

/** A name beside that of a table, in its schema. */
export function besideSql({ schema }: On, name: string): string {
  return quoteName(schema === undefined ? [name] : [schema, name]);
}

export { quoteIdentifier as nameSql };

export function tableIn(snapshot: Snapshot, { schema, table }: On): Table | undefined {
  return snapshot.tables.find((candidate) => candidate.name === table && candidate.schema === schema);
}

export function columnIn(snapshot: Snapshot, on: On, column: string): Column | undefined {
  return tableIn(snapshot, on)?.columns.find(({ name }) => name === column);
}

/** The table of an operation, without what else the operation says. */
export function onOf({ schema, table }: On): On {
  return schema === undefined ? { table } : { schema, table };
}

/** The table that an operation is on; nothing for one that makes a table, or is about something else. */
export function tableOn(operation: Operation): On | undefined {
  if (!('table' in operation) || typeof operation.table !== 'string') return undefined;
  return { ...('schema' in operation && operation.schema !== undefined ? { schema: operation.schema } : {}), table: operation.table };
}

/** `orders_customer_id_present`, cut as PostgreSQL cuts names. */
export function joined(first: string, second: string | undefined, label: string): string {
  return joinName(first, second, label);
}

/** The constraint that a statement has made, with the name that PostgreSQL gave it. */
export function madeConstraint({ before, after }: Pick<Asked, 'before' | 'after'>, on: On, wanted: Constraint): Constraint | undefined {
  const known = tableIn(before, on)?.constraints;
  const asWritten = tableIn(after, on)?.constraints?.find(({ name, type }) => name !== undefined && name === wanted.name && type === wanted.type);
  if (asWritten && !known?.some(({ name }) => name === asWritten.name)) return asWritten;
  // A key that is dropped and made anew of other columns has its old name.
  const there = new Set(known?.map(({ name, columns }) => `${name} ${columns?.join()}`));
  const made = (tableIn(after, on)?.constraints ?? []).filter(({ name, type, columns }) => !there.has(`${name} ${columns?.join()}`) && type === wanted.type);
  return (
    made.find(({ name }) => name === wanted.name) ?? made.find((one) => one.columns?.join() === wanted.columns?.join() && sameCheck(one, wanted)) ?? made[0]
  );
}

function sameCheck(one: Constraint, other: Constraint): boolean {
  return one.type !== 'check' || other.type !== 'check' || one.expression === other.expression;
}

/** The index that a statement has made, with its name. */
export function madeIndex({ before, after }: Pick<Asked, 'before' | 'after'>, on: On, wanted: Index): Index | undefined {
  const there = new Set(tableIn(before, on)?.indexes?.map(({ name }) => name));
  const made = (tableIn(after, on)?.indexes ?? []).filter(({ name }) => !there.has(name));
  return made.find(({ name }) => name === wanted.name) ?? made[0];
}

/** An operation as SQL; nothing when it cannot be written. */
export function written(operation: Operation, before: Snapshot): readonly string[] | undefined {
  const result = writerOf('postgresql').writeOperation(operation, { before });
  return 'statements' in result ? result.statements : undefined;
}
