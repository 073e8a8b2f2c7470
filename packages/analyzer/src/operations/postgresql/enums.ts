import type { Operation } from '@planwright/spec';
import { type NodeOf, stringsOf } from '@planwright/sql/postgresql';
import { merged } from '../../merged.js';
import type { ReadContext } from './read-context.js';
import { existingType, made, rangeOf } from './relation-name.js';

/** CREATE TYPE … AS ENUM. */
export function readCreateEnum({ draft }: ReadContext, node: NodeOf<'CreateEnumStmt'>): readonly Operation[] {
  return [{ type: 'createEnum', enum: merged(made(draft, rangeOf(stringsOf(node.typeName))), { labels: [...stringsOf(node.vals)] }) }];
}

/** ALTER TYPE … ADD VALUE and RENAME VALUE. */
export function readAlterEnum({ draft }: ReadContext, node: NodeOf<'AlterEnumStmt'>): readonly Operation[] {
  const type = existingType(draft, stringsOf(node.typeName));
  if (node.oldVal !== undefined && node.oldVal !== '') return [{ type: 'renameEnumValue', ...type, label: node.oldVal, to: node.newVal ?? '' }];
  const neighbour = node.newValNeighbor ? (node.newValIsAfter ? { after: node.newValNeighbor } : { before: node.newValNeighbor }) : {};
  return [{ type: 'addEnumValue', ...type, label: node.newVal ?? '', ...neighbour, ...(node.skipIfNewValExists ? { ifNotExists: true } : {}) }];
}
