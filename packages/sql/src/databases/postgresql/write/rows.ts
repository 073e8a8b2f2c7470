import type { Operation } from '@planwright/spec';
import { sql, unwritable, type Written, words } from '../../../written.js';
import { quoteIdentifier } from '../quote.js';
import { dotted, qualified } from './names.js';

/** UPDATE, DELETE and TRUNCATE. The values of other row changes are in the statement as written, not in the operation. */
export function writeRows(operation: Operation): Written | undefined {
  switch (operation.type) {
    case 'updateRows': {
      const { set = {}, columns = Object.keys(set) } = operation;
      const values = Object.entries(set).map(([column, value]) => `${quoteIdentifier(column)} = ${value}`);
      if (values.length === 0 || columns.some((column) => !(column in set)))
        return unwritable(operation, 'PostgreSQL', 'the new value of each column is not known.');
      return sql(
        words(
          `UPDATE ${qualified(operation.schema, operation.table)} SET ${values.join(', ')}`,
          operation.from !== undefined && operation.from.length > 0 && `FROM ${operation.from.map(dotted).join(', ')}`,
          operation.where !== undefined && `WHERE ${operation.where}`,
        ),
      );
    }
    case 'deleteRows':
      return sql(words(`DELETE FROM ${qualified(operation.schema, operation.table)}`, operation.where !== undefined && `WHERE ${operation.where}`));
    case 'truncateTable':
      return sql(words(`TRUNCATE ${qualified(operation.schema, operation.table)}`, operation.cascade && 'CASCADE'));
    case 'insertRows':
    case 'mergeRows':
      return unwritable(operation, 'PostgreSQL', 'the operation does not hold the rows.', 'Give the statement as `sql`.');
    case 'backfill':
      return unwritable(
        operation,
        'PostgreSQL',
        'one statement cannot commit each batch and go on where it stopped.',
        'Let a job run the batches, and give its statement as `sql`.',
      );
    case 'runQuery':
      return unwritable(operation, 'PostgreSQL', 'the operation does not hold the query.', 'Give the statement as `sql`.');
    default:
      return undefined;
  }
}
