import type { Operation, Snapshot } from '@planwright/spec';
import { insertedRows } from './inserted-rows.js';
import { columnIn, type Judged, type Loss, named, tableIn } from './losses.js';
import { shown } from './named.js';

/** What an operation of the way up leaves for the way back beyond the schema: statements of rows, or why nothing brings them back. */
export interface RowsBack extends Loss {
  readonly statements?: readonly string[];
  /** Nothing can be written for it. */
  readonly stuck?: boolean;
}

/** Judges an operation whose effect two snapshots do not show. `sql` is its statement as written. */
export function rowsBack(operation: Operation, judged: Judged, sql: string | undefined): RowsBack {
  const { origin, before, quoting } = judged;
  switch (operation.type) {
    case 'insertRows': {
      if (!tableIn(origin, operation)) return {};
      const statement = sql === undefined ? undefined : insertedRows(sql, tableIn(before, operation), operation, quoting);
      if (statement !== undefined) return { statements: [statement] };
      return { stuck: true, gone: `the rows inserted into ${named(operation)} have no mark by which they could be taken out` };
    }
    case 'updateRows':
    case 'backfill':
      return overwritten(operation, origin);
    case 'mergeRows':
      return tableIn(origin, operation)
        ? stuck(`what was written into ${named(operation)} cannot be told from what was there`, `an archive of ${named(operation)}`)
        : {};
    case 'deleteRows':
    case 'truncateTable':
      return tableIn(origin, operation)
        ? stuck(`the deleted rows of ${named(operation)} are gone`, `an archive of the rows of ${named(operation)} that it deletes`)
        : {};
    case 'unknown':
      return stuck(`a statement was not analysed${operation.tables?.length ? `, which names ${operation.tables.join(', ')}` : ''}`);
    case 'changePrivileges':
      return stuck(`the privileges${operation.on ? ` on ${operation.on}` : ''} before are not known`);
    case 'alterObject':
      return operation.to === undefined ? stuck(`how the ${operation.kind} ${operation.name} was before is not known`) : {};
    case 'runQuery':
      return operation.sets?.length ? { loses: `the values of ${operation.sets.join(', ')} before` } : {};
    case 'alterSequence':
      return operation.restart ? { loses: `the value of ${shown(operation)} before` } : {};
    case 'setColumnOption':
      return { loses: `the ${operation.option} of ${named(operation)}.${operation.column} before` };
    case 'setTableOption':
      return seenInSnapshot(operation, judged) ? {} : { loses: `the ${operation.option} of ${named(operation)} before` };
    case 'setComment':
      return ['table', 'column', 'index', 'view', 'materialized view'].includes(operation.kind)
        ? {}
        : { loses: `the comment on ${operation.kind} ${operation.name} before` };
    case 'dropRoutine':
    case 'dropView':
    case 'dropTrigger':
    case 'dropPolicy':
    case 'dropType':
    case 'dropObject':
      return operation.ifExists || isKnown(operation, before) ? {} : stuck(`the definition of ${shown(operation)} before is not known`);
    default:
      return {};
  }
}

function stuck(gone: string, backup?: string): RowsBack {
  return { stuck: true, gone, ...(backup === undefined ? {} : { backup }) };
}

function overwritten(operation: Extract<Operation, { type: 'updateRows' | 'backfill' }>, origin: Snapshot): RowsBack {
  const columns = operation.type === 'backfill' ? Object.keys(operation.set) : (operation.columns ?? Object.keys(operation.set ?? {}));
  // What a column held that the same migration made is nobody's.
  const old = columns.filter((column) => columnIn(origin, operation, column));
  if (!tableIn(origin, operation) || (columns.length > 0 && old.length === 0)) return {};
  const objects = old.length === 0 ? named(operation) : old.map((column) => `${named(operation)}.${column}`).join(', ');
  return stuck(`what stood in ${objects} before is gone`, `an archive of ${objects}`);
}

function seenInSnapshot({ option, ...at }: Extract<Operation, { type: 'setTableOption' }>, { before, after }: Judged): boolean {
  const [one, other] = [tableIn(before, at), tableIn(after, at)];
  if (option === 'persistence') return true;
  return one?.options?.[option] !== undefined || other?.options?.[option] !== undefined || /^[a-z_.]+$/.test(option);
}

function isKnown(operation: Operation, { routines, views, enums, domains, compositeTypes, objects, tables }: Snapshot): boolean {
  if (!('name' in operation) || operation.name === undefined) return false;
  const { name } = operation;
  const has = (items: readonly { readonly name: string }[] | undefined): boolean => items?.some((item) => item.name === name) ?? false;
  switch (operation.type) {
    case 'dropRoutine':
      return has(routines);
    case 'dropView':
      return has(views);
    case 'dropTrigger':
      return has(tableIn({ tables }, operation)?.triggers);
    case 'dropPolicy':
      return has(tableIn({ tables }, operation)?.policies);
    case 'dropType':
      return has(enums) || has(domains) || has(compositeTypes) || objectKnown(objects, name);
    default:
      return objectKnown(objects, name);
  }
}

function objectKnown(objects: Snapshot['objects'], name: string): boolean {
  return objects?.some((object) => object.name === name && object.definition !== undefined) ?? false;
}
