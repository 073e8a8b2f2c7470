import { isProofDropped } from '../../../verdicts/postgresql/proven-not-null.js';
import { columnText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'SET NOT NULL reads the whole table under ACCESS EXCLUSIVE',
  why: 'PostgreSQL looks at every row before it marks the column, and nobody reads or writes the table until it has. Where a valid CHECK already says that the column is not NULL, it looks at none.',
  instead:
    'Add a CHECK (column IS NOT NULL) NOT VALID, validate it in a transaction of its own, then SET NOT NULL: it takes the check for proof. Drop the check afterwards, in another statement.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL'],
  on: ['setNotNull'],
  find: (input) => {
    const { operation, facts } = input;
    // A proof that the statement itself drops is another hazard.
    if (isProofDropped(facts, operation)) return undefined;
    const work = slowWork(input);
    return (
      work && {
        relation: work.relation,
        message: `\`${columnText(operation)}\` becomes NOT NULL without a validated check: every row is read under ${work.mode}.`,
        ...(work.assumed ? { assumed: work.assumed } : {}),
      }
    );
  },
});
