import { onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS skips an index of that name, valid or not',
  why: 'A build that failed leaves an INVALID index of the name. Run again with IF NOT EXISTS, the statement finds the name, says so in a NOTICE and builds nothing: the migration succeeds, and queries have no index. That is reported where an earlier migration or statement has made the index already, so that this one is a retry. Where nothing tells, `concurrent-index-if-not-exists` says it as advice.',
  instead:
    '`DROP INDEX CONCURRENTLY IF EXISTS` first, then CREATE INDEX CONCURRENTLY without IF NOT EXISTS; and ask `SELECT indisvalid FROM pg_index` afterwards.',
  sources: ['https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY'],
  on: ['createIndex'],
  find: ({ operation, facts }) => {
    if (!operation.concurrently || !operation.ifNotExists) return undefined;
    const known = tableBefore(facts, operation)?.indexes?.some(({ name }) => name === operation.index.name);
    return known
      ? {
          relation: onTableText(operation),
          message: `An index \`${operation.index.name}\` is there already: this builds nothing, even if that one is INVALID after a build that failed.`,
        }
      : undefined;
  },
});
