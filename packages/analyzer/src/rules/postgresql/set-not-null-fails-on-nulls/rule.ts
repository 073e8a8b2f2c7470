import { rowsAtRisk } from '../../failing-rows.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'SET NOT NULL fails where a row holds NULL',
  why: 'One row without a value, and the statement fails with 23502 after it has read the table up to there. Where a valid CHECK proves the column there is no such row.',
  instead:
    'Count the rows without a value, fill them in batches, and see that no writer leaves new ones; then add a CHECK (column IS NOT NULL) NOT VALID, validate it, and SET NOT NULL.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL'],
  on: ['setNotNull'],
  find: (input) => rowsAtRisk(input, 'may fail'),
});
