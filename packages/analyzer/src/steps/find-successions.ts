import type { Constraint, Operation, Snapshot, Table } from '@planwright/spec';
import { isNotValid } from '../not-valid.js';
import { onTableText, tableText } from '../verdicts/statement-facts.js';
import { onOf, tableIn } from './asked.js';
import { LaterStatements } from './later-statements.js';
import type { PlacedStatement } from './placed-statement.js';
import { lastKeyDrops, makesAnother, mayMeet } from './stands-in-the-way.js';
import type { ConstraintSuccession, IndexSuccession, Succession } from './succession.js';

type DropConstraint = ConstraintSuccession['drop'];
type DropIndex = IndexSuccession['drop'];
type AddConstraint = NonNullable<ConstraintSuccession['heir']>;

/**
 * Finds what stays until something comes in its place: a CHECK or FOREIGN KEY until one like it has been validated, a FOREIGN KEY until its column goes, and an
 * index until its name is given to another; not where a later statement writes rows that it might refuse, or makes another thing of its columns or tables.
 * `takesAnotherWay` tells whether steps stand for a statement.
 */
export function findSuccessions(
  statements: readonly PlacedStatement[],
  before: Snapshot,
  takesAnotherWay: (statement: PlacedStatement) => boolean,
): readonly Succession[] {
  if (!statements.some(({ operations }) => operations.some(({ type }) => type === 'dropConstraint' || type === 'dropIndex'))) return [];
  const later = new LaterStatements(statements);
  const keyDrops = lastKeyDrops(statements, before);
  const heirs = new Set<Operation>();
  return statements.flatMap((statement, place) =>
    statement.operations.flatMap((drop): Succession[] => {
      const found =
        drop.type === 'dropConstraint' ? ofConstraint(drop, statement, place) : drop.type === 'dropIndex' ? ofIndex(drop, statement, place) : undefined;
      if (found?.heir) heirs.add(found.heir);
      return found ? [found] : [];
    }),
  );

  /** One of the two is dangerous as it is written, and steps may stand for what comes in the place of the other. */
  function asksForIt(drop: PlacedStatement, to: PlacedStatement): boolean {
    return drop.findings.length + to.findings.length > 0 && takesAnotherWay(to);
  }

  function ofConstraint(drop: DropConstraint, statement: PlacedStatement, place: number): ConstraintSuccession | undefined {
    const on = onOf(drop);
    const table = tableIn(before, on);
    const old = table?.constraints?.find(({ name }) => name === drop.name);
    if (!table || drop.cascade || isOfPartitions(table) || !isNamed(old) || (old.type !== 'check' && old.type !== 'foreignKey')) return undefined;
    const tables = old.type === 'foreignKey' ? [onTableText(on), onTableText(old.references)] : [onTableText(on)];
    if (old.type === 'foreignKey' && (keyDrops.get(onTableText(old.references)) ?? -1) >= place) return undefined;
    if (later.some(tables, place, (one) => mayMeet(one, drop, old))) return undefined;
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

function isOfPartitions({ partitionBy, partitionOf }: Table): boolean {
  return partitionBy !== undefined || partitionOf !== undefined;
}

function isNamed(constraint: Constraint | undefined): constraint is Constraint & { readonly name: string } {
  return constraint?.name !== undefined;
}

/** Whether a constraint on the same table, of the same kind and name or columns, comes in the place of another. */
function isLike({ constraint }: AddConstraint, old: Constraint): boolean {
  if (isNotValid(constraint)) return false;
  return constraint.type !== 'foreignKey' || old.type !== 'foreignKey' || onTableText(constraint.references) === onTableText(old.references);
}
