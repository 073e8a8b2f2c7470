import { changesManyRows } from '../../../verdicts/postgresql/bulk-rows.js';
import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'lock',
  title: 'One statement locks and writes many rows at once',
  why: 'UPDATE and DELETE hold a lock on every row that they touch until COMMIT: whoever writes one of those rows waits. Every old version is left for VACUUM, replicas lag behind, and one failure takes all of it back. Rows that are picked by key, or a stretch of keys, are few.',
  instead: 'Work in batches by key of a few thousand rows, each in a transaction of its own with a pause, so that it can be stopped and taken up again.',
  sources: ['https://www.postgresql.org/docs/current/sql-update.html', 'https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-ROWS'],
  on: ['updateRows', 'deleteRows'],
  find: ({ operation, around }) => {
    if (!changesManyRows(around, operation)) return undefined;
    const name = onTableText(operation);
    const which = operation.where === undefined ? 'Every row' : 'Every row that the condition finds';
    return {
      relation: name,
      message: `${which} of \`${name}\` is ${operation.type === 'updateRows' ? 'written anew' : 'deleted'} in one statement and stays locked until COMMIT.`,
      assumed: ['The table has many rows.'],
    };
  },
});
