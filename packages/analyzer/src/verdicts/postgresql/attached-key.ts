import type { ForeignKey, Table } from '@planwright/spec';
import { isNotValid } from '../../not-valid.js';
import { onTableText, type StatementFacts, tableBefore, tableText } from '../statement-facts.js';

/** The foreign key of a partition that the same one of its parent takes over, whatever its name: then no row is looked up for it. One that is not valid stays beside it. */
export function attachedKey({ constraints }: Table, wanted: ForeignKey): ForeignKey | undefined {
  return constraints?.find((known): known is ForeignKey => known.type === 'foreignKey' && !isNotValid(known) && sameKey(known, wanted));
}

/** As `attachedKey`, of every partition that has rows; nothing where one has none, or the table is not partitioned. */
export function attachedKeys(facts: StatementFacts, on: { readonly schema?: string; readonly table: string }, wanted: ForeignKey): readonly ForeignKey[] {
  const parent = tableBefore(facts, on);
  if (parent?.partitionBy === undefined) return [];
  const key = withReferencedKey(facts, wanted);
  const found: ForeignKey[] = [];
  const parents = new Set([tableText(parent)]);
  // A set that grows while it is walked is walked to its new end.
  for (const above of parents)
    for (const table of [...facts.before.tables, ...facts.neighbours]) {
      if (!table.partitionOf || onTableText(table.partitionOf) !== above) continue;
      if (table.partitionBy !== undefined) parents.add(tableText(table));
      else {
        const attached = attachedKey(table, key);
        if (!attached) return [];
        found.push(attached);
      }
    }
  return found;
}

/** A foreign key that names no columns references the primary key. */
export function withReferencedKey(facts: StatementFacts, key: ForeignKey): ForeignKey {
  if (key.references.columns) return key;
  const primary = tableBefore(facts, key.references)?.constraints?.find(({ type }) => type === 'primaryKey');
  return primary?.columns ? { ...key, references: { ...key.references, columns: primary.columns } } : key;
}

/** As PostgreSQL compares them: column by column in their order, and what becomes of rows that lose theirs. */
function sameKey(one: ForeignKey, other: ForeignKey): boolean {
  return asText(one) === asText(other);
}

function asText({ columns, references, onDelete = 'no action', onUpdate = 'no action', match, deferrable }: ForeignKey): string {
  return JSON.stringify([columns, onTableText(references), references.columns, onDelete, onUpdate, match, deferrable]);
}
