import type { Operation, Snapshot } from '@planwright/spec';
import type { UpStatement } from './down.js';
import { insertedRows } from './inserted-rows.js';
import { keyGivenBack } from './key-given.js';
import { columnIn, type Judged, type Loss, named, tableIn } from './losses.js';
import { shown } from './named.js';
import { reachesOnlyNull } from './only-null.js';
import { quotedTable } from './violations.js';

/** What an operation of the way up leaves for the way back beyond the schema: statements of rows, or why nothing brings them back. */
export interface RowsBack extends Loss {
  readonly statements?: readonly string[];
  /** Nothing can be written for it. */
  readonly stuck?: boolean;
}

/** Judges an operation whose effect two snapshots do not show. */
export function rowsBack(operation: Operation, judged: Judged, statement: Pick<UpStatement, 'sql' | 'down' | 'fills'>): RowsBack {
  return statement.down === undefined ? unwritten(operation, judged, statement) : destroyed(operation, judged);
}

/** What even a way back that a person wrote can't bring: rows and values. */
function destroyed(operation: Operation, { origin, before }: Judged): RowsBack {
  switch (operation.type) {
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
    case 'dropConstraint':
      // A known one is judged where it comes back.
      return tableIn(origin, operation) && !isKnown(operation, before) ? { condition: `while every row of ${named(operation)} keeps ${operation.name}` } : {};
    case 'dropSequence':
      return isKnown(operation, before) ? {} : { loses: `the current value of ${shown(operation)}` };
    case 'unknown':
      return { ...stuck(`what it does was not analysed: ${withinSentence(operation.reason)}`), assumed: true };
    default:
      return {};
  }
}

/** What besides nobody can write: what the model does not hold of the schema before, and which rows were put in. */
function unwritten(operation: Operation, judged: Judged, { sql, fills }: Pick<UpStatement, 'sql' | 'fills'>): RowsBack {
  const { origin, before, quoting } = judged;
  switch (operation.type) {
    case 'insertRows': {
      if (!tableIn(origin, operation)) return {};
      const statement = sql === undefined ? undefined : insertedRows(sql, tableIn(before, operation), operation, quoting);
      if (statement !== undefined) return { statements: [statement] };
      const first = fills?.get(operation);
      if (first !== undefined)
        return { statements: first ? [`DELETE FROM ${quotedTable(quoting, operation)}`] : [], loses: `rows written to ${named(operation)} since` };
      if (sql === undefined) return { stuck: true, loses: `changes made since to the rows inserted into ${named(operation)}` };
      return { stuck: true, gone: `the rows inserted into ${named(operation)} have no mark by which they could be taken out` };
    }
    case 'updateRows': {
      const back = keyGivenBack(operation, origin, quoting);
      return back === undefined ? destroyed(operation, judged) : { statements: [back] };
    }
    case 'changePrivileges':
      return stuck(`the privileges${operation.on ? ` on ${operation.on}` : ''} before are not known`);
    case 'alterObject':
      return operation.to === undefined ? stuck(`how the ${operation.kind} ${operation.name} was before is not known`) : {};
    case 'runQuery':
      return operation.sets?.length ? { loses: `the values of ${operation.sets.join(', ')} before` } : {};
    case 'alterSequence':
      return operation.restart ? { loses: `the value of ${shown(operation)} before` } : {};
    case 'setColumnOption':
      if (!tableIn(origin, operation)) return {};
      return { loses: `the ${operation.option} of ${named(operation)}.${operation.column} before` };
    case 'setTableOption':
      return !tableIn(origin, operation) || seenInSnapshot(operation, judged) ? {} : { loses: `the ${operation.option} of ${named(operation)} before` };
    case 'setComment':
      return ['table', 'column', 'index', 'view', 'materialized view'].includes(operation.kind)
        ? {}
        : { loses: `the comment on ${operation.kind} ${operation.name} before` };
    case 'addEnumValue':
      return before.enums?.some(({ name }) => name === operation.name)
        ? {}
        : stuck(`${shown(operation)} keeps the label ${operation.label}: a label can't be removed, and which columns hold it is not known`);
    case 'dropIndex':
    case 'dropConstraint':
    case 'dropSequence':
    case 'dropRoutine':
    case 'dropView':
    case 'dropTrigger':
    case 'dropPolicy':
    case 'dropType':
    case 'dropObject':
      return operation.ifExists || isKnown(operation, before) ? {} : stuck(`the definition of ${shown(operation)} before is not known`);
    default:
      return destroyed(operation, judged);
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
  // Nothing stood there: the new values may stay, and only which rows had none is forgotten.
  if (columns.length > 0 && reachesOnlyNull(operation.where, old)) return { loses: `which rows of ${named(operation)} held NULL in ${old.join(', ')}` };
  const objects = old.length === 0 ? named(operation) : old.map((column) => `${named(operation)}.${column}`).join(', ');
  return stuck(`what stood in ${objects} before is gone`, `an archive of ${objects}`);
}

function seenInSnapshot({ option, ...at }: Extract<Operation, { type: 'setTableOption' }>, { before, after }: Judged): boolean {
  const [one, other] = [tableIn(before, at), tableIn(after, at)];
  if (option === 'persistence') return true;
  return one?.options?.[option] !== undefined || other?.options?.[option] !== undefined || /^[a-z_.]+$/.test(option);
}

function isKnown(operation: Operation, { routines, views, sequences, enums, domains, compositeTypes, objects, tables }: Snapshot): boolean {
  if (!('name' in operation) || operation.name === undefined) return false;
  const { name } = operation;
  const has = (items: readonly { readonly name?: string }[] | undefined): boolean => items?.some((item) => item.name === name) ?? false;
  switch (operation.type) {
    case 'dropIndex':
      // An index that a constraint made goes by the constraint's name.
      return tables.some(({ indexes, constraints }) => has(indexes) || has(constraints));
    case 'dropConstraint':
      return has(tableIn({ tables }, operation)?.constraints);
    case 'dropSequence':
      return has(sequences);
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

/** A reason within a sentence: without its full stop. */
function withinSentence(reason: string): string {
  return reason.replace(/\.$/, '').replace(/^An? /, (article) => article.toLowerCase());
}
