import type { Operation } from '@planwright/spec';
import { type NodeOf, stringsOf } from '@planwright/sql/postgresql';
import type { ReadContext } from './read-context.js';
import { existingRoutine, onTable, shown } from './relation-name.js';

/** CREATE TRIGGER. */
export function readCreateTrigger(context: ReadContext, node: NodeOf<'CreateTrigStmt'>): readonly Operation[] {
  const routine = shown(existingRoutine(context.draft, stringsOf(node.funcname)));
  return [
    {
      type: 'createTrigger',
      ...onTable(context.draft, node.relation),
      trigger: { name: node.trigname ?? '', definition: context.sql, ...(routine ? { function: routine } : {}) },
      ...(node.replace ? { orReplace: true } : {}),
    },
  ];
}
