import type { Operation } from '@planwright/spec';
import type { Untouched } from '../rows/checksums.js';

/** What operations mean to do to rows, so that all else can be held to be unchanged; nothing where one of them is not known. */
export function untouchedBy(operations: readonly Operation[]): Untouched | undefined {
  const tables: Record<string, string> = {};
  const columns: Record<string, string> = {};
  const touched = new Set<string>();
  for (const operation of operations) {
    switch (operation.type) {
      case 'unknown':
        return undefined;
      case 'renameTable':
        tables[nameOf(operation)] = nameOf({ ...operation, table: operation.to });
        break;
      case 'renameColumn':
        columns[`${nameOf(operation)}.${operation.column}`] = operation.to;
        break;
      case 'alterColumnType':
        touched.add(`${nameOf(operation)}.${operation.column}`);
        break;
      case 'insertRows':
      case 'deleteRows':
      case 'updateRows':
      case 'mergeRows':
      case 'truncateTable':
      case 'dropTable':
      case 'backfill':
        touched.add(nameOf(operation));
        break;
      default:
    }
  }
  return { tables, columns, touched: [...touched] };
}

function nameOf(operation: { readonly schema?: string; readonly table?: string }): string {
  return `${operation.schema ? `${operation.schema}.` : ''}${operation.table ?? ''}`;
}
