import type { Operation } from '@planwright/spec';
import { attachesIndex } from '../attaches-index.js';
import { fails } from '../database-errors.js';
import { named } from '../names.js';
import { type Effect, harmless, type Surroundings } from './effect.js';

/** Operations on whole tables. */
export function tableEffect(operation: Operation, { database, schema }: Surroundings): Effect | undefined {
  switch (operation.type) {
    case 'createTable': {
      const object = named(operation.table);
      return { kind: 'adds', breaking: false, needsNew: true, code: `Running code does not know ${object}.`, data: 'safe', risk: 'low', object };
    }
    case 'dropTable': {
      const object = named(operation);
      if (schema.isNewTable(operation)) return { ...harmless, object };
      return {
        kind: 'changes',
        breaking: true,
        code: `Every statement that names ${object} ${fails(database, 'table')}.`,
        data: 'loses',
        dataReason: `All rows of ${object} are lost.`,
        risk: 'high',
        object,
      };
    }
    case 'renameTable':
    case 'setTableSchema': {
      const object = named(operation);
      if (schema.isNewTable(operation)) return { ...harmless, object };
      const code = `Every statement that names ${object} ${fails(database, 'table')}.`;
      return { kind: 'changes', breaking: true, needsNew: true, code, data: 'safe', risk: 'high', noBridge: true, object };
    }
    case 'attachPartition':
      // An index of a partition joins that of the whole table: no row is looked at, and none is seen otherwise.
      if (attachesIndex(operation)) return { ...harmless, kind: 'adds', object: named(operation.partition) };
      return {
        kind: 'adds',
        breaking: false,
        code: `Rows of ${named(operation.partition)} are seen through ${named(operation)}.`,
        data: schema.isNewTable(operation.partition) ? 'safe' : 'may fail',
        dataReason: `Attaching it fails when a row of ${named(operation.partition)} lies outside the bounds.`,
        risk: schema.isNewTable(operation.partition) ? 'low' : 'medium',
        object: named(operation.partition),
        ...(schema.isNewTable(operation.partition) ? {} : { work: `a check of every row of ${named(operation.partition)}` }),
      };
    case 'detachPartition':
      return {
        kind: 'changes',
        breaking: true,
        code: `Rows of ${named(operation.partition)} are no longer seen through ${named(operation)}.`,
        data: 'safe',
        risk: 'medium',
        object: named(operation.partition),
      };
    case 'setInheritance':
      return operation.inherits
        ? { ...harmless, kind: 'adds', code: `Rows of ${named(operation)} are seen through ${named(operation.parent)}.`, object: named(operation) }
        : {
            kind: 'changes',
            breaking: true,
            code: `Rows of ${named(operation)} are no longer seen through ${named(operation.parent)}.`,
            data: 'safe',
            risk: 'medium',
            object: named(operation),
          };
    case 'setTableOption': {
      const object = named(operation);
      // PostgreSQL writes the table anew when its persistence changes.
      const rewrites = operation.option === 'persistence' && !schema.isNewTable(operation);
      return { ...harmless, object, ...(rewrites ? { work: `a rewrite of ${object}`, risk: 'medium' as const } : {}) };
    }
    default:
      return undefined;
  }
}
