// What stands in the way of a constraint or an index that is to stay until something comes in its place.
import type { Constraint, ForeignKey, Index, Operation, Snapshot } from '@planwright/spec';
import { mentionsTable } from '../expression-names.js';
import { addToList } from '../lists-by-key.js';
import { inAnyOrder, onTableText, tableText } from '../verdicts/statement-facts.js';
import { onOf, tableIn } from './asked.js';
import type { PlacedStatement } from './placed-statement.js';
import { rowsChanged, worksOnRows } from './row-order.js';

/** Whether a statement makes another thing of a table or its columns; where an index keeps rows apart, also whether it writes some. */
export function makesAnother({ operations, text }: PlacedStatement, table: string, index: Index): boolean {
  const { unique } = index;
  const ofIndex = columnsOf(index);
  return operations.some((one) => {
    switch (one.type) {
      case 'alterColumnType':
      case 'renameColumn':
      case 'dropColumn':
      case 'dropTable':
      case 'renameTable':
      case 'setTableSchema':
        return onTableText(one) === table;
      case 'unknown':
      case 'runQuery':
        return unique === true && mentionsTable(text, table);
      case 'updateRows':
        return unique === true && onTableText(one) === table && !one.columns?.every((column) => !ofIndex.includes(column));
      default:
        return unique === true && worksOnRows(one) && rowsChanged(one).includes(table);
    }
  });
}

/** Columns that an index is about, as far as it can be told; what an expression names may be one. */
function columnsOf({ keys, where = '' }: Index): readonly string[] {
  const expressions = [where, ...keys.map(({ expression }) => expression ?? '')].join(' ');
  return [...keys.flatMap(({ column }) => column ?? []), ...(expressions.match(/[\w$]+/g) ?? [])];
}

/** Keys that a change drops, by their table: PostgreSQL refuses that while a foreign key rests on one (2BP01). */
export class KeyDrops {
  readonly #byTable = new Map<string, { readonly place: number; readonly columns: string | undefined }[]>();

  constructor(statements: readonly PlacedStatement[], before: Snapshot) {
    const uniqueIndexes = new Map(
      before.tables.flatMap((table) =>
        (table.indexes ?? []).flatMap((index) => (index.unique && index.name !== undefined ? [[index.name, { table: tableText(table), index }] as const] : [])),
      ),
    );
    for (const [place, { operations }] of statements.entries()) {
      for (const one of operations) {
        if (one.type === 'dropIndex') {
          const known = uniqueIndexes.get(one.name);
          if (known) addToList(this.#byTable, known.table, { place, columns: inAnyOrder(columnsOf(known.index)) });
        } else if (one.type === 'dropConstraint') {
          const constraint = tableIn(before, onOf(one))?.constraints?.find(({ name }) => name === one.name);
          const isKey = constraint === undefined || constraint.type === 'primaryKey' || constraint.type === 'unique';
          if (isKey) addToList(this.#byTable, onTableText(one), { place, columns: constraint?.columns && inAnyOrder(constraint.columns) });
        }
      }
    }
  }

  /** Whether from a place on one goes on which a foreign key rests, as far as is known. */
  some({ references }: ForeignKey, place: number): boolean {
    const columns = references.columns && inAnyOrder(references.columns);
    return (this.#byTable.get(onTableText(references)) ?? []).some(
      (drop) => drop.place >= place && (drop.columns === undefined || columns === undefined || drop.columns === columns),
    );
  }
}

/** Whether a statement may do what a constraint refuses while it is still there, or makes another thing of what it is about. */
export function mayMeet({ operations, text }: PlacedStatement, drop: Extract<Operation, { type: 'dropConstraint' }>, old: Constraint): boolean {
  const own = onTableText(drop);
  const target = old.type === 'foreignKey' ? onTableText(old.references) : undefined;
  const referenced = old.type === 'foreignKey' ? old.references.columns : undefined;
  const columns = old.columns ?? [];
  return operations.some((one) => {
    switch (one.type) {
      case 'alterColumnType':
      case 'renameColumn':
        return onTableText(one) === own ? columns.includes(one.column) : onTableText(one) === target;
      case 'dropColumn':
        return onTableText(one) === target && target !== own;
      case 'dropTable':
      case 'renameTable':
      case 'setTableSchema':
      case 'truncateTable':
        return onTableText(one) === own || onTableText(one) === target;
      case 'updateRows':
        if (onTableText(one) === own) return one.columns === undefined || one.columns.some((column) => columns.includes(column));
        return (
          onTableText(one) === target && (one.columns === undefined || referenced === undefined || one.columns.some((column) => referenced.includes(column)))
        );
      case 'insertRows':
        return onTableText(one) === own;
      case 'unknown':
      case 'runQuery':
        return [own, target].some((table) => table !== undefined && mentionsTable(text, table));
      default:
        return worksOnRows(one) && rowsChanged(one).some((table) => table === own || table === target);
    }
  });
}
