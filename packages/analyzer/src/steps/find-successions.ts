import type { Constraint, Operation, Snapshot, Table } from '@planwright/spec';
import { constraintDefinition } from '@planwright/sql';
import { isNotValid } from '../not-valid.js';
import { onTableText, tableText } from '../verdicts/statement-facts.js';
import { onOf, tableIn } from './asked.js';
import { LaterStatements } from './later-statements.js';
import type { PlacedStatement } from './placed-statement.js';
import { worksOnRows } from './row-order.js';
import { KeyDrops, makesAnother, mayMeet } from './stands-in-the-way.js';
import type { ConstraintSuccession, GuardSuccession, IndexSuccession, Succession } from './succession.js';

type DropConstraint = ConstraintSuccession['drop'];
type DropIndex = IndexSuccession['drop'];
type DropGuard = GuardSuccession['drop'];
type AddConstraint = NonNullable<ConstraintSuccession['heir']>;

/**
 * Finds what stays until something comes in its place: a constraint for which the same comes under another name, a CHECK or FOREIGN KEY until one like it has
 * been validated, a FOREIGN KEY until its column goes, an index until its name is given to another, and row level security until its table goes; not where a later statement writes rows that it might refuse, or makes another thing of its columns or tables.
 * `takesAnotherWay` tells whether steps stand for a statement.
 */
export function findSuccessions(
  statements: readonly PlacedStatement[],
  before: Snapshot,
  takesAnotherWay: (statement: PlacedStatement) => boolean,
): readonly Succession[] {
  if (!statements.some(({ operations }) => operations.some((one) => one.type === 'dropConstraint' || one.type === 'dropIndex' || isGuardDropped(one))))
    return [];
  const later = new LaterStatements(statements);
  const keyDrops = new KeyDrops(statements, before);
  const renamed = renamedColumns(statements);
  const heirs = new Set<Operation>();
  // Constraints and the indexes of keys share their names with those of a schema: what any table has is not free.
  const taken = new Set(before.tables.flatMap(({ constraints = [], indexes = [] }) => [...constraints, ...indexes].flatMap(({ name }) => name ?? [])));
  return statements.flatMap((statement, place) =>
    statement.operations.flatMap((drop): Succession[] => {
      const found =
        drop.type === 'dropConstraint'
          ? ofConstraint(drop, statement, place)
          : drop.type === 'dropIndex'
            ? ofIndex(drop, statement, place)
            : isGuardDropped(drop)
              ? ofGuard(drop, statement, place)
              : undefined;
      if (found && found.kind !== 'guard' && found.heir) heirs.add(found.heir);
      return found ? [found] : [];
    }),
  );

  /** One of the two is dangerous as it is written, and steps may stand for what comes in the place of the other. */
  function asksForIt(drop: PlacedStatement, to: PlacedStatement): boolean {
    return drop.findings.length + to.findings.length > 0 && takesAnotherWay(to);
  }

  /** A key that a foreign key rests on goes, or a later statement may meet what is still there. */
  function isInTheWay(drop: DropConstraint, old: Constraint, place: number): boolean {
    if (old.type === 'foreignKey' && keyDrops.some(old, place)) return true;
    const tables = old.type === 'foreignKey' ? [onTableText(drop), onTableText(old.references)] : [onTableText(drop)];
    return later.some(tables, place, (one) => mayMeet(one, drop, old));
  }

  /** One that comes back as it was, under another name, on a table that may have another name by then. */
  function ofRenamed(drop: DropConstraint, statement: PlacedStatement, place: number): ConstraintSuccession | undefined {
    const on = onOf(drop);
    const table = tableIn(statement.judged.before, on);
    const old = table?.constraints?.find(({ name }) => name === drop.name);
    if (!table || drop.cascade || isOfPartitions(table) || !isNamed(old) || isNotValid(old) || !isOfBefore(old)) return undefined;
    if (isInTheWay(drop, old, place)) return undefined;
    const heir = later.constraint(on, old, place, (one) => !heirs.has(one) && isSame(one.constraint, old));
    const name = heir?.operation.constraint.name;
    if (!heir || name === undefined || name === old.name || taken.has(name) || !asksForIt(statement, heir.statement)) return undefined;
    return {
      kind: 'constraint',
      name: `${onTableText(on)}.${old.name}`,
      old,
      drop,
      from: statement.id,
      to: heir.statement.id,
      heir: heir.operation,
      isRenamed: true,
    };
  }

  /** Whether it is a constraint of before the change, on columns of then, which may have new names. */
  function isOfBefore(constraint: Constraint & { readonly name: string }): boolean {
    return before.tables.some(
      ({ columns, constraints }) =>
        constraints?.some(({ name, type }) => name === constraint.name && type === constraint.type) &&
        (constraint.columns ?? []).every((column) => renamed.has(column) || columns.some(({ name }) => name === column)),
    );
  }

  function ofConstraint(drop: DropConstraint, statement: PlacedStatement, place: number): ConstraintSuccession | undefined {
    const renamed = ofRenamed(drop, statement, place);
    if (renamed) return renamed;
    const on = onOf(drop);
    const table = tableIn(before, on);
    const old = table?.constraints?.find(({ name }) => name === drop.name);
    if (!table || drop.cascade || isOfPartitions(table) || !isNamed(old) || (old.type !== 'check' && old.type !== 'foreignKey')) return undefined;
    if (isInTheWay(drop, old, place)) return undefined;
    const heir = later.constraint(on, old, place, (one) => !heirs.has(one) && isLike(one, old));
    const goes = old.type === 'foreignKey' ? later.columnDrop(on, old.columns, place) : undefined;
    const to = heir ?? goes;
    if (!to || (heir && goes) || !asksForIt(statement, to.statement)) return undefined;
    return {
      kind: 'constraint',
      name: `${onTableText(on)}.${old.name}`,
      old,
      drop,
      from: statement.id,
      to: to.statement.id,
      ...(heir && { heir: heir.operation }),
    };
  }

  function ofGuard(drop: DropGuard, statement: PlacedStatement, place: number): GuardSuccession | undefined {
    const on = onOf(drop);
    const goes = later.tableDrop(on, place);
    const table = tableIn(before, on);
    // Where it binds the owner too, a statement that copies rows elsewhere may count on seeing them all.
    if (!goes || !table || table.rowSecurity === 'forced' || !asksForIt(statement, goes.statement)) return undefined;
    // What works on its rows before it goes may rest on seeing them all.
    if (later.some([onTableText(on)], place, ({ operations }) => operations.some(worksOnRows))) return undefined;
    return {
      kind: 'guard',
      name: `row level security of ${onTableText(on)}`,
      drop,
      from: statement.id,
      to: goes.statement.id,
      isOn: table.rowSecurity !== undefined,
    };
  }

  function ofIndex(drop: DropIndex, statement: PlacedStatement, place: number): IndexSuccession | undefined {
    const table = drop.cascade
      ? undefined
      : before.tables.find(({ schema, indexes }) => schema === drop.schema && indexes?.some(({ name }) => name === drop.name));
    const old = table?.indexes?.find(({ name }) => name === drop.name);
    if (!table || !old || isOfPartitions(table)) return undefined;
    const on = tableText(table);
    const heir = later.index(on, drop.name, place);
    if (!heir || !asksForIt(statement, heir.statement) || later.some([on], place, (one) => makesAnother(one, on, old))) return undefined;
    return { kind: 'index', name: `${on}.${drop.name}`, old, drop, from: statement.id, to: heir.statement.id, heir: heir.operation };
  }
}

/** Whether an operation takes away what keeps rows of a table from somebody. */
function isGuardDropped(operation: Operation): operation is DropGuard {
  return operation.type === 'setRowSecurity' && operation.state === 'disabled';
}

function isOfPartitions({ partitionBy, partitionOf }: Table): boolean {
  return partitionBy !== undefined || partitionOf !== undefined;
}

function isNamed(constraint: Constraint | undefined): constraint is Constraint & { readonly name: string } {
  return constraint?.name !== undefined;
}

/** Names that the change gives to columns. */
function renamedColumns(statements: readonly PlacedStatement[]): ReadonlySet<string> {
  return new Set(statements.flatMap(({ operations }) => operations.flatMap((one) => (one.type === 'renameColumn' ? [one.to] : []))));
}

/** Whether two constraints are the same but for their names. */
function isSame(one: Constraint, other: Constraint): boolean {
  return definitionOf(one) === definitionOf(other);
}

function definitionOf(constraint: Constraint): string {
  const { name: _, ...rest } = constraint;
  if (rest.type !== 'foreignKey') return constraintDefinition(rest);
  const { onDelete = 'no action', onUpdate = 'no action', ...key } = rest;
  return constraintDefinition({ ...key, onDelete, onUpdate });
}

/** Whether a constraint on the same table, of the same kind and name or columns, comes in the place of another. */
function isLike({ constraint }: AddConstraint, old: Constraint): boolean {
  if (isNotValid(constraint)) return false;
  return constraint.type !== 'foreignKey' || old.type !== 'foreignKey' || onTableText(constraint.references) === onTableText(old.references);
}
