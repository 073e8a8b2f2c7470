import type { Operation } from '@planwright/spec';
import { mentions, mentionsTable } from '../expression-names.js';
import { isNotValid } from '../not-valid.js';
import { tablesRead } from '../touched-objects.js';
import { onTableText } from '../verdicts/statement-facts.js';
import type { Fill, TableWork } from './mirror.js';
import type { PlacedStatement } from './placed-statement.js';

/** Where a statement goes that stays as written, for the sake of rows: behind the batches at once, behind all that is built over them, or behind the release. */
export type BehindBatches = 'rows after backfill' | 'follow' | 'as written for release';

/**
 * Keeps work on rows in the order of the change. Batches run behind what stays as written; so what stands behind them in the change and meets the same rows waits
 * for them, and what would have to run between two runs of batches goes by no batches.
 */
export class RowOrder {
  /** Tables that batches change, in the order of their runs, and the columns that they give a value. */
  readonly #filled: string[] = [];
  readonly #columns = new Set<string>();
  /** What batches look up, and what reads beside them. */
  readonly #lookups: { readonly on: string; readonly tables: readonly string[]; readonly text: string }[] = [];
  /** Tables whose rows are written by what waits for the batches. */
  readonly #waiting = new Set<string>();
  /** Those of them that wait for a release. */
  readonly #released = new Set<string>();

  /** Why a fill cannot be one of the batches. */
  against(on: TableWork['on'], { set, where, reads = [] }: Fill): string | undefined {
    const name = onTableText(on);
    const text = [...Object.values(set), where].join(' ');
    if ([name, ...reads].some((table) => this.#waiting.has(table))) return 'an earlier statement, which has to wait itself, changes rows that it needs';
    const place = this.#filled.indexOf(name);
    if (place >= 0 && reads.some((table) => this.#filled.indexOf(table) > place))
      return `\`${name}\` would have to be gone through twice: it looks up values that are filled in between`;
    const columns = Object.keys(set);
    if (this.#lookups.some((earlier) => earlier.on !== name && earlier.tables.includes(name) && columns.some((column) => mentions(earlier.text, column))))
      return 'an earlier statement looks up the values that it replaces';
    this.#lookups.push({ on: name, tables: reads, text });
    return undefined;
  }

  /** Batches change this table. */
  fills(on: TableWork['on'], { set }: Fill): void {
    const name = onTableText(on);
    for (const column of Object.keys(set)) this.#columns.add(column);
    if (!this.#filled.includes(name)) this.#filled.push(name);
  }

  /** Where a statement goes that stays as written; nothing where it meets no rows that batches change or look up. */
  placeOf(operations: readonly Operation[], text: string): BehindBatches | undefined {
    const touches = (table: string): boolean => mentionsTable(text, table);
    const lookedUp = operations.some((operation) => rowsChanged(operation).some((table) => this.#lookups.some(({ tables }) => tables.includes(table))));
    if (!lookedUp && !this.#filled.some(touches) && ![...this.#waiting].some(touches)) return undefined;
    const onRows = operations.some(worksOnRows);
    if (onRows) this.#wait(operations, text);
    // A view that reads what batches fill would show rows without their values.
    const shows = operations.some(({ type }) => type === 'createView') && [...this.#columns].some((column) => mentions(text, column));
    if (!onRows && !lookedUp && !shows && !operations.some(restsOnRows)) return undefined;
    return [...this.#released].some(touches) ? 'as written for release' : onRows ? 'rows after backfill' : 'follow';
  }

  /** What stays as written waits for a release, and whatever meets the rows that it writes waits with it. */
  waitsForRelease(operations: readonly Operation[], text: string): void {
    if (!operations.some(worksOnRows)) return;
    this.#wait(operations, text);
    for (const table of operations.flatMap(rowsChanged)) this.#released.add(table);
  }

  #wait(operations: readonly Operation[], text: string): void {
    for (const table of operations.flatMap(rowsChanged)) this.#waiting.add(table);
    this.#lookups.push({ on: '', tables: operations.flatMap(tablesRead), text });
  }
}

/** Tables whose rows, columns or being an operation changes. */
export function rowsChanged(operation: Operation): readonly string[] {
  switch (operation.type) {
    case 'insertRows':
    case 'updateRows':
    case 'deleteRows':
    case 'mergeRows':
    case 'truncateTable':
    case 'dropTable':
    case 'dropColumn':
    case 'renameTable':
    case 'renameColumn':
      return [onTableText(operation)];
    case 'unknown':
      return operation.tables ?? [];
    default:
      return [];
  }
}

/** Whether nothing that follows among `all` meets the rows that a statement writes or reads: it can run as late as may be. */
export function isLastOnRows(statement: PlacedStatement, all: readonly PlacedStatement[]): boolean {
  const tables = statement.operations.flatMap((operation) => [...rowsChanged(operation), ...tablesRead(operation)]);
  return all
    .slice(all.indexOf(statement) + 1)
    .every(
      ({ text, operations }) =>
        operations.every(({ type }) => type === 'addColumn' || type === 'setComment' || type === 'dropType') ||
        !tables.some((table) => mentionsTable(text, table)),
    );
}

export function writesRows({ type }: Operation): boolean {
  return type === 'updateRows' || type === 'insertRows' || type === 'deleteRows' || type === 'mergeRows';
}

/** Whether an operation writes rows, or makes others of them. */
export function worksOnRows(operation: Operation): boolean {
  switch (operation.type) {
    case 'insertRows':
    case 'updateRows':
    case 'deleteRows':
    case 'mergeRows':
    case 'truncateTable':
    case 'refreshView':
    case 'runQuery':
    case 'unknown':
      return true;
    case 'createTable':
      return operation.table.persistence !== 'temporary' && operation.asQuery !== undefined;
    case 'createView':
      return operation.view.materialized === true && operation.withNoData !== true;
    default:
      return false;
  }
}

/** What rows can refuse, what takes away what batches read, and what decides which triggers they meet. */
function restsOnRows(operation: Operation): boolean {
  switch (operation.type) {
    case 'addConstraint':
      return !isNotValid(operation.constraint);
    case 'alterColumnType':
    case 'attachPartition':
    case 'createIndex':
    case 'dropColumn':
    case 'dropTable':
    case 'dropTrigger':
    case 'renameColumn':
    case 'renameTable':
    case 'setNotNull':
    case 'setTriggerState':
    case 'validateConstraint':
      return true;
    default:
      return false;
  }
}
