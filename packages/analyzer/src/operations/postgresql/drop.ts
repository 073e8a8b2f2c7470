import type { Node } from '@pgsql/types';
import type { Operation } from '@planwright/spec';
import { type NodeOf, nodeOf } from '@planwright/sql/postgresql';
import { kindWords, objectKinds } from './object-kinds.js';
import { argumentNodes, namesOf } from './object-names.js';
import type { ReadContext } from './read-context.js';
import { existing, existingRoutine, existingType, inSchema, onTable, rangeOf } from './relation-name.js';
import { typeText } from './type-name.js';

/** DROP of anything; one operation for each object. */
export function readDrop(context: ReadContext, node: NodeOf<'DropStmt'>): readonly Operation[] {
  const dropped = (node.objects ?? []).map((object) => dropOne(context, node, object));
  return node.removeType === 'OBJECT_EXTENSION' && node.behavior === 'DROP_CASCADE' ? [...dropped, unknownDependents] : dropped;
}

const unknownDependents: Operation = {
  type: 'unknown',
  reason: 'DROP EXTENSION … CASCADE takes columns, defaults and indexes that rest on the extension; which these are is known to the database only.',
};

function dropOne({ draft }: ReadContext, node: NodeOf<'DropStmt'>, object: Node): Operation {
  const names = namesOf(object);
  const rules = { ...(node.missing_ok ? { ifExists: true } : {}), ...(node.behavior === 'DROP_CASCADE' ? { cascade: true } : {}) };
  const { schema: within, name } = existing(draft, rangeOf(names));
  const schema = inSchema(within);
  switch (node.removeType) {
    case 'OBJECT_TABLE':
      return { type: 'dropTable', ...schema, table: name, ...rules };
    case 'OBJECT_INDEX': {
      const owner = draft.tableByKey(draft.relation(within, name)?.owner ?? '')?.name;
      return { type: 'dropIndex', ...schema, name, ...(owner ? { table: owner } : {}), ...(node.concurrent ? { concurrently: true } : {}), ...rules };
    }
    case 'OBJECT_SEQUENCE':
      return { type: 'dropSequence', ...schema, name, ...rules };
    case 'OBJECT_VIEW':
      return { type: 'dropView', ...schema, name, ...rules };
    case 'OBJECT_MATVIEW':
      return { type: 'dropView', ...schema, name, materialized: true, ...rules };
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return { type: 'dropType', ...existingType(draft, names), ...rules };
    case 'OBJECT_SCHEMA':
      return { type: 'dropSchema', name: nodeOf('String', object)?.sval ?? name, ...rules };
    case 'OBJECT_EXTENSION':
      return { type: 'dropExtension', name, ...rules };
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE': {
      const args = argumentNodes(object)?.map((argument) => typeText(draft, nodeOf('TypeName', argument)));
      const kind = kindWords(node.removeType);
      return {
        type: 'dropRoutine',
        ...existingRoutine(draft, names),
        kind: kind === 'procedure' || kind === 'routine' || kind === 'aggregate' ? kind : 'function',
        ...(args ? { arguments: args.join(', ') } : {}),
        ...rules,
      };
    }
    case 'OBJECT_TRIGGER':
    case 'OBJECT_POLICY': {
      // The table's name, then the trigger's.
      const table = onTable(draft, rangeOf(names.slice(0, -1)));
      const own = names.at(-1) ?? '';
      if (node.removeType === 'OBJECT_TRIGGER') return { type: 'dropTrigger', ...table, name: own, ...rules };
      return { type: 'dropPolicy', ...table, name: own, ...(node.missing_ok ? { ifExists: true } : {}) };
    }
  }
  const kind = objectKinds[node.removeType ?? ''];
  if (kind) return { type: 'dropObject', kind, name: kind === 'cast' ? names.join(' AS ') : (names.at(-1) ?? ''), ...rules };
  return { type: 'unknown', reason: `DROP ${kindWords(node.removeType).toUpperCase()} is not known here.` };
}
