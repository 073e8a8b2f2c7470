import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'REINDEX holds up writers, and readers who need the index',
  why: 'The table is held under SHARE and each index under ACCESS EXCLUSIVE while it is built: writers wait, and so does nearly every query on the table, since planning looks at its indexes.',
  instead: '`REINDEX … CONCURRENTLY`, outside any transaction; then see that the indexes are valid.',
  sources: ['https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY'],
  on: ['reindex'],
  find: (input) => {
    const { operation } = input;
    if (operation.concurrently) return undefined;
    const work = slowWork(input);
    if (work) {
      return {
        relation: work.relation,
        message: `Writers of \`${work.relation}\` wait under ${work.mode} until the indexes are built anew, and readers behind ACCESS EXCLUSIVE on each index.`,
        ...(work.assumed ? { assumed: work.assumed } : {}),
      };
    }
    // An index that is found among the tables is on one that is new or empty.
    if (operation.kind === 'table' || (operation.kind === 'index' && input.facts.neighbours.length > 0)) return undefined;
    const what = operation.kind === 'index' ? `the table of \`${operation.name}\`` : `each table of the ${operation.kind}`;
    return {
      message: `Writers of ${what} wait under SHARE until the indexes are built anew.`,
      ...(operation.kind === 'index' ? { assumed: [`\`${operation.name}\` is on a table that has rows: no earlier migration makes it.`] } : {}),
    };
  },
});
