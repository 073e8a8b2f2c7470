import type { Operation } from '@planwright/spec';
import { countWhere, writerOf } from '@planwright/sql';
import { onOf } from '../../lock-facts/postgresql/surroundings.js';
import { type StatementFacts, tableText } from '../statement-facts.js';
import { mayFail, type Outcome, safe } from './outcome.js';

/** A new rule of a domain is tried on every row of every table that has a column of it. With one such column, a query counts the rows that break it. */
export function domainRuleOutcome({ before, neighbours, made }: StatementFacts, operation: Extract<Operation, { type: 'alterDomain' }>): Outcome {
  const { action, check } = operation;
  const tried = action === 'set not null' || action === 'validate constraint' || (action === 'add constraint' && !check?.notValid);
  if (!tried) return safe;
  const name = tableText(operation);
  const tables = [...new Map([...neighbours, ...before.tables].map((table) => [tableText(table), table])).values()];
  const columns = tables
    .filter((table) => !made.has(tableText(table)) && table.partitionOf === undefined)
    .flatMap((table) => table.columns.filter(({ type }) => type.replaceAll('"', '').replace(/\[\]$/, '') === name).map((column) => ({ table, column })));
  const [first] = columns;
  if (!first) return safe;
  const list = columns.map(({ table, column }) => `\`${tableText(table)}.${column.name}\``).join(', ');
  const writer = writerOf('postgresql');
  const value = writer.quoteIdentifier(first.column.name);
  const broken =
    action === 'set not null'
      ? `${value} IS NULL`
      : check && action === 'add constraint'
        ? `NOT (${check.expression.replace(/\bvalue\b/gi, value)})`
        : undefined;
  return mayFail(
    `Fails with ${action === 'set not null' ? '23502' : '23514'} when a value of ${list} breaks the rule.`,
    columns.length > 1 || broken === undefined ? undefined : countWhere(writer, onOf(first.table), broken),
  );
}
