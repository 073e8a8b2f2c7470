import { readsColumn } from '../../apply/reading-rules.js';
import { mentions } from '../../expression-names.js';
import { onTableText, type StatementFacts, tableBefore, tableText } from '../statement-facts.js';

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
  const generated: string[] = [];
  for (const column of table.columns) {
    if (!column.generated || column.name === on.column || !mentions(column.generated.expression, on.column)) continue;
    if (facts.operations.some((operation) => operation.type === 'dropColumn' && operation.column === column.name)) continue;
    generated.push(`the generated column \`${column.name}\``);
  }
  return [
    ...views,
    ...generated,
    ...(table.policies ?? [])
      .filter(({ using, withCheck }) => [using, withCheck].some((condition) => condition !== undefined && mentions(condition, on.column)))
      .map(({ name }) => `the policy \`${name}\``),
    ...(table.triggers ?? []).filter((trigger) => readsColumn(trigger, on.column)).map(({ name }) => `the trigger \`${name}\``),
  ];
}

/** Why a column of a partitioned table or of a partition is not one's own to change, as the end of a sentence; nothing for all others. */
export function boundByPartitions(facts: StatementFacts, on: OnColumn): string | undefined {
  const table = tableBefore(facts, on);
  if (table?.partitionBy !== undefined && mentions(table.partitionBy, on.column)) return 'it is part of the partition key';
  return table?.partitionOf ? `it is inherited from \`${onTableText(table.partitionOf)}\`` : undefined;
}

/** Foreign keys of other tables that reference a key which the column is part of: "the foreign key `bills_guest_fk` of `bills`". */
export function keysOnColumn({ before, neighbours }: StatementFacts, on: OnColumn): readonly string[] {
  const found = new Set<string>();
  for (const table of [...before.tables, ...neighbours])
    for (const constraint of table.constraints ?? [])
      if (constraint.type === 'foreignKey' && onTableText(constraint.references) === onTableText(on) && constraint.references.columns?.includes(on.column))
        found.add(`the foreign key \`${constraint.name ?? ''}\` of \`${tableText(table)}\``);
  return [...found];
}

/** "the view `a` rests", "the view `a` and the policy `b` rest". */
export function listOf(dependents: readonly string[]): string {
  const last = dependents.at(-1) ?? '';
  return dependents.length < 2 ? `${last} rests` : `${dependents.slice(0, -1).join(', ')} and ${last} rest`;
}
