import type { Column, ColumnChange } from '@planwright/spec';
import { columnText, constraintText } from '../column-text.js';
import { named, type ObjectName } from '../names.js';
import type { Act, Survey } from '../survey.js';

type AskedAct = Act<{ readonly id: string }>;

/** What happens to the columns of one table that was there before. Several alterations of a column are one row. */
export function columnChanges(table: ObjectName, acts: readonly AskedAct[], survey: Survey): ColumnChange[] {
  // What may touch an added column again: mostly nothing, so that many additions stay cheap.
  const later = acts.filter(({ operation }) => operation.type === 'renameColumn' || operation.type === 'addConstraint' || isAlteration(operation));
  const changes: ColumnChange[] = [];
  const modified = new Set<string>();
  for (const act of acts) {
    const { operation, effect } = act;
    const verdict = {
      ...(effect.breaking !== undefined && { breaking: effect.breaking }),
      ...(effect.code && { reason: effect.code }),
      basis: act.statement.verdicts?.code?.basis ?? ('predicted' as const),
    };
    if (operation.type === 'addColumn') {
      const { default: initial, ...column } = finalColumn(operation, operation.column, later);
      const replaced = replacedBy(column.name, table, acts, survey);
      changes.push({
        change: replaced ? 'MODIFY' : 'ADD',
        column: column.name,
        ...(replaced && { from: columnText(replaced.column) }),
        to: `${columnText({ ...column, ...(initial !== undefined && { default: initial }) })}${references(column.name, later)}`,
        ...(initial !== undefined && { default: initial }),
        ...(replaced?.verdict ?? verdict),
      });
    } else if (operation.type === 'dropColumn') {
      if (survey.schema.isNewColumn(operation, operation.column)) continue;
      const column = survey.schema.columnBefore(operation, operation.column);
      changes.push({ change: 'DROP', column: survey.schema.nameBefore(operation, operation.column), ...(column && { from: columnText(column) }), ...verdict });
    } else if (operation.type === 'renameColumn') {
      if (survey.schema.isNewColumn(operation, operation.column)) continue;
      changes.push({ change: 'RENAME', column: operation.column, from: operation.column, to: operation.to, ...verdict });
    } else if (isAlteration(operation) && !survey.schema.isNewColumn(operation, operation.column) && !modified.has(operation.column)) {
      modified.add(operation.column);
      changes.push(modification(operation.column, acts, survey, operation));
    }
  }
  const drops = changes.some((change) => change.change === 'DROP');
  return drops ? changes.map((change) => withPossibleRename(change, changes, table, survey)) : changes;
}

type Alteration = Extract<
  AskedAct['operation'],
  { type: 'alterColumnType' | 'setNotNull' | 'dropNotNull' | 'setDefault' | 'dropDefault' | 'setIdentity' | 'dropIdentity' | 'setGenerated' | 'dropGenerated' }
>;

function isAlteration(operation: AskedAct['operation']): operation is Alteration {
  return ['alterColumnType', 'setNotNull', 'dropNotNull', 'setDefault', 'dropDefault', 'setIdentity', 'dropIdentity', 'setGenerated', 'dropGenerated'].includes(
    operation.type,
  );
}

function modification(name: string, acts: readonly AskedAct[], survey: Survey, table: ObjectName): ColumnChange {
  const own = acts.filter(({ operation }) => isAlteration(operation) && operation.column === name);
  const before = survey.schema.columnBefore(table, name);
  const alterations = own.flatMap(({ operation }) => (isAlteration(operation) ? [operation] : []));
  const type = alterations.flatMap((operation) => (operation.type === 'alterColumnType' ? [operation] : [])).at(0);
  const known = before ?? (type?.from ? { name, type: type.from } : undefined);
  const last = known ? alterations.reduce(altered, known) : undefined;
  // A type that is built anew under its name is called otherwise while it is.
  const end = type && survey.schema.tableAfter(table)?.columns.find((column) => column.name === name);
  const after = last && end ? { ...last, type: end.type } : last;
  const worst = own.find((act) => act.effect.breaking) ?? own.find((act) => act.effect.breaking === undefined) ?? own[0];
  const to = after ? columnText(after) : alterations.map(alterationText).join(', ');
  return {
    change: 'MODIFY',
    column: survey.schema.nameBefore(table, name),
    ...(known && { from: columnText(known) }),
    to,
    ...(after?.default !== undefined && { default: after.default }),
    ...(worst?.effect.breaking !== undefined && { breaking: worst.effect.breaking }),
    ...(worst?.effect.code && { reason: worst.effect.code }),
    basis: worst?.statement.verdicts?.code?.basis ?? 'predicted',
  };
}

function altered(column: Column, operation: Alteration): Column {
  switch (operation.type) {
    case 'alterColumnType':
      return { ...column, type: operation.to, ...(operation.collation && { collation: operation.collation }) };
    case 'setNotNull':
      return { ...column, notNull: true };
    case 'dropNotNull':
      return without(column, 'notNull');
    case 'setDefault':
      return { ...column, default: operation.default };
    case 'dropDefault':
      return without(column, 'default');
    case 'setIdentity':
      return { ...column, identity: operation.identity };
    case 'dropIdentity':
      return without(column, 'identity');
    case 'setGenerated':
      return { ...column, generated: { ...column.generated, expression: operation.expression } };
    case 'dropGenerated':
      return without(column, 'generated');
  }
}

function without(column: Column, key: 'notNull' | 'default' | 'identity' | 'generated'): Column {
  const { [key]: _gone, ...rest } = column;
  return rest;
}

/** The column whose name an added one takes, and what its drop does to running code. */
function replacedBy(name: string, table: ObjectName, acts: readonly AskedAct[], { schema }: Survey) {
  if (!schema.isReplacedColumn(table, name)) return undefined;
  const column = schema.tableBefore(table)?.columns.find((candidate) => candidate.name === name);
  const drop = acts.find(({ operation }) => operation.type === 'dropColumn' && operation.column === name);
  if (!column) return undefined;
  return {
    column,
    verdict: {
      breaking: true,
      reason: `\`${named(table)}.${name}\` is another column afterwards.`,
      basis: drop?.statement.verdicts?.code?.basis ?? ('predicted' as const),
    },
  };
}

/** An alteration of a column of which nothing else is known. */
function alterationText(operation: Alteration): string {
  switch (operation.type) {
    case 'alterColumnType':
      return operation.to;
    case 'setNotNull':
      return 'NOT NULL';
    case 'dropNotNull':
      return 'NULL';
    case 'setDefault':
      return `DEFAULT ${operation.default}`;
    case 'dropDefault':
      return 'no default';
    case 'setIdentity':
      return `GENERATED ${operation.identity.toUpperCase()} AS IDENTITY`;
    case 'dropIdentity':
      return 'no identity';
    case 'setGenerated':
      return `GENERATED ALWAYS AS (${operation.expression})`;
    case 'dropGenerated':
      return 'not generated';
  }
}

/** An added column after the later alterations of the same change. */
function finalColumn(table: ObjectName, column: Column, acts: readonly AskedAct[]): Column {
  let final = column;
  for (const { operation } of acts) {
    if (operation.type === 'renameColumn' && operation.column === final.name && named(operation) === named(table)) final = { ...final, name: operation.to };
    else if (isAlteration(operation) && operation.column === final.name) final = altered(final, operation);
  }
  return final;
}

function references(column: string, acts: readonly AskedAct[]): string {
  for (const { operation } of acts) {
    if (operation.type !== 'addConstraint' || operation.constraint.type !== 'foreignKey' || operation.constraint.columns.join() !== column) continue;
    return ` ${constraintText(operation.constraint).replace(/^FOREIGN KEY \([^)]*\) /, '')}`;
  }
  return '';
}

/** Marks an added column when exactly one column of the same type is dropped in the same change, and the other way round none competes. */
function withPossibleRename(change: ColumnChange, changes: readonly ColumnChange[], table: ObjectName, survey: Survey): ColumnChange {
  if (change.change !== 'ADD') return change;
  const typeOf = (candidate: ColumnChange) =>
    candidate.change === 'DROP' ? survey.schema.columnBefore(table, candidate.column)?.type : survey.schema.addedColumn(table, candidate.column)?.type;
  const type = typeOf(change);
  const dropped = changes.filter((candidate) => candidate.change === 'DROP' && type !== undefined && typeOf(candidate) === type);
  const rivals = changes.filter((candidate) => candidate.change === 'ADD' && typeOf(candidate) === type);
  return dropped.length === 1 && rivals.length === 1 && dropped[0] ? { ...change, possibleRenameOf: dropped[0].column } : change;
}
