import type { Operation } from '@planwright/spec';
import type { NodeOf } from '@planwright/sql/postgresql';
import { kindWords } from './object-kinds.js';
import { namesOf } from './object-names.js';
import type { ReadContext } from './read-context.js';
import { existing, existingType, inSchema, onTable, rangeOf } from './relation-name.js';

/** Kinds that are named after their table. */
const onTables: ReadonlySet<string> = new Set(['column', 'constraint', 'trigger', 'policy', 'rule']);

/** COMMENT ON. */
export function readComment({ draft }: ReadContext, node: NodeOf<'CommentStmt'>): readonly Operation[] {
  const kind = kindWords(node.objtype);
  const names = namesOf(node.object);
  const comment = node.comment === undefined ? {} : { comment: node.comment };
  if (onTables.has(kind) && node.objtype !== 'OBJECT_DOMCONSTRAINT') {
    return [{ type: 'setComment', kind, ...onTable(draft, rangeOf(names.slice(0, -1))), name: names.at(-1) ?? '', ...comment }];
  }
  if (kind === 'type' || kind === 'domain') return [{ type: 'setComment', kind, ...existingType(draft, names), ...comment }];
  if (kind === 'table') {
    const table = onTable(draft, rangeOf(names));
    return [{ type: 'setComment', kind, ...table, name: table.table, ...comment }];
  }
  if (names.length > 1) return [{ type: 'setComment', kind, ...inSchema(draft.plainSchema(names.at(-2))), name: names.at(-1) ?? '', ...comment }];
  return [{ type: 'setComment', kind, ...existing(draft, rangeOf(names)), ...comment }];
}
