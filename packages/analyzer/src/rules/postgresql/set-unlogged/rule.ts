import { isOld, onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'An UNLOGGED table is empty after a crash',
  why: 'Changes of the table are no longer written to the log: after a crash it is truncated, and replicas and backups from the log never have its rows.',
  instead: 'Keep the table logged; load faster with COPY and fewer indexes instead.',
  sources: ['https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-UNLOGGED'],
  on: ['setTableOption'],
  find: ({ operation, facts }) => {
    if (operation.option !== 'persistence' || operation.value !== 'unlogged' || !isOld(facts, operation)) return undefined;
    if (tableBefore(facts, operation)?.persistence === 'unlogged') return undefined;
    const name = onTableText(operation);
    return { relation: name, message: `\`${name}\` is no longer written to the log: a crash empties it, and replicas do not get its rows.` };
  },
});
