import { isOld, onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'DROP TABLE loses every row, and code that names the table fails',
  why: "The rows are gone at COMMIT, and only a backup brings them back. Releases that still run fail with 42P01 from then on. The lock is ACCESS EXCLUSIVE on the table and on every table at the other end of its foreign keys. A table that the same change has made, or one that is not there, is nobody's loss.",
  instead: 'Deploy code that no longer names the table, keep it for a release under another name or dump it, then drop it in a migration of its own.',
  sources: ['https://www.postgresql.org/docs/current/sql-droptable.html'],
  on: ['dropTable'],
  find: ({ operation, facts }) => {
    const table = tableBefore(facts, operation);
    if (!isOld(facts, operation) || (!table && operation.ifExists) || table?.persistence === 'temporary') return undefined;
    const name = onTableText(operation);
    return { relation: name, message: `Every row of \`${name}\` is lost, and statements that name it fail with 42P01.` };
  },
});
