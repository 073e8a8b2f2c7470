import { outsideOnly } from '../../../transaction-mode.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'PostgreSQL refuses the statement inside a transaction',
  why: "CONCURRENTLY, VACUUM and the like commit by themselves. Inside a transaction, be it the framework's, one that the file begins, or a file of several statements that is sent as one string, they fail with 25001.",
  instead: 'Give the statement a migration of its own that the framework runs outside of a transaction.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
    'https://www.postgresql.org/docs/current/sql-vacuum.html',
  ],
  on: ['createIndex', 'dropIndex', 'reindex', 'detachPartition', 'maintain', 'createObject', 'dropObject'],
  find: ({ operation, transaction }) => {
    const refused = outsideOnly(operation);
    if (refused === undefined || transaction.mode !== 'transactional') return undefined;
    return { message: `${refused} cannot run inside a transaction: it fails with 25001.` };
  },
});
