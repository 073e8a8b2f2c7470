import { codeEffect } from '../../../verdicts/postgresql/code.js';
import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'DROP DEFAULT of a NOT NULL column breaks INSERTs that leave it out',
  why: 'The statement is brief, and from COMMIT on every INSERT of running code that does not name the column fails with 23502. That is so for a column that the same change has added with a default, too: the running release cannot know it.',
  instead: 'Keep the default in the database until no release is left that leaves the column out.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-DEFAULT'],
  on: ['dropDefault', 'dropIdentity'],
  find: ({ operation, facts }) => {
    const { breaks } = codeEffect(facts, operation);
    if (breaks === undefined) return undefined;
    const relation = onTableText(operation);
    const own = facts.made.has(`${relation}.${operation.column}`) ? ' The change itself has added the column: no running release names it.' : '';
    return { relation, message: `${breaks}${own}` };
  },
});
