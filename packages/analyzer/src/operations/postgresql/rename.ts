import type { Operation } from '@planwright/spec';
import { type NodeOf, nodeOf } from '@planwright/sql/postgresql';
import { objectKinds } from './object-kinds.js';
import { namesOf } from './object-names.js';
import type { ReadContext } from './read-context.js';
import { existing, existingType, onTable, rangeOf } from './relation-name.js';

/** Every form of RENAME. */
export function readRename(context: ReadContext, node: NodeOf<'RenameStmt'>): readonly Operation[] {
  const { draft } = context;
  const to = node.newname ?? '';
  const names = namesOf(node.object);
  const ifExists = node.missing_ok ? { ifExists: true } : {};
  switch (node.renameType) {
    case 'OBJECT_COLUMN':
      return [{ type: 'renameColumn', ...onTable(draft, node.relation), column: node.subname ?? '', to }];
    case 'OBJECT_ATTRIBUTE': {
      const type = existing(draft, node.relation);
      return [{ type: 'alterCompositeType', ...type, action: 'rename', attribute: { name: node.subname ?? '', type: '' }, to }];
    }
    case 'OBJECT_TABCONSTRAINT':
      return [{ type: 'renameConstraint', ...onTable(draft, node.relation), name: node.subname ?? '', to }];
    case 'OBJECT_TRIGGER':
      return [{ type: 'renameTrigger', ...onTable(draft, node.relation), name: node.subname ?? '', to }];
    case 'OBJECT_POLICY':
      return [{ type: 'alterPolicy', ...onTable(draft, node.relation), policy: { name: node.subname ?? '' }, to }];
    case 'OBJECT_TABLE':
    case 'OBJECT_INDEX':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_SEQUENCE':
      return [renameRelation(context, node, to, ifExists)];
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return [{ type: 'renameType', ...existingType(draft, names), to }];
    case 'OBJECT_DOMCONSTRAINT':
      return [{ type: 'alterDomain', ...existingType(draft, names), action: 'rename constraint', constraint: node.subname ?? '', to }];
    case 'OBJECT_SCHEMA':
      return [{ type: 'renameSchema', name: node.subname ?? '', to }];
    case 'OBJECT_FOREIGN_TABLE':
      return [{ type: 'alterObject', ...existing(draft, node.relation), kind: 'foreign table', to }];
  }
  const kind = objectKinds[node.renameType ?? ''];
  if (kind) return [{ type: 'alterObject', kind, name: names.at(-1) ?? node.subname ?? '', to }];
  const name = rangeOf(names).relname;
  return [
    {
      type: 'unknown',
      reason: name ? `Renaming \`${name}\` is not followed: the model keeps no other name for it.` : 'This form of RENAME is not known here.',
    },
  ];
}

/** PostgreSQL lets ALTER TABLE rename any relation, so what the name stands for decides. */
function renameRelation({ draft }: ReadContext, node: NodeOf<'RenameStmt'>, to: string, ifExists: { readonly ifExists?: boolean }): Operation {
  const { name, ...schema } = existing(draft, node.relation);
  const found = draft.relation(schema.schema, name)?.kind;
  const written =
    node.renameType === 'OBJECT_INDEX' ? 'index' : node.renameType === 'OBJECT_SEQUENCE' ? 'sequence' : node.renameType === 'OBJECT_TABLE' ? 'table' : 'view';
  switch (found === undefined || found === 'compositeType' || found === 'identitySequence' ? written : found) {
    case 'index':
      return { type: 'renameIndex', ...schema, name, to, ...ifExists };
    case 'sequence':
      return { type: 'renameSequence', ...schema, name, to };
    case 'view': {
      const materialized = draft.views.get(schema.schema, name)?.materialized || node.renameType === 'OBJECT_MATVIEW';
      return { type: 'renameView', ...schema, name, to, ...(materialized ? { materialized: true } : {}) };
    }
    default:
      return { type: 'renameTable', ...schema, table: name, to, ...ifExists };
  }
}

/** ALTER … SET SCHEMA. */
export function readSetSchema(context: ReadContext, node: NodeOf<'AlterObjectSchemaStmt'>): readonly Operation[] {
  const to = node.newschema ?? '';
  if (node.objectType === 'OBJECT_TABLE') return [{ type: 'setTableSchema', ...onTable(context.draft, node.relation), to }];
  const kind = objectKinds[node.objectType ?? ''];
  const name = node.relation?.relname ?? namesOf(node.object).at(-1) ?? nodeOf('String', node.object)?.sval ?? '';
  if (kind && kind !== 'type') return [{ type: 'alterObject', kind, name }];
  return [{ type: 'unknown', reason: `Moving \`${name}\` to the schema ${to} is not followed.` }];
}
