import type { Operation } from '@planwright/spec';
import type { Untouched } from '../rows/checksums.js';

/** What operations mean to do to rows, so that all else can be held to be unchanged; nothing where one of them is not known. Names are those before them all. */
export function untouchedBy(operations: readonly Operation[]): Untouched | undefined {
  const tables: Record<string, string> = {};
  const columns: Record<string, string> = {};
  const attached: Record<string, string> = {};
  const detached: Record<string, string> = {};
  const touched = new Set<string>();
  /** Names of tables before, by those that they have by now. */
  const firstNames = new Map<string, string>();
  const before = (table: string): string => firstNames.get(table) ?? table;
  for (const operation of operations) {
    switch (operation.type) {
      case 'unknown':
        return undefined;
      case 'renameTable':
      case 'setTableSchema': {
        const to = nameOf({ ...operation, ...(operation.type === 'renameTable' ? { table: operation.to } : { schema: operation.to }) });
        const first = before(nameOf(operation));
        firstNames.set(to, first);
        tables[first] = to;
        break;
      }
      case 'renameColumn':
        columns[`${before(nameOf(operation))}.${operation.column}`] = operation.to;
        break;
      case 'attachPartition':
        // Without bounds it is an index.
        if (operation.bounds !== undefined) attached[before(nameOf(operation.partition))] = before(nameOf(operation));
        break;
      case 'detachPartition':
        detached[nameOf(operation.partition)] = before(nameOf(operation));
        break;
      case 'alterColumnType':
        touched.add(`${before(nameOf(operation))}.${operation.column}`);
        break;
      case 'insertRows':
      case 'deleteRows':
      case 'updateRows':
      case 'mergeRows':
      case 'truncateTable':
      case 'dropTable':
      case 'backfill':
        touched.add(before(nameOf(operation)));
        break;
      default:
    }
  }
  return {
    tables,
    columns,
    ...(Object.keys(attached).length > 0 && { attached }),
    ...(Object.keys(detached).length > 0 && { detached }),
    touched: [...touched],
  };
}

/** As plans spell it: without the schema that is everybody's. */
function nameOf({ schema, table = '' }: { readonly schema?: string; readonly table?: string }): string {
  return schema === undefined || schema === 'public' ? table : `${schema}.${table}`;
}
