import type { Constraint, Index, Operation, Snapshot } from '@planwright/spec';
import { mentionsTable } from '../expression-names.js';
import { onTableText } from '../verdicts/statement-facts.js';
import { onOf, tableIn } from './asked.js';
import type { PlacedStatement } from './placed-statement.js';
import { rowsChanged, worksOnRows } from './row-order.js';

type DropConstraint = Extract<Operation, { type: 'dropConstraint' }>;
type DropIndex = Extract<Operation, { type: 'dropIndex' }>;
type AddConstraint = Extract<Operation, { type: 'addConstraint' }>;
type CreateIndex = Extract<Operation, { type: 'createIndex' }>;

interface Left {
  /** `orders.orders_status_check` */
  readonly name: string;
  /** Id of the statement that drops it. */
  readonly from: string;
  /** Id of the statement whose steps drop it instead. */
  readonly to: string;
}

/** A constraint that the change drops, and that stays all the same until what comes in its place stands: nobody writes without either. */
export interface ConstraintSuccession extends Left {
  readonly kind: 'constraint';
  readonly old: Constraint & { readonly name: string };
  readonly drop: DropConstraint;
  /** What takes its place; nothing where it goes with its column. */
  readonly heir?: AddConstraint;
}

/** An index that the change drops and makes anew under its name: it stays until the new one is built. */
export interface IndexSuccession extends Left {
  readonly kind: 'index';
  readonly old: Index;
  readonly drop: DropIndex;
  readonly heir: CreateIndex;
}

export type Succession = ConstraintSuccession | IndexSuccession;

/**
 * Finds them. A CHECK or FOREIGN KEY stays until one like it has been validated, a FOREIGN KEY until its column goes, and an index until its name is given to
 * another; not where a later statement writes rows that it might refuse, or makes another thing of its columns or tables. `takesAnotherWay` tells whether steps
 * stand for a statement.
 */
export function successions(
  statements: readonly PlacedStatement[],
  before: Snapshot,
  takesAnotherWay: (statement: PlacedStatement) => boolean,
): readonly Succession[] {
  const heirs = new Set<Operation>();
  return statements.flatMap((statement, place) =>
    statement.operations.flatMap((drop): Succession[] => {
      const rest = statements.slice(place);
      if (drop.type === 'dropIndex') return indexSuccession(statement.id, drop, rest, before, takesAnotherWay);
      if (drop.type !== 'dropConstraint' || drop.cascade) return [];
      const table = tableIn(before, onOf(drop));
      const old = table?.constraints?.find(({ name }) => name === drop.name);
      if (!table || !isNamed(old) || table.partitionBy !== undefined || table.partitionOf !== undefined) return [];
      if (old.type !== 'check' && old.type !== 'foreignKey') return [];
      if (rest.some((one) => mayMeet(one, drop, old) || (old.type === 'foreignKey' && takesKey(one, old, before)))) return [];
      const found = { kind: 'constraint', name: `${onTableText(drop)}.${old.name}`, old, drop, from: statement.id } as const;
      for (const later of rest) {
        const heir = later.operations.find((one): one is AddConstraint => one.type === 'addConstraint' && !heirs.has(one) && isLike(one, drop, old));
        const goes = later.operations.some((one) => one.type === 'dropColumn' && onTableText(one) === onTableText(drop) && old.columns?.includes(one.column));
        if (!heir && !goes) continue;
        if (!takesAnotherWay(later) || (goes && (heir || old.type === 'check'))) return [];
        if (heir) heirs.add(heir);
        return [{ ...found, to: later.id, ...(heir && { heir }) }];
      }
      return [];
    }),
  );
}

/** The index that is made under the name of one that goes. */
function indexSuccession(
  from: string,
  drop: DropIndex,
  rest: readonly PlacedStatement[],
  before: Snapshot,
  takesAnotherWay: (statement: PlacedStatement) => boolean,
): IndexSuccession[] {
  const table = drop.cascade
    ? undefined
    : before.tables.find(({ schema, indexes }) => schema === drop.schema && indexes?.some(({ name }) => name === drop.name));
  const old = table?.indexes?.find(({ name }) => name === drop.name);
  if (!table || !old || table.partitionBy !== undefined || table.partitionOf !== undefined) return [];
  const on = onTableText({ ...(table.schema === undefined ? {} : { schema: table.schema }), table: table.name });
  for (const to of rest) {
    const heir = to.operations.find((one): one is CreateIndex => one.type === 'createIndex' && one.index.name === old.name && onTableText(one) === on);
    if (!heir) continue;
    if (!takesAnotherWay(to) || rest.some((one) => makesAnother(one, on, old))) return [];
    return [{ kind: 'index', name: `${on}.${old.name}`, old, drop, from, to: to.id, heir }];
  }
  return [];
}

/** Whether a statement makes another thing of a table or its columns; where an index keeps rows apart, also whether it writes some. */
function makesAnother({ operations, text }: PlacedStatement, table: string, index: Index): boolean {
  const { unique } = index;
  const ofIndex = columnsOf(index);
  return operations.some((one) => {
    switch (one.type) {
      case 'alterColumnType':
      case 'renameColumn':
      case 'dropColumn':
      case 'dropTable':
      case 'renameTable':
      case 'setTableSchema':
        return onTableText(one) === table;
      case 'unknown':
      case 'runQuery':
        return unique === true && mentionsTable(text, table);
      case 'updateRows':
        return unique === true && onTableText(one) === table && !one.columns?.every((column) => !ofIndex.includes(column));
      default:
        return unique === true && worksOnRows(one) && rowsChanged(one).includes(table);
    }
  });
}

/** Columns that an index is about, as far as it can be told; what an expression names may be one. */
function columnsOf({ keys, where = '' }: Index): readonly string[] {
  const expressions = [where, ...keys.map(({ expression }) => expression ?? '')].join(' ');
  return [...keys.flatMap(({ column }) => column ?? []), ...(expressions.match(/[\w$]+/g) ?? [])];
}

function isNamed(constraint: Constraint | undefined): constraint is Constraint & { readonly name: string } {
  return constraint?.name !== undefined;
}

/** Whether a constraint comes in the place of another: of its kind and name, or on its columns. */
function isLike({ constraint, ...on }: AddConstraint, drop: DropConstraint, old: Constraint): boolean {
  if (onTableText(on) !== onTableText(drop) || constraint.type !== old.type || ('notValid' in constraint && constraint.notValid)) return false;
  if (constraint.type === 'foreignKey' && old.type === 'foreignKey' && onTableText(constraint.references) !== onTableText(old.references)) return false;
  return constraint.name === old.name || sorted(constraint.columns) === sorted(old.columns);
}

function sorted(columns: readonly string[] = []): string {
  return [...columns].sort().join();
}

/** Whether a statement drops a key of the table that a foreign key points at: PostgreSQL refuses that while the foreign key may rest on it (2BP01). */
function takesKey({ operations }: PlacedStatement, { references }: Extract<Constraint, { type: 'foreignKey' }>, before: Snapshot): boolean {
  const target = tableIn(before, onOf(references));
  return operations.some((one) => {
    if (one.type === 'dropIndex') return target?.indexes?.some(({ name, unique }) => name === one.name && unique) === true;
    if (one.type !== 'dropConstraint' || onTableText(one) !== onTableText(references)) return false;
    const key = target?.constraints?.find(({ name }) => name === one.name);
    return key === undefined || key.type === 'primaryKey' || key.type === 'unique';
  });
}

/** Whether a statement may do what a constraint refuses while it is still there, or makes another thing of what it is about. */
function mayMeet({ operations, text }: PlacedStatement, drop: DropConstraint, old: Constraint): boolean {
  const own = onTableText(drop);
  const target = old.type === 'foreignKey' ? onTableText(old.references) : undefined;
  const referenced = old.type === 'foreignKey' ? old.references.columns : undefined;
  const columns = old.columns ?? [];
  return operations.some((one) => {
    switch (one.type) {
      case 'alterColumnType':
      case 'renameColumn':
        return onTableText(one) === own ? columns.includes(one.column) : onTableText(one) === target;
      case 'dropColumn':
        return onTableText(one) === target && target !== own;
      case 'dropTable':
      case 'renameTable':
      case 'setTableSchema':
      case 'truncateTable':
        return onTableText(one) === own || onTableText(one) === target;
      case 'updateRows':
        if (onTableText(one) === own) return one.columns === undefined || one.columns.some((column) => columns.includes(column));
        return (
          onTableText(one) === target && (one.columns === undefined || referenced === undefined || one.columns.some((column) => referenced.includes(column)))
        );
      case 'insertRows':
        return onTableText(one) === own;
      case 'unknown':
      case 'runQuery':
        return [own, target].some((table) => table !== undefined && mentionsTable(text, table));
      default:
        return worksOnRows(one) && rowsChanged(one).some((table) => table === own || table === target);
    }
  });
}
