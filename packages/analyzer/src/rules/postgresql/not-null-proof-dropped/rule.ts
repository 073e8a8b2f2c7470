import { isProofDropped } from '../../../verdicts/postgresql/proven-not-null.js';
import { columnText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'SET NOT NULL loses its proof in the same ALTER TABLE and reads the whole table',
  why: 'A valid CHECK (column IS NOT NULL) spares SET NOT NULL the scan. Where one ALTER TABLE does both, whatever order they are written in, the DROP is carried out first: nothing proves the column any more, and every row is read under ACCESS EXCLUSIVE.',
  instead: 'Two statements: SET NOT NULL first, DROP CONSTRAINT after it.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  on: ['setNotNull'],
  find: (input) => {
    const { operation, facts } = input;
    if (!isProofDropped(facts, operation)) return undefined;
    const work = slowWork(input);
    return (
      work && {
        relation: work.relation,
        message: `The check that proves \`${columnText(operation)}\` is dropped before SET NOT NULL is carried out: every row is read under ${work.mode}.`,
      }
    );
  },
});
