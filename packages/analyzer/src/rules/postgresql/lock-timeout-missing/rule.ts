import { blocksWriters } from '../../../lock-facts/postgresql/lock-list.js';
import { rule } from '../../rule.js';

const timeout = /[1-9]/;

export default rule({
  verdict: 'advice',
  title: 'A statement waits for its lock without an end',
  why: 'Whoever asks for a strong lock queues behind the longest query on the table, and all others queue behind that request. lock_timeout ends the wait, and the statement is tried again. The safe sequence sets it by itself.',
  instead: "SET lock_timeout = '2s' before the first statement that locks, and run the migration again when it is met.",
  sources: ['https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT'],
  on: 'statement',
  find: ({ facts, lock, transaction }) => {
    const asked = lock?.locks.find(({ relation, mode }) => blocksWriters(mode) && !facts.made.has(relation));
    if (!asked || transaction.blocking || timeout.test(transaction.settings.get('lock_timeout') ?? '')) return undefined;
    return { relation: asked.relation, message: `${asked.mode} on \`${asked.relation}\` is waited for without lock_timeout.` };
  },
});
