import { rule } from '../../rule.js';

export default rule({
  verdict: 'lock',
  title: 'BEGIN without COMMIT keeps its locks, or loses its work',
  why: 'When the file ends the transaction is still open. Whoever runs it either closes the session, which takes everything back, or keeps it, and with it every lock.',
  instead: 'End the transaction with COMMIT in the same file, or leave BEGIN to the framework.',
  sources: ['https://www.postgresql.org/docs/current/sql-begin.html'],
  on: ['controlTransaction'],
  find: ({ operation, transaction }) => {
    if (operation.action !== 'begin') return undefined;
    return transaction.next('end')
      ? undefined
      : { message: 'The transaction that BEGIN opens is not ended in this file: its locks stay, or its work is taken back.' };
  },
});
