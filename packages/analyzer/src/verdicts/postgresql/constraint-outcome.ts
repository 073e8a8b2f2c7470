import type { Column, Constraint, Index } from '@planwright/spec';
import { countWhere, indexViolations, violations, writerOf } from '@planwright/sql';
import { serialType } from '../../apply/written-type.js';
import { renameIn } from '../../expression-names.js';
import { isNotValid } from '../../not-valid.js';
import { columnOn, columnsAddedTo, onTableText, type StatementFacts, tableBefore } from '../statement-facts.js';
import { withReferencedKey } from './attached-key.js';
import { holds } from './constant-check.js';
import { defaultVolatility } from './default-volatility.js';
import { excludedPairs } from './excluded-pairs.js';
import { keptAlready, keyOf } from './kept-already.js';
import { mayFail, type Outcome, safe } from './outcome.js';
import { isProvenNotNull } from './proven-not-null.js';

type On = { readonly schema?: string; readonly table: string };

const writer = writerOf('postgresql');

/** On which rows that exist a new constraint fails. */
export function constraintOutcome(facts: StatementFacts, on: On, constraint: Constraint): Outcome {
  const table = onTableText(on);
  if (isNotValid(constraint)) return safe;
  if (keptAlready(facts, on, constraint)?.ofRows) return safe;
  const columns = constraint.columns ?? [];
  const own = columnsAddedTo(facts, table).filter(({ name }) => columns.includes(name));
  const empty = own.some(isEmpty);
  switch (constraint.type) {
    case 'primaryKey': {
      const known = tableBefore(facts, on);
      const nullable = columns.filter(
        (name) =>
          !known?.columns.find((column) => column.name === name)?.notNull &&
          !isProvenNotNull(facts, columnOn(on, name)) &&
          !own.some((column) => column.name === name),
      );
      const blank = own.find(isEmpty);
      if (blank) return mayFail(`Fails with 23502 when \`${table}\` has a row: nothing fills \`${blank.name}\`.`, countAll(on));
      const distinct =
        constraint.usingIndex !== undefined || own.some(isDistinct) || keptAlready(facts, on, { type: 'unique', columns: constraint.columns })?.ofRows === true;
      if (distinct && nullable.length === 0) return safe;
      if (own.length === columns.length && own.length > 0) return ofOneValue(on, table, columns);
      if (distinct) return mayFail(`Fails with 23502 when a row of \`${table}\` has no ${named(nullable)}.`, countWhere(writer, on, anyNull(nullable)));
      if (nullable.length === 0)
        return mayFail(`Fails with 23505 when two rows of \`${table}\` have the same ${named(columns)}.`, violations(writer, on, constraint));
      return mayFail(
        `Fails when two rows of \`${table}\` have the same ${named(columns)} (23505), or one has none (23502).`,
        brokenKeys(on, columns, nullable),
      );
    }
    case 'unique':
      if (constraint.usingIndex !== undefined || own.some(isDistinct)) return safe;
      if (empty && !constraint.nullsNotDistinct) return safe;
      if (own.length === columns.length && own.length > 0) return ofOneValue(on, table, columns);
      return mayFail(
        `Fails with 23505 when two rows of \`${table}\` have the same ${named(columns)}.`,
        own.length > 0 ? undefined : violations(writer, on, constraint),
      );
    case 'foreignKey': {
      // A key with a NULL in it looks nothing up.
      if (empty && constraint.match !== 'full') return safe;
      const target = onTableText(constraint.references);
      const [column] = own;
      const complete = withReferencedKey(facts, constraint);
      if (column && columns.length === 1 && column.default !== undefined) {
        const [key] = complete.references.columns ?? [];
        const query =
          key === undefined
            ? undefined
            : countWhere(
                writer,
                on,
                `NOT EXISTS (SELECT 1 FROM ${nameOf(constraint.references)} AS p WHERE p.${writer.quoteIdentifier(key)} = ${column.default})`,
              );
        return mayFail(`Fails with 23503 when \`${table}\` has a row and \`${target}\` has none for ${column.default}.`, query);
      }
      return mayFail(
        `Fails with 23503 when a row of \`${table}\` has a ${named(columns)} that is not in \`${target}\`.`,
        own.length > 0 ? undefined : violations(writer, on, complete),
      );
    }
    case 'check': {
      const values = new Map(own.map((column) => [column.name, isEmpty(column) ? 'NULL' : column.default]));
      if (own.length > 0 && own.length === columns.length && holds(constraint.expression, values)) return safe;
      let condition: string | undefined = constraint.expression;
      for (const [name, value] of values) condition = value === undefined || condition === undefined ? undefined : renameIn(condition, name, `(${value})`);
      return mayFail(
        `Fails with 23514 when a row of \`${table}\` breaks \`${constraint.expression}\`.`,
        condition === undefined ? undefined : countWhere(writer, on, `NOT (${condition})`),
      );
    }
    case 'exclusion':
      if (empty) return safe;
      return mayFail(`Fails with 23P01 when two rows of \`${table}\` conflict.`, excludedPairs(on, constraint.definition));
  }
}

/** On which rows that exist the build of an index fails. */
export function indexOutcome(facts: StatementFacts, on: On, index: Index): Outcome {
  if (!index.unique) return safe;
  // Over some of the rows it asks no more than over all of them.
  const constraint = keyOf(index);
  if (constraint && keptAlready(facts, on, constraint)?.ofRows) return safe;
  const keys = index.keys.flatMap(({ column, expression }) => column ?? expression ?? []);
  const which = index.where === undefined ? '' : ` that meet \`${index.where}\``;
  return mayFail(`Fails with 23505 when two rows of \`${onTableText(on)}\`${which} have the same ${named(keys)}.`, indexViolations(writer, on, index));
}

/** The query that counts all rows of a table. */
export function countAll(on: On): string {
  return `SELECT count(*) FROM ${nameOf(on)}`;
}

function ofOneValue(on: On, table: string, columns: readonly string[]): Outcome {
  return mayFail(
    `Fails with 23505 when \`${table}\` has two rows: both get the same ${named(columns)}.`,
    `SELECT count(*) FROM (SELECT 1 FROM ${nameOf(on)} OFFSET 1) AS d`,
  );
}

/** A new column of this kind is NULL in every row. */
function isEmpty({ default: filled, generated, identity, type }: Column): boolean {
  return (filled === undefined || /^null\b/i.test(filled)) && !generated && !identity && serialType(type) === undefined;
}

/** A new column of this kind differs from row to row. */
function isDistinct({ default: filled, identity, type }: Column): boolean {
  return identity !== undefined || serialType(type) !== undefined || (filled !== undefined && defaultVolatility(filled) === 'volatile');
}

function brokenKeys(on: On, columns: readonly string[], nullable: readonly string[]): string {
  const keys = columns.map(writer.quoteIdentifier).join(', ');
  const table = nameOf(on);
  const nulls = anyNull(nullable);
  return `SELECT count(*) FROM (SELECT 1 FROM ${table} WHERE ${nulls} UNION ALL SELECT 1 FROM ${table} WHERE NOT (${nulls}) GROUP BY ${keys} HAVING count(*) > 1) AS d`;
}

function anyNull(columns: readonly string[]): string {
  return columns.map((column) => `${writer.quoteIdentifier(column)} IS NULL`).join(' OR ');
}

function nameOf({ schema, table }: On): string {
  return writer.quoteName(schema === undefined ? [table] : [schema, table]);
}

function named(columns: readonly string[]): string {
  return columns.length === 0 ? 'key' : columns.map((column) => `\`${column}\``).join(', ');
}
