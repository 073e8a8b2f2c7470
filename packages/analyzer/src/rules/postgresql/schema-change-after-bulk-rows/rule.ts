import { blocksWriters } from '../../../lock-facts/postgresql/lock-list.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'lock',
  title: 'A strong lock is asked for while many rows are locked',
  why: 'Rows that the transaction has changed stay locked while it waits for the table: those who wait for the rows and those who hold the table can wait for each other (40P01), and everybody queues behind the request.',
  instead: 'Change the rows in transactions of their own, and the schema in another.',
  sources: ['https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS'],
  on: 'statement',
  find: ({ facts, lock, transaction }) => {
    const { bulk, blocking } = transaction;
    if (!bulk || blocking) return undefined;
    const asked = lock?.locks.find(({ relation, mode }) => blocksWriters(mode) && !facts.made.has(relation));
    if (!asked) return undefined;
    return {
      relation: asked.relation,
      message: `${asked.mode} on \`${asked.relation}\` is asked for while the rows that the transaction has changed before are still locked.`,
    };
  },
});
