import type { Operation } from '@planwright/spec';
import { isKeyGiven, reachesOnlyNull } from '@planwright/sql';
import { named } from '../names.js';
import { listed } from '../words.js';
import { type Effect, harmless, type Surroundings } from './effect.js';

/** Operations on rows. */
export function rowEffect(operation: Operation, { schema }: Surroundings): Effect | undefined {
  switch (operation.type) {
    case 'insertRows': {
      const object = named(operation);
      return {
        ...harmless,
        kind: 'adds',
        object,
        ...(operation.from ? { work: `an insert of a query's rows into ${object}`, ofRows: true, risk: 'medium' as const } : {}),
      };
    }
    case 'updateRows':
    case 'backfill': {
      const object = named(operation);
      if (operation.type === 'updateRows' && schema.before && isKeyGiven(operation, schema.before)) return { ...harmless, object };
      const columns = operation.type === 'backfill' ? Object.keys(operation.set) : (operation.columns ?? Object.keys(operation.set ?? {}));
      const old = columns.filter((column) => !schema.isNewColumn(operation, column));
      const work = { work: `an update of ${object}`, ofRows: true };
      if (columns.length > 0 && (old.length === 0 || reachesOnlyNull(operation.where, old)))
        return { kind: 'changes', breaking: false, data: 'safe', risk: 'low', object, ...work };
      const what = columns.length === 0 ? `Values of ${object}` : `The values of ${listed(old.map((column) => `${object}.${column}`))}`;
      const rows = operation.where ? ` in rows where ${operation.where}` : '';
      return { kind: 'changes', breaking: false, data: 'loses', dataReason: `${what} are overwritten${rows}.`, risk: 'medium', object, ...work };
    }
    case 'deleteRows':
    case 'truncateTable': {
      const object = named(operation);
      const where = operation.type === 'deleteRows' ? operation.where : undefined;
      const lost = where ? `The rows of ${object} where ${where} are lost.` : `All rows of ${object} are lost.`;
      if (schema.isNewTable(operation)) return { ...harmless, object };
      return {
        kind: 'changes',
        breaking: false,
        data: 'loses',
        dataReason: lost,
        risk: 'high',
        object,
        ...(operation.type === 'deleteRows' ? { work: `a deletion of rows of ${object}`, ofRows: true } : {}),
      };
    }
    case 'mergeRows': {
      const object = named(operation);
      return {
        kind: 'changes',
        breaking: false,
        data: 'loses',
        dataReason: `Rows of ${object} may be overwritten.`,
        risk: 'medium',
        object,
        work: `a merge into ${object}`,
        ofRows: true,
      };
    }
    default:
      return undefined;
  }
}
