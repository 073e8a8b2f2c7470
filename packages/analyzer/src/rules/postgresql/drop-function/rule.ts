import { tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'Calls of a dropped function fail',
  why: 'From COMMIT on calls fail with 42883. A function of the same name that is made again in the same transaction is not missed by those who call it by its arguments. A trigger function is called by its triggers alone, and cannot be dropped while it has some.',
  instead: 'Make the new one under another name or with other arguments, move the callers, then drop the old one.',
  sources: ['https://www.postgresql.org/docs/current/sql-dropfunction.html'],
  on: ['dropRoutine'],
  find: ({ operation, facts, transaction, statement, change }) => {
    const name = tableText(operation);
    const known = facts.before.routines?.filter((routine) => tableText(routine) === name) ?? [];
    if (operation.ifExists && known.length === 0) return undefined;
    if (!operation.cascade && known.length > 0 && known.every(({ returns }) => returns === 'trigger')) return undefined;
    if (transaction.madeLater(`routine ${name}`) || change.made.beforeStatement(`new routine ${name}`, statement)) return undefined;
    return { message: `Calls of \`${name}\` fail with 42883${operation.cascade ? ', and what depends on it goes too' : ''}.` };
  },
});
