import { isOld, onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'advice',
  title: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS is no way to try again',
  why: 'The first run does what it says, which is why this is advice and no danger. A run after a failed build finds the INVALID index that was left behind, builds nothing, and succeeds.',
  instead:
    '`DROP INDEX CONCURRENTLY IF EXISTS` first, then CREATE INDEX CONCURRENTLY without IF NOT EXISTS; and ask `SELECT indisvalid FROM pg_index` afterwards.',
  sources: ['https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY'],
  on: ['createIndex'],
  find: ({ operation, facts, transaction }) => {
    if (!operation.concurrently || !operation.ifNotExists || !isOld(facts, operation)) return undefined;
    if (tableBefore(facts, operation)?.indexes?.some(({ name }) => name === operation.index.name)) return undefined;
    const cleared = transaction.before.some(({ operations }) => operations.some((other) => other.type === 'dropIndex' && other.name === operation.index.name));
    return cleared
      ? undefined
      : {
          relation: onTableText(operation),
          message: `If a build of \`${operation.index.name}\` has failed before, this finds what it left, builds nothing and succeeds.`,
        };
  },
});
