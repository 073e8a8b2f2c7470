import type { Table } from '@planwright/spec';
import { merged } from '../merged.js';
import { type Appliers, shownName } from './applier.js';
import { renameSchema } from './rename-schema.js';
import { withColumn, without } from './table-of.js';
import { dropTable } from './tables.js';

type SchemaOperation =
  | 'createSchema'
  | 'dropSchema'
  | 'renameSchema'
  | 'createExtension'
  | 'dropExtension'
  | 'createObject'
  | 'alterObject'
  | 'dropObject'
  | 'setComment';

export const schemaAppliers: Appliers<SchemaOperation> = {
  createSchema(draft, { name, ifNotExists }, report) {
    if (name === draft.defaultSchema) return;
    if (draft.schemas.has(name) && !ifNotExists) report('duplicate-schema', `The schema \`${name}\` exists already.`);
    draft.schemas.add(name);
  },
  dropSchema(draft, operation, report) {
    const schema = draft.plainSchema(operation.name);
    if (schema !== undefined && !draft.schemas.has(schema) && !operation.ifExists)
      report('unknown-schema', `The schema \`${operation.name}\` does not exist at this point.`);
    for (const view of draft.views.list()) if (view.schema === schema) draft.removeView(view);
    for (const table of draft.tables) if (table.schema === schema && draft.table(table.schema, table.name)) dropTable(draft, table, true, () => {});
    for (const sequence of draft.sequences) if (sequence.schema === schema) draft.removeSequence(schema, sequence.name);
    for (const collection of [draft.enums, draft.domains, draft.routines])
      for (const item of collection.list()) if (item.schema === schema) collection.delete(schema, item.name);
    for (const type of draft.compositeTypes.list()) if (type.schema === schema) draft.removeCompositeType(schema, type.name);
    draft.schemas.delete(operation.name);
  },
  renameSchema(draft, operation, report) {
    if (!draft.schemas.has(operation.name)) {
      report('unknown-schema', `The schema \`${operation.name}\` does not exist at this point.`);
      return;
    }
    renameSchema(draft, operation.name, operation.to);
  },
  createExtension(draft, { name }) {
    draft.extensions.add(name);
  },
  dropExtension(draft, { name }) {
    draft.extensions.delete(name);
  },
  createObject(draft, { object, ifNotExists }, report) {
    if (draft.object(object.kind, object.schema, object.name) && !ifNotExists)
      report('duplicate-object', `The ${object.kind} ${shownName(object.schema, object.name)} exists already.`);
    else draft.setObject(object);
  },
  alterObject(draft, operation) {
    const object = draft.object(operation.kind, draft.plainSchema(operation.schema), operation.name);
    if (!object || operation.to === undefined) return;
    draft.removeObject(object);
    draft.setObject({ ...object, name: operation.to });
  },
  dropObject(draft, operation) {
    const object = draft.object(operation.kind, draft.plainSchema(operation.schema), operation.name);
    if (object) draft.removeObject(object);
  },
  setComment(draft, { kind, schema, table: tableName, name, comment }) {
    const commented = <T extends { comment?: string }>(object: T): T =>
      comment === undefined ? (without(object, 'comment') as T) : merged(object, { comment });
    const within = draft.plainSchema(schema);
    const table = tableName === undefined ? undefined : draft.table(within, tableName);
    if (kind === 'table' && table) draft.setTable(commented(table));
    else if (kind === 'column' && table) draft.setTable(withColumn(table, name, commented));
    else if (kind === 'view' || kind === 'materialized view') {
      const view = draft.views.get(within, name);
      if (view) draft.setView(commented(view));
    } else if (kind === 'index') {
      const owner: Table | undefined = draft.tableByKey(draft.relation(within, name)?.owner ?? '');
      if (owner?.indexes) draft.setTable({ ...owner, indexes: owner.indexes.map((index) => (index.name === name ? commented(index) : index)) });
    }
  },
};
