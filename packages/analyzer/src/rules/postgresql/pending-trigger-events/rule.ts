import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

const harmless = new Set([
  'insertRows',
  'updateRows',
  'deleteRows',
  'mergeRows',
  'setComment',
  'changePrivileges',
  'backfill',
  'maintain',
  'dropIndex',
  'createTrigger',
  'createPolicy',
]);

export default rule({
  verdict: 'data',
  title: 'A table with deferred checks cannot be altered in the transaction that has changed its rows',
  why: 'Checks of a constraint that is INITIALLY DEFERRED wait for COMMIT. Until then ALTER TABLE, TRUNCATE and DROP TABLE are refused with 55006 (pending trigger events) as soon as one row was changed.',
  instead: 'SET CONSTRAINTS ALL IMMEDIATE before the statement, or change rows and schema in two transactions.',
  sources: ['https://www.postgresql.org/docs/current/sql-set-constraints.html'],
  on: 'statement',
  find: ({ statement, transaction }) => {
    if (!transaction.leavesChecks) return undefined;
    for (const operation of statement.operations) {
      if (!('table' in operation) || typeof operation.table !== 'string' || harmless.has(operation.type)) continue;
      const name = onTableText({ ...operation, table: operation.table });
      if (transaction.pendingOn(name))
        return {
          relation: name,
          message: `\`${name}\` has checks left to COMMIT from rows that the transaction has changed: the statement is refused with 55006.`,
        };
    }
    return undefined;
  },
});
