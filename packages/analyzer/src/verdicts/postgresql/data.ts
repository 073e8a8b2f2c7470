import type { DataVerdict, Operation, Table } from '@planwright/spec';
import { countWhere, isKeyGiven, violations, writerOf } from '@planwright/sql';
import { serialType } from '../../apply/written-type.js';
import { operationLocks } from '../../lock-facts/postgresql/index.js';
import type { Surroundings } from '../../lock-facts/postgresql/surroundings.js';
import { isNotValid } from '../../not-valid.js';
import { remembered } from '../remembered.js';
import { columnBefore, columnOn, columnText, isOld, onTableText, type StatementFacts, tableBefore } from '../statement-facts.js';
import { domainOf } from './base-type.js';
import { holds } from './constant-check.js';
import { constraintOutcome, countAll, indexOutcome } from './constraint-outcome.js';
import { boundByPartitions, dependentsOn, keysOnColumn, listOf } from './dependents.js';
import { domainRuleOutcome } from './domain-rule.js';
import { keptAlready } from './kept-already.js';
import { loses, mayFail, type Outcome, safe } from './outcome.js';
import { isProofDropped, isProvenNotNull } from './proven-not-null.js';
import { domainOutcome, typeOutcome } from './type-outcome.js';

/** Whether a statement can fail on rows that exist, and what it loses. Nothing when an operation is not understood. */
export function dataVerdict(around: Surroundings): DataVerdict | undefined {
  let worst = safe;
  let query: string | undefined;
  let reasons: Set<string> | undefined;
  for (const operation of around.facts.operations) {
    if (operation.type === 'unknown') return undefined;
    const { outcome, reason, sql: counting } = dataOutcome(around, operation);
    query ??= counting;
    if (outcome === 'safe') continue;
    if (worst.outcome !== 'loses') worst = { outcome };
    if (reason !== undefined) reasons = (reasons ?? new Set()).add(reason);
  }
  const verdict: DataVerdict = { basis: 'predicted', outcome: worst.outcome };
  if (reasons) verdict.reason = [...reasons].join(' ');
  if (query !== undefined) verdict.sql = query;
  return verdict;
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

/** What one operation of a statement does to rows that exist. */
export const dataOutcome = remembered((around, operation: Operation): Outcome => {
  const { facts, sql } = around;
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
      if (isKeyGiven(operation, facts.before)) return safe;
      const columns = (operation.columns ?? []).filter((column) => !facts.made.has(`${onTableText(operation)}.${column}`));
      return isOld(facts, operation) && columns.length > 0
        ? loses(`The values of ${columns.map((column) => `\`${column}\``).join(', ')} that it replaces in \`${onTableText(operation)}\` are lost.`)
        : safe;
    }
    case 'insertRows': {
      const table = tableBefore(facts, operation);
      const keyed = table?.constraints?.some(({ type }) => type === 'primaryKey' || type === 'unique') && !/\bon\s+conflict\b/i.test(sql);
      if (operation.from && table) return ofQuery(table, keyed === true, onTableText(operation));
      return isOld(facts, operation) && keyed ? mayFail(`Fails with 23505 when \`${onTableText(operation)}\` has a row with the same key.`) : safe;
    }
    case 'dropColumn':
      if (!isOld(facts, operation) || (operation.ifExists && !columnBefore(facts, operation)) || facts.made.has(columnText(operation))) return safe;
      {
        const refused = refusedDrop(around, operation);
        if (refused !== undefined) return mayFail(refused);
      }
      return loses(`The values of \`${columnText(operation)}\` are lost.`);
    case 'addColumn': {
      const { notNull, default: filled, generated, identity, type, name } = operation.column;
      if (!isOld(facts, operation) || (operation.ifNotExists && columnBefore(facts, columnOn(operation, name)))) return safe;
      const domain = domainOf(facts, type);
      const value = filled ?? domain?.default;
      if (notNull && value === undefined && !generated && !identity && serialType(type) === undefined)
        return mayFail(`Fails with 23502 when \`${onTableText(operation)}\` has a row: nothing fills \`${name}\`.`, countAll(operation));
      if (!domain || generated) return safe;
      const values = new Map([['value', value ?? 'NULL']]);
      if ((!domain.notNull || value !== undefined) && (domain.checks ?? []).every(({ expression }) => holds(expression.toLowerCase(), values))) return safe;
      return (
        domainOutcome({ ...(operation.schema === undefined ? {} : { schema: operation.schema }), table: operation.table }, domain, value ?? 'NULL') ?? safe
      );
    }
    case 'alterColumnType':
      return isOld(facts, operation) ? typeOutcome(around, operation) : safe;
    case 'setNotNull':
      if (!isOld(facts, operation) || columnBefore(facts, operation)?.notNull || isProvenNotNull(facts, operation) || isProofDropped(facts, operation))
        return safe;
      return mayFail(
        `Fails with 23502 when a row of \`${onTableText(operation)}\` has no \`${operation.column}\`.`,
        countWhere(writerOf('postgresql'), operation, `${writerOf('postgresql').quoteIdentifier(operation.column)} IS NULL`),
      );
    case 'addConstraint':
      return isOld(facts, operation) && !operation.only ? constraintOutcome(facts, operation, operation.constraint) : safe;
    case 'validateConstraint':
      return isOld(facts, operation) ? validated(facts, operation) : safe;
    case 'createIndex':
      if (operation.ifNotExists && tableBefore(facts, operation)?.indexes?.some(({ name }) => name === operation.index.name)) return safe;
      return isOld(facts, operation) ? indexOutcome(facts, operation, operation.index) : safe;
    case 'alterDomain':
      return domainRuleOutcome(facts, operation);
    case 'attachPartition':
      // An index that is attached to an index has no rows of its own.
      return operation.bounds !== undefined && readsRows(around, operation)
        ? mayFail(
            `Fails with 23514 when a row of \`${onTableText(operation.partition)}\` lies outside the bounds, or one of the default partition inside of them.`,
          )
        : safe;
    case 'dropType':
      return operation.cascade ? loses(`Columns of the type \`${operation.name}\` go with it.`) : safe;
    case 'dropSchema':
      return operation.cascade ? loses(`Every row of the tables in the schema \`${operation.name}\` is lost.`) : safe;
    case 'createTable':
      return operation.table.partitionOf && readsRows(around, operation)
        ? mayFail(`Fails with 23514 when the default partition of \`${onTableText(operation.table.partitionOf)}\` holds rows that belong here.`)
        : safe;
    case 'dropView':
      return operation.materialized ? loses(`The stored rows of \`${operation.name}\` are lost; its query can give them again.`) : safe;
    case 'mergeRows':
      return mayFail(`Rows of \`${onTableText(operation)}\` are written that the statement alone does not tell.`);
    default:
      return safe;
  }
});

/** Whether an operation reads rows of before, told from the lock facts: what is not read cannot be refused. */
function readsRows(around: Surroundings, operation: Operation): boolean {
  return operationLocks(around, operation)?.some(({ relation, held }) => held !== 'brief' && !around.facts.made.has(relation)) ?? true;
}

/** A constraint that is valid already is left alone. */
function validated(facts: StatementFacts, operation: Extract<Operation, { type: 'validateConstraint' }>): Outcome {
  const constraint = tableBefore(facts, operation)?.constraints?.find(({ name }) => name === operation.name);
  if (constraint && !isNotValid(constraint)) return safe;
  if (constraint && keptAlready(facts, operation, constraint)?.ofRows) return safe;
  const query = constraint && violations(writerOf('postgresql'), operation, constraint);
  return mayFail(`Fails when a row of \`${onTableText(operation)}\` breaks \`${operation.name}\`.`, query);
}

/** Why PostgreSQL refuses to drop a column whatever the rows are; nothing where it does not. */
export const refusedDrop = remembered(({ facts }, operation: Extract<Operation, { type: 'dropColumn' }>): string | undefined => {
  const name = `\`${columnText(operation)}\``;
  const bound = boundByPartitions(facts, operation);
  if (bound !== undefined) return `Fails with 42P16 whatever the rows are: ${name} cannot be dropped, because ${bound}.`;
  const dependents = operation.cascade ? [] : [...dependentsOn(facts, operation), ...keysOnColumn(facts, operation)];
  if (dependents.length === 0) return undefined;
  return `Fails with 2BP01 whatever the rows are: ${listOf(dependents)} on ${name}.`;
});
