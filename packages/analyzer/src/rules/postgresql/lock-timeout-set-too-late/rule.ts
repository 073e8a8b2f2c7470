import { rule } from '../../rule.js';

export default rule({
  verdict: 'lock',
  title: 'lock_timeout is set after the first lock was waited for',
  why: 'The setting holds for statements that follow it. The one before it has already waited for its lock without an end, and everybody behind it.',
  instead: 'Move SET lock_timeout before the first statement that locks a table.',
  sources: ['https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT'],
  on: ['setSetting'],
  find: ({ operation, transaction }) => {
    if (operation.name.toLowerCase() !== 'lock_timeout' || !/[1-9]/.test(operation.value ?? '')) return undefined;
    const { blocking, settings } = transaction;
    if (!blocking || /[1-9]/.test(settings.get('lock_timeout') ?? '')) return undefined;
    const { relation, mode } = blocking.lock;
    return { relation, message: `The transaction has waited for ${mode} on \`${relation}\` before it sets lock_timeout.` };
  },
});
