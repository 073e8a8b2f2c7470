import { codeEffect } from '../../../verdicts/postgresql/code.js';
import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'RENAME COLUMN breaks running code',
  why: 'The statement is instant, and so is the damage: from COMMIT on, every statement that names the old column fails with 42703, and no release can know both names.',
  instead:
    'Add a column of the new name, keep both in step with a trigger, fill it in batches, move reads and then writes, and drop the old column in a later release.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html'],
  on: ['renameColumn'],
  find: ({ operation, facts }) => {
    const { breaks } = codeEffect(facts, operation);
    return breaks === undefined ? undefined : { relation: onTableText(operation), message: breaks };
  },
});
