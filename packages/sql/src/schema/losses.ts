import type { Column, Constraint, Index, Operation, Snapshot, Table } from '@planwright/spec';
import type { DatabaseName, Quoting } from '../dialect.js';
import { shown } from './named.js';
import { narrowing } from './narrowing.js';
import { type At, countWhere, indexViolations, violations } from './violations.js';

/** What one step of a way back cannot bring, or brings only while something holds. */
export interface Loss {
  /** What was written since and goes: `rows written to order_refunds since`. */
  readonly loses?: string;
  /** What the way up has destroyed: `the values of orders.legacy_ref are gone`. */
  readonly gone?: string;
  /** What to keep before the way up: `an archive of orders.legacy_ref`. */
  readonly backup?: string;
  /** Under which condition the step runs, and the query that counts what speaks against it. */
  readonly condition?: string;
  readonly query?: string;
  /** It is only feared: the statement was not analysed. */
  readonly assumed?: true;
}

/** The schemas that a loss is judged by. */
export interface Judged {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** The schema in which data that matters was: what the same migration made held nobody's rows. */
  readonly origin: Snapshot;
  /** The whole way back. */
  readonly operations: readonly Operation[];
  /** The renames that it begins with: what is asked before it is asked by the names until then. */
  readonly renames: readonly Operation[];
  readonly database: DatabaseName;
  readonly quoting: Quoting;
}

/** What a step of the way back means for data. */
export function lossOf(step: Operation, judged: Judged): Loss {
  const { before, after, quoting } = judged;
  switch (step.type) {
    case 'dropTable':
      // A temporary table went with its session.
      return tableIn(after, step)?.persistence === 'temporary' ? {} : { loses: `rows written to ${named(step)} since` };
    case 'createTable':
      return tableIn(judged.origin, { ...step.table, table: step.table.name })
        ? { gone: `the rows of ${shown(step.table)} are gone`, backup: `an archive of ${shown(step.table)}` }
        : {};
    case 'dropColumn': {
      const column = columnIn(after, step, step.column);
      // A generated column holds nothing that was written.
      return column?.generated ? {} : { loses: `values written to ${named(step)}.${step.column} since` };
    }
    case 'addColumn':
      return addedBack(step, judged);
    case 'setNotNull': {
      const readded = judged.operations.some((other) => other.type === 'addColumn' && sameTable(other, step) && other.column.name === step.column);
      const now = nameBeforeBack(step, judged.renames);
      const query = countWhere(quoting, now, `${quoting.quoteIdentifier(now.column)} IS NULL`);
      if (readded) return { condition: `once every row of ${named(step)} has a value in ${step.column} again`, query };
      return tableIn(judged.origin, step) ? { condition: `while no row holds NULL in ${named(now)}.${now.column}`, query } : {};
    }
    case 'alterColumnType':
      return typeBack(step, judged);
    case 'addConstraint':
      return constraintBack(step, step.constraint, judged);
    case 'createIndex':
      if (
        !step.index.unique ||
        !tableIn(judged.origin, step) ||
        indexIn(after, step, step.index.name) ||
        isUniqueAlready(step, columnsOf(step.index), step.index.nullsNotDistinct === true, after)
      )
        return {};
      return {
        condition: `while no two rows of ${named(step)} have the same key of ${step.index.name ?? 'its unique index'}`,
        ...(keepsNames(
          step,
          step.index.keys.map(({ column }) => column ?? ''),
          judged.renames,
        )
          ? { query: indexViolations(quoting, step, step.index) }
          : {}),
      };
    case 'createSequence':
      return before.sequences?.some(({ ownedBy, name }) => name === step.sequence.name && ownedBy !== undefined)
        ? {}
        : { loses: `the current value of ${shown(step.sequence)}` };
    case 'setIdentity':
      return columnIn(after, step, step.column)?.identity ? {} : { loses: `the current value of the identity ${named(step)}.${step.column}` };
    default:
      return {};
  }
}

function addedBack(step: Extract<Operation, { type: 'addColumn' }>, { origin, operations, after }: Judged): Loss {
  const { column } = step;
  // A generated column computes its values again; one that is only made anew was dropped in the same way back.
  if (column.generated || columnIn(after, step, column.name) || !columnIn(origin, step, column.name)) return {};
  if (operations.some((other) => other.type === 'dropColumn' && sameTable(other, step) && other.column === column.name)) return {};
  const object = `${named(step)}.${column.name}`;
  return { gone: `the values of ${object} are gone`, backup: `an archive of ${object}` };
}

function typeBack(step: Extract<Operation, { type: 'alterColumnType' }>, { database, quoting, before, after, origin, renames }: Judged): Loss {
  if (!columnIn(origin, step, step.column)) return {};
  const object = `${named(step)}.${step.column}`;
  if (step.to === '') return { gone: `the type of ${object} before is not known` };
  const wide = columnIn(after, step, step.column)?.type ?? step.from ?? '';
  const now = nameBeforeBack(step, renames);
  if (wide === step.to) return enumBack(now, step.to, { before, after, quoting });
  const change = narrowing(database, now, now.column, step.to, wide);
  if (change.kind === 'none') return {};
  if (change.kind === 'fits')
    return { condition: `while every value of ${named(now)}.${now.column} ${change.what}`, ...(change.query ? { query: change.query } : {}) };
  return { loses: `what the conversion of ${object} to ${wide} did not keep` };
}

/** A type of labels that is built anew without some of them takes no row that holds one of these. */
function enumBack(on: At & { readonly column: string }, to: string, { before, after, quoting }: Pick<Judged, 'before' | 'after' | 'quoting'>): Loss {
  const name = to.replace(/\[\]$/, '').replaceAll('"', '').split('.').at(-1);
  const kept = before.enums?.find((item) => item.name === name)?.labels;
  const gone = after.enums?.find((item) => item.name === name)?.labels.filter((label) => !kept?.includes(label)) ?? [];
  if (!kept || gone.length === 0) return {};
  const labels = gone.map((label) => quoting.quoteLiteral(label));
  const column = quoting.quoteIdentifier(on.column);
  const holds = to.endsWith('[]') ? `${column}::text[] && ARRAY[${labels.join(', ')}]` : `${column}::text IN (${labels.join(', ')})`;
  return { condition: `while no row holds ${labels.join(' or ')} in ${named(on)}.${on.column}`, query: countWhere(quoting, on, holds) };
}

function constraintBack(step: At, constraint: Constraint, { quoting, origin, after, before, renames }: Judged): Loss {
  const already = tableIn(after, step)?.constraints?.some(({ name }) => name === constraint.name);
  if (already || !tableIn(origin, step) || ('notValid' in constraint && constraint.notValid)) return {};
  // A table or column that comes back empty keeps every constraint.
  if (!tableIn(after, step)) return {};
  const lost = (constraint.columns ?? []).filter((column) => !columnIn(after, step, column) && columnIn(before, step, column));
  if (lost.length > 0 && constraint.type !== 'primaryKey') return {};
  if (constraint.type === 'foreignKey' && standsBeside(step, constraint, after)) return {};
  const isFilled = constraint.columns?.every((name) => columnIn(after, step, name)?.notNull);
  if (constraint.type === 'primaryKey' && isFilled && isUniqueAlready(step, constraint.columns, true, after)) return {};
  if (constraint.type === 'unique' && isUniqueAlready(step, constraint.columns, constraint.nullsNotDistinct === true, after)) return {};
  if (constraint.type === 'foreignKey' && tableIn(before, constraint.references) && !tableIn(after, constraint.references)) {
    return { condition: `once ${named(constraint.references)} has the rows again that ${named(step)} refers to` };
  }
  const query = keepsNames(step, constraint.columns ?? [], renames) ? violations(quoting, step, constraint) : undefined;
  return { condition: `while every row of ${named(step)} keeps ${constraint.name ?? constraint.type}`, ...(query ? { query } : {}) };
}

/** A column of the target by the name that it and its table have until the way back begins. */
function nameBeforeBack({ schema, table, column }: At & { readonly column: string }, renames: readonly Operation[]): At & { readonly column: string } {
  let now = { ...(schema === undefined ? {} : { schema }), table, column };
  for (const rename of [...renames].reverse()) {
    if (rename.type === 'renameColumn' && sameTable(rename, now) && rename.to === now.column) now = { ...now, column: rename.column };
    if (rename.type === 'renameTable' && rename.to === now.table && rename.schema === now.schema) now = { ...now, table: rename.table };
  }
  return now;
}

/** Whether a table and these columns of it have the names of the target all along. */
function keepsNames(on: At, columns: readonly string[], renames: readonly Operation[]): boolean {
  return ['', ...columns].every((column) => {
    const now = nameBeforeBack({ ...on, column }, renames);
    return now.table === on.table && now.column === column;
  });
}

/** Whether a valid foreign key like it is there meanwhile: every row keeps both. */
function standsBeside(on: At, { columns, references }: Extract<Constraint, { type: 'foreignKey' }>, schema: Snapshot): boolean {
  return (tableIn(schema, on)?.constraints ?? []).some(
    (one) =>
      one.type === 'foreignKey' &&
      !one.notValid &&
      sameTable(one.references, references) &&
      one.columns.join() === columns.join() &&
      one.references.columns?.join() === references.columns?.join(),
  );
}

/** Whether what stands meanwhile lets no two rows have the same key: a key of these columns, or of some of them. Where NULLs count as alike, it must not let them differ. */
function isUniqueAlready(on: At, columns: readonly string[], nullsAlike: boolean, schema: Snapshot): boolean {
  const table = tableIn(schema, on);
  const isFilled = (name: string): boolean => table?.columns.find((column) => column.name === name)?.notNull === true;
  const holds = (names: readonly (string | undefined)[], alike: boolean): boolean =>
    names.every((name) => name !== undefined && columns.includes(name) && (alike || !nullsAlike || isFilled(name)));
  return (
    (table?.constraints ?? []).some(
      (one) =>
        (one.type === 'primaryKey' && holds(one.columns, true)) ||
        (one.type === 'unique' && !one.deferrable && holds(one.columns, one.nullsNotDistinct === true)),
    ) ||
    (table?.indexes ?? []).some(
      (one) =>
        one.unique &&
        one.where === undefined &&
        holds(
          one.keys.map(({ column }) => column),
          one.nullsNotDistinct === true,
        ),
    )
  );
}

function columnsOf({ keys }: Index): readonly string[] {
  return keys.flatMap(({ column }) => column ?? []);
}

/** How sentences name a table of an operation. */
export function named({ schema, table }: At): string {
  return shown({ ...(schema === undefined ? {} : { schema }), name: table });
}

/** The table of an operation in a snapshot. */
export function tableIn(snapshot: Snapshot, { schema, table }: At): Table | undefined {
  // Without a call for each table: every statement of a long change asks several times.
  for (const item of snapshot.tables) if (item.name === table && item.schema === schema) return item;
  return undefined;
}

/** A column of it. */
export function columnIn(snapshot: Snapshot, at: At, name: string): Column | undefined {
  return tableIn(snapshot, at)?.columns.find((column) => column.name === name);
}

function indexIn(snapshot: Snapshot, at: At, name: string | undefined): boolean {
  return tableIn(snapshot, at)?.indexes?.some((index) => index.name === name) ?? false;
}

function sameTable(one: At, other: At): boolean {
  return one.table === other.table && one.schema === other.schema;
}
