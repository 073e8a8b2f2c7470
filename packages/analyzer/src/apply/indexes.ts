import type { Index, Table, View } from '@planwright/spec';
import type { Draft } from '../draft/draft.js';
import { merged } from '../merged.js';
import { type Appliers, type Report, shownName } from './applier.js';
import { indexName } from './constraint-names.js';
import { without } from './table-of.js';

/** Adds an index to a table, and to its partitions under names of their own. */
export function addIndex(draft: Draft, table: Table, index: Index, only = false): void {
  const named = merged(index, { name: indexName(draft, table, index) });
  draft.setTable(merged(table, { indexes: [...(table.indexes ?? []), named] }));
  if (only) return;
  for (const child of draft.childrenOf(table)) if (child.partitionOf) addIndex(draft, child, without(index, 'name') as Index);
}

/** The table or materialized view that has an index, by the index's name. */
function ownerOf(
  draft: Draft,
  schema: string | undefined,
  name: string,
): { readonly table?: Table; readonly view?: View; readonly constraint?: boolean } | undefined {
  const relation = draft.relation(schema, name);
  if (relation?.kind !== 'index' || relation.owner === undefined) return undefined;
  const table = draft.tableByKey(relation.owner);
  if (table) return { table, ...(relation.constraint ? { constraint: true } : {}) };
  const view = draft.views.byKey(relation.owner);
  return view ? { view } : undefined;
}

function unknownIndex(report: Report, schema: string | undefined, name: string): void {
  report('unknown-index', `The index ${shownName(schema, name)} does not exist at this point.`, 'Check the name and the order of the migrations.');
}

export const indexAppliers: Appliers<'createIndex' | 'dropIndex' | 'renameIndex' | 'reindex'> = {
  createIndex(draft, operation, report) {
    const schema = draft.plainSchema(operation.schema);
    const { index } = operation;
    if (index.name !== undefined && draft.relation(schema, index.name)) {
      if (!operation.ifNotExists) report('duplicate-index', `The name ${shownName(schema, index.name)} is taken already.`);
      return;
    }
    const plain = index.method === 'btree' ? (without(index, 'method') as Index) : index;
    const table = draft.table(schema, operation.table);
    const view = draft.views.get(schema, operation.table);
    if (table) addIndex(draft, table, plain, operation.only);
    else if (view) draft.setView(merged(view, { indexes: [...(view.indexes ?? []), merged(plain, { name: indexName(draft, view, plain) })] }));
    else
      report(
        'unknown-table',
        `The table ${shownName(schema, operation.table)} is not made by any earlier migration.`,
        'Include the migrations that make it, or check its name.',
      );
  },
  dropIndex(draft, operation, report) {
    const schema = draft.plainSchema(operation.schema);
    const owner = ownerOf(draft, schema, operation.name);
    if (!owner) {
      if (!operation.ifExists) unknownIndex(report, schema, operation.name);
    } else if (owner.constraint && owner.table) {
      report(
        'index-of-constraint',
        `The index ${shownName(schema, operation.name)} belongs to a constraint of \`${owner.table.name}\`; it cannot be dropped by itself.`,
        `Write ALTER TABLE … DROP CONSTRAINT instead.`,
      );
    } else if (owner.table) removeIndex(draft, owner.table, operation.name);
    else if (owner.view) draft.setView({ ...owner.view, indexes: owner.view.indexes?.filter(({ name }) => name !== operation.name) ?? [] });
  },
  renameIndex(draft, operation, report) {
    const schema = draft.plainSchema(operation.schema);
    const owner = ownerOf(draft, schema, operation.name);
    const renamed = <T extends { readonly name?: string }>(items: readonly T[] | undefined): T[] =>
      (items ?? []).map((item) => (item.name === operation.name ? { ...item, name: operation.to } : item));
    if (!owner) {
      if (!operation.ifExists) unknownIndex(report, schema, operation.name);
    } else if (owner.view) draft.setView({ ...owner.view, indexes: renamed(owner.view.indexes) });
    else if (owner.table) {
      // The index of a constraint and the constraint are renamed as one.
      if (owner.constraint) draft.setTable({ ...owner.table, constraints: renamed(owner.table.constraints) });
      else draft.setTable({ ...owner.table, indexes: renamed(owner.table.indexes) });
    }
  },
  reindex() {},
};

/** Takes an index away, and those of partitions that were made with it. */
function removeIndex(draft: Draft, table: Table, name: string): void {
  const gone = table.indexes?.find((index) => index.name === name);
  const children = draft.childrenOf(table);
  draft.setTable(merged(table, { indexes: table.indexes?.filter((index) => index.name !== name) ?? [] }));
  if (!gone || table.partitionBy === undefined) return;
  const shape = JSON.stringify({ ...gone, name: undefined });
  for (const child of children) {
    const heir = child.indexes?.find((index) => JSON.stringify({ ...index, name: undefined }) === shape);
    if (heir?.name !== undefined) removeIndex(draft, child, heir.name);
  }
}
