import type { Operation } from '@planwright/spec';

/** Whether an operation is on rows: what it reads, writes and locks beside its own table follows from them, or from a query. */
export function isOnRows(operation: Operation): boolean {
  switch (operation.type) {
    case 'insertRows':
    case 'updateRows':
    case 'deleteRows':
    case 'mergeRows':
    case 'truncateTable':
    case 'refreshView':
      return true;
    case 'createTable':
      return operation.asQuery !== undefined;
    case 'createView':
      return operation.view.materialized === true;
    default:
      return false;
  }
}
