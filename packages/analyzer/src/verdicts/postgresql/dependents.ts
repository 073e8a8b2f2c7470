import type { Table } from '@planwright/spec';
import { readsColumn } from '../../apply/reading-rules.js';
import { mentions } from '../../expression-names.js';
import { type StatementFacts, tableBefore, tableText } from '../statement-facts.js';

interface OnColumn {
  readonly schema?: string;
  readonly table: string;
  readonly column: string;
}

/** What reads a column so that PostgreSQL refuses to change its type, and without CASCADE to drop it: "the view `open_orders`". Empty where nothing is known to. */
export function dependentsOn(facts: StatementFacts, on: OnColumn): readonly string[] {
  const table = tableBefore(facts, on);
  const views = facts.restsOn.readers.map((view) => `the ${view.materialized ? 'materialized ' : ''}view \`${tableText(view)}\``);
  if (!table) return views;
  const dropped = new Set(facts.operations.flatMap((operation) => (operation.type === 'dropColumn' ? [operation.column] : [])));
  return [
    ...views,
    ...table.columns.flatMap(({ name, generated }) =>
      generated && name !== on.column && !dropped.has(name) && mentions(generated.expression, on.column) ? [`the generated column \`${name}\``] : [],
    ),
    ...(table.policies ?? []).flatMap(({ name, using, withCheck }) =>
      [using, withCheck].some((condition) => condition !== undefined && mentions(condition, on.column)) ? [`the policy \`${name}\``] : [],
    ),
    ...(table.triggers ?? []).flatMap((trigger) => (readsColumn(trigger, on.column) ? [`the trigger \`${trigger.name}\``] : [])),
    ...partitionKey(table, on.column),
  ];
}

function partitionKey(table: Table, column: string): readonly string[] {
  if (table.partitionBy !== undefined && mentions(table.partitionBy, column)) return ['the partition key'];
  return table.partitionOf ? [`the table \`${table.partitionOf.table}\`, whose partition this is,`] : [];
}
