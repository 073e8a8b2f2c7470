import { codeEffect } from '../../../verdicts/postgresql/code.js';
import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'SET NOT NULL breaks code that leaves the column NULL',
  why: 'From COMMIT on, INSERTs that leave the column out and UPDATEs that clear it fail with 23502. Where a CHECK, valid or not, refuses NULL already, nothing changes for writers.',
  instead: 'Deploy code that always writes the column, and see in the data that no NULL comes any more, before the column is marked.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL'],
  on: ['setNotNull'],
  find: ({ operation, facts }) => {
    const { breaks } = codeEffect(facts, operation);
    return breaks === undefined ? undefined : { relation: onTableText(operation), message: breaks };
  },
});
