import { rule } from '../../rule.js';

export default rule({
  verdict: 'advice',
  title: 'A wait behind autovacuum ends only after deadlock_timeout',
  why: 'An autovacuum of the table gives way when somebody has waited for deadlock_timeout (1 s by default), and until then everybody queues behind the waiting statement. A backfill brings such an autovacuum about.',
  instead: 'Use a lock_timeout below deadlock_timeout, such as 200 ms, with more tries; or wait until pg_stat_progress_vacuum is empty.',
  sources: ['https://www.postgresql.org/docs/current/runtime-config-locks.html#GUC-DEADLOCK-TIMEOUT'],
  on: ['setSetting'],
  find: ({ operation }) => {
    if (operation.name.toLowerCase() !== 'lock_timeout') return undefined;
    const [, amount = '', unit = 'ms'] = /^'?\s*(\d+)\s*(ms|s|min|h)?/.exec(operation.value ?? '') ?? [];
    const milliseconds = Number(amount) * (unit === 'ms' ? 1 : unit === 's' ? 1000 : 60_000);
    return milliseconds >= 1000
      ? { message: `lock_timeout of ${operation.value} is not below deadlock_timeout (1 s by default): everybody waits that long behind an autovacuum.` }
      : undefined;
  },
});
