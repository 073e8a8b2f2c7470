import { tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'lock',
  title: 'REFRESH MATERIALIZED VIEW keeps readers out until its query is done',
  why: 'The view is filled anew under ACCESS EXCLUSIVE, so nobody reads it for as long as its query runs. CONCURRENTLY needs a unique index and lets readers go on.',
  instead: 'Give the view a unique index on columns and REFRESH MATERIALIZED VIEW CONCURRENTLY.',
  sources: ['https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html'],
  on: ['refreshView'],
  find: ({ operation, facts }) => {
    const name = tableText(operation);
    if (operation.concurrently || facts.made.has(name)) return undefined;
    return { relation: name, message: `Nobody reads \`${name}\` until its query is done: it is filled anew under ACCESS EXCLUSIVE.` };
  },
});
