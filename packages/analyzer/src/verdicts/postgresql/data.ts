import type { Constraint, DataVerdict, Operation, Table } from '@planwright/spec';
import { serialType } from '../../apply/written-type.js';
import { columnBefore, isOld, onTableText, type StatementFacts, tableBefore, tableText } from '../statement-facts.js';
import { typeChange } from './type-change.js';

type Outcome = Pick<DataVerdict, 'outcome' | 'reason'>;

const safe: Outcome = { outcome: 'safe' };

/** Whether a statement can fail on rows that exist, and what it loses. Nothing when an operation is not understood. */
export function dataVerdict(facts: StatementFacts, sql = ''): DataVerdict | undefined {
  if (facts.operations.some(({ type }) => type === 'unknown')) return undefined;
  const outcomes = facts.operations.map((operation) => outcomeOf(facts, operation, sql));
  const worst = outcomes.find(({ outcome }) => outcome === 'loses') ?? outcomes.find(({ outcome }) => outcome === 'may fail') ?? safe;
  const reasons = [...new Set(outcomes.filter(({ outcome }) => outcome !== 'safe').flatMap(({ reason }) => reason ?? []))];
  return { basis: 'predicted', outcome: worst.outcome, ...(reasons.length === 0 ? {} : { reason: reasons.join(' ') }) };
}

/** Rows that a query gives can break every rule of the table that they go into. */
function ofQuery(table: Table, keyed: boolean, name: string): Outcome {
  const rules = [
    ...(keyed ? ['a key (23505)'] : []),
    ...(table.columns.some(({ notNull }) => notNull) ? ['NOT NULL (23502)'] : []),
    ...(table.constraints?.some(({ type }) => type === 'foreignKey') ? ['a foreign key (23503)'] : []),
    ...(table.constraints?.some(({ type }) => type === 'check') ? ['a check (23514)'] : []),
  ];
  const list = rules.length > 1 ? `${rules.slice(0, -1).join(', ')} or ${rules.at(-1)}` : rules[0];
  return list === undefined ? safe : mayFail(`Fails when a row of the query breaks ${list} of \`${name}\`.`);
}

function outcomeOf(facts: StatementFacts, operation: Operation, sql: string): Outcome {
  switch (operation.type) {
    case 'dropTable':
      return isOld(facts, operation) && (tableBefore(facts, operation) || !operation.ifExists)
        ? loses(`Every row of \`${onTableText(operation)}\` is lost.`)
        : safe;
    case 'truncateTable':
      return isOld(facts, operation) ? loses(`Every row of \`${onTableText(operation)}\` is lost.`) : safe;
    case 'deleteRows':
      if (!isOld(facts, operation)) return safe;
      return loses(
        operation.where === undefined
          ? `Every row of \`${onTableText(operation)}\` is lost.`
          : `The rows of \`${onTableText(operation)}\` that it deletes are lost.`,
      );
    case 'updateRows': {
      const columns = (operation.columns ?? []).filter((column) => !facts.made.has(`${onTableText(operation)}.${column}`));
      return isOld(facts, operation) && columns.length > 0
        ? loses(`The values of ${columns.map((column) => `\`${column}\``).join(', ')} that it replaces in \`${onTableText(operation)}\` are lost.`)
        : safe;
    }
    case 'insertRows': {
      const table = tableBefore(facts, operation);
      const keyed = table?.constraints?.some(({ type }) => type === 'primaryKey' || type === 'unique') && !/\bon\s+conflict\b/i.test(sql);
      if (operation.fromQuery && table) return ofQuery(table, keyed === true, onTableText(operation));
      return isOld(facts, operation) && keyed ? mayFail(`Fails with 23505 when \`${onTableText(operation)}\` has a row with the same key.`) : safe;
    }
    case 'dropColumn':
      if (
        !isOld(facts, operation) ||
        (operation.ifExists && !columnBefore(facts, operation)) ||
        facts.made.has(`${onTableText(operation)}.${operation.column}`)
      )
        return safe;
      return loses(`The values of \`${onTableText(operation)}.${operation.column}\` are lost.`);
    case 'addColumn': {
      const { notNull, default: filled, generated, identity, type, name } = operation.column;
      if (!isOld(facts, operation)) return safe;
      if (notNull && filled === undefined && !generated && !identity && serialType(type) === undefined)
        return mayFail(`Fails with 23502 when \`${onTableText(operation)}\` has a row: nothing fills \`${name}\`.`);
      return safe;
    }
    case 'alterColumnType':
      return isOld(facts, operation) ? typeOutcome(facts, operation) : safe;
    case 'setNotNull':
      if (!isOld(facts, operation) || columnBefore(facts, operation)?.notNull) return safe;
      return mayFail(`Fails with 23502 when a row of \`${onTableText(operation)}\` has no \`${operation.column}\`.`);
    case 'addConstraint':
      return isOld(facts, operation) ? constraintOutcome(facts, operation, operation.constraint) : safe;
    case 'validateConstraint':
      return isOld(facts, operation) ? mayFail(`Fails when a row of \`${onTableText(operation)}\` breaks \`${operation.name}\`.`) : safe;
    case 'createIndex': {
      const columns = operation.index.keys.flatMap(({ column, expression }) => column ?? expression ?? []);
      return operation.index.unique && isOld(facts, operation)
        ? mayFail(`Fails with 23505 when two rows of \`${onTableText(operation)}\` have the same ${named(columns)}.`)
        : safe;
    }
    case 'attachPartition':
      return mayFail(`Fails with 23514 when a row of \`${onTableText(operation.partition)}\` lies outside the bounds.`);
    case 'dropType':
      return operation.cascade ? loses(`Columns of the type \`${operation.name}\` go with it.`) : safe;
    case 'dropSchema':
      return operation.cascade ? loses(`Every row of the tables in the schema \`${operation.name}\` is lost.`) : safe;
    case 'createTable':
      return operation.table.partitionOf
        ? mayFail(`Fails with 23514 when the default partition of \`${onTableText(operation.table.partitionOf)}\` holds rows that belong here.`)
        : safe;
    case 'dropView':
      return operation.materialized ? loses(`The stored rows of \`${operation.name}\` are lost; its query can give them again.`) : safe;
    case 'mergeRows':
      return mayFail(`Rows of \`${onTableText(operation)}\` are written that the statement alone does not tell.`);
    default:
      return safe;
  }
}

function typeOutcome(facts: StatementFacts, operation: Extract<Operation, { type: 'alterColumnType' }>): Outcome {
  const from = columnBefore(facts, operation)?.type ?? operation.from;
  const name = `\`${onTableText(operation)}.${operation.column}\``;
  const simple = operation.using === undefined || new RegExp(`^\\(*"?${operation.column.replace(/[^\w]/g, '.')}"?\\)*(?:::.*)?$`, 'i').test(operation.using);
  if (from === undefined) return mayFail(`Fails when a value of ${name} cannot become ${operation.to}.`);
  const change = typeChange(from, operation.to);
  if (!simple) return mayFail(`The values of ${name} become what the USING expression gives; it fails where that fails.`);
  switch (change.kind) {
    case 'same':
    case 'widens':
      return safe;
    case 'narrows':
      if (change.rounds)
        return loses(`Values of ${name} are rounded to ${operation.to}${change.fails ? `, and one that is too great fails with ${change.fails}` : ''}.`);
      return mayFail(`Fails${change.fails ? ` with ${change.fails}` : ''} when a value of ${name} does not fit ${operation.to}.`);
    case 'converts':
      return mayFail(`Fails when a value of ${name} (${from}) cannot become ${operation.to}.`);
  }
}

function constraintOutcome(facts: StatementFacts, on: { readonly schema?: string; readonly table: string }, constraint: Constraint): Outcome {
  const table = onTableText(on);
  if ('notValid' in constraint && constraint.notValid) return safe;
  // A column that this statement adds holds its default in every row, or NULL.
  const added = facts.operations.flatMap((operation) => (operation.type === 'addColumn' ? [operation.column] : []));
  const own = added.find(({ name }) => constraint.columns?.length === 1 && constraint.columns[0] === name);
  if (own && own.default === undefined && constraint.type !== 'primaryKey') return safe;
  switch (constraint.type) {
    case 'primaryKey':
      return mayFail(`Fails when two rows of \`${table}\` have the same ${named(constraint.columns)} (23505), or one has none (23502).`);
    case 'unique':
      return constraint.usingIndex === undefined ? mayFail(`Fails with 23505 when two rows of \`${table}\` have the same ${named(constraint.columns)}.`) : safe;
    case 'foreignKey': {
      const target = tableText({
        ...(constraint.references.schema === undefined ? {} : { schema: constraint.references.schema }),
        name: constraint.references.table,
      });
      if (own) return mayFail(`Fails with 23503 when \`${table}\` has a row and \`${target}\` has none for ${own.default ?? 'the default'}.`);
      return mayFail(`Fails with 23503 when a row of \`${table}\` has a ${named(constraint.columns)} that is not in \`${target}\`.`);
    }
    case 'check':
      return mayFail(`Fails with 23514 when a row of \`${table}\` breaks \`${constraint.expression}\`.`);
    case 'exclusion':
      return mayFail(`Fails with 23P01 when two rows of \`${table}\` conflict.`);
  }
}

function named(columns: readonly string[]): string {
  return columns.length === 0 ? 'key' : columns.map((column) => `\`${column}\``).join(', ');
}

function loses(reason: string): Outcome {
  return { outcome: 'loses', reason };
}

function mayFail(reason: string): Outcome {
  return { outcome: 'may fail', reason };
}
