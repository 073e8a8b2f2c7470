import { isOld, onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'TRUNCATE loses every row under ACCESS EXCLUSIVE',
  why: "All rows are gone at COMMIT, nobody reads or writes the table until then, and no trigger for rows runs. Rows that the same change has put into a table of its own are nobody's loss.",
  instead: 'Delete in batches by key what is really to go, after a backup.',
  sources: ['https://www.postgresql.org/docs/current/sql-truncate.html'],
  on: ['truncateTable'],
  find: ({ operation, facts }) => {
    if (!isOld(facts, operation) || tableBefore(facts, operation)?.persistence === 'temporary') return undefined;
    const name = onTableText(operation);
    return { relation: name, message: `Every row of \`${name}\` is lost, under ACCESS EXCLUSIVE.` };
  },
});
