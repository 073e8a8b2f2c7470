import { rule } from '../../rule.js';

export default rule({
  verdict: 'lock',
  title: 'SET LOCAL outside of a transaction does nothing',
  why: 'It holds until the end of the transaction, which without BEGIN is the statement itself: PostgreSQL warns (25P01) and goes on with the old value. A timeout set so is not set.',
  instead: 'Use SET for the session, or put the statements between BEGIN and COMMIT.',
  sources: ['https://www.postgresql.org/docs/current/sql-set.html'],
  on: ['setSetting'],
  find: ({ operation, transaction }) => {
    if (!operation.local || transaction.inside || operation.name.toLowerCase() === 'constraints') return undefined;
    return { message: `SET LOCAL ${operation.name} has no transaction to hold in: it does nothing.` };
  },
});
