import { isProvenNotNull } from '../../../verdicts/postgresql/proven-not-null.js';
import { columnBefore, isOld, onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'lock',
  title: 'SET NOT NULL reads the whole table under ACCESS EXCLUSIVE',
  why: 'PostgreSQL looks at every row before it marks the column, and nobody reads or writes the table until it has. Where a valid CHECK already says that the column is not NULL, it looks at none.',
  instead:
    'Add a CHECK (column IS NOT NULL) NOT VALID, validate it in a transaction of its own, then SET NOT NULL: it takes the check for proof. Drop the check afterwards, in another statement.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL'],
  on: ['setNotNull'],
  find: ({ operation, facts }) => {
    const column = columnBefore(facts, operation);
    if (!isOld(facts, operation) || column?.notNull || isProvenNotNull(facts, operation)) return undefined;
    const name = `${onTableText(operation)}.${operation.column}`;
    return {
      relation: onTableText(operation),
      message: `\`${name}\` becomes NOT NULL without a validated check: every row is read under ACCESS EXCLUSIVE.`,
    };
  },
});
