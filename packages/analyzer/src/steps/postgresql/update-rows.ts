import { mentions } from '../../expression-names.js';
import { defaultVolatility } from '../../verdicts/postgresql/default-volatility.js';
import { nameSql, onOf, type Recipe, tableIn } from '../asked.js';

/** UPDATE of many rows: the same in batches by key. */
export const updateRows: Recipe<'updateRows'> = ({ operation, before, isNewColumn }) => {
  const on = onOf(operation);
  const { set, where, from } = operation;
  const table = tableIn(before, on);
  if (from?.length) return { kept: 'its values come from other tables, which batches by key do not follow' };
  if (!set || Object.keys(set).length === 0) return { kept: 'the new value of each column is not known' };
  if (!table) return { kept: 'the table is not known from the migrations before' };
  if (table.partitionBy !== undefined || table.inherits?.length) return { kept: 'the rows of a family of tables have no common key to go by' };
  const columns = Object.keys(set);
  // A row that is right already is left alone; where the value depends on the row's own former one, each key comes once.
  const repeatable = Object.values(set).every(
    (value) => defaultVolatility(value) === 'constant' && !/\bselect\b/i.test(value) && !columns.some((column) => mentions(value, column)),
  );
  const differs = columns.map((column) => `${nameSql(column)} IS DISTINCT FROM ${parenthesized(set[column] ?? '')}`).join(' OR ');
  return {
    steps: [],
    fills: [{ set, where: where ?? (repeatable ? differs : 'true'), ownColumns: columns.every((column) => isNewColumn(on, column)) }],
  };
};

/** A name or a literal stands alone, all else in parentheses. */
function parenthesized(expression: string): string {
  return /^(?:[\w."]+|'(?:[^']|'')*'|\w+\([^()]*\))$/.test(expression) ? expression : `(${expression})`;
}
