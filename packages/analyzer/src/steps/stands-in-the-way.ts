// What stands in the way of a constraint or an index that is to stay until something comes in its place.
import type { Constraint, Index, Operation, Snapshot } from '@planwright/spec';
import { mentionsTable } from '../expression-names.js';
import { onTableText, tableText } from '../verdicts/statement-facts.js';
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

/** Where in the change a key of a table is dropped last: PostgreSQL refuses that while a foreign key may rest on it (2BP01). */
export function lastKeyDrops(statements: readonly PlacedStatement[], before: Snapshot): ReadonlyMap<string, number> {
  const uniqueIndexes = new Map(
    before.tables.flatMap((table) =>
      (table.indexes ?? []).flatMap(({ name, unique }) => (unique && name !== undefined ? [[name, tableText(table)] as const] : [])),
    ),
  );
  const last = new Map<string, number>();
  for (const [place, { operations }] of statements.entries()) {
    for (const one of operations) {
      const table = one.type === 'dropIndex' ? uniqueIndexes.get(one.name) : one.type === 'dropConstraint' && isKey(one, before) ? onTableText(one) : undefined;
      if (table !== undefined) last.set(table, place);
    }
  }
  return last;
}

/** Whether a constraint that is dropped is a key, as far as is known. */
function isKey(drop: Extract<Operation, { type: 'dropConstraint' }>, before: Snapshot): boolean {
  const constraint = tableIn(before, onOf(drop))?.constraints?.find(({ name }) => name === drop.name);
  return constraint === undefined || constraint.type === 'primaryKey' || constraint.type === 'unique';
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
