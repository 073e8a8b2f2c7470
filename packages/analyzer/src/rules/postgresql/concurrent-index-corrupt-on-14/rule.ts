import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'An index built CONCURRENTLY can be corrupt on PostgreSQL 14.0 to 14.3',
  why: 'A fault of these four releases lets CREATE INDEX CONCURRENTLY and REINDEX CONCURRENTLY miss rows that change meanwhile. Queries through the index then do not find them.',
  instead: 'Upgrade to 14.4 or newer first, and build indexes anew that were made CONCURRENTLY before.',
  sources: ['https://www.postgresql.org/docs/release/14.4/'],
  on: ['createIndex', 'reindex'],
  find: ({ operation, target, facts }) => {
    if (target.version !== 14 || target.assumed || !operation.concurrently) return undefined;
    if (operation.type === 'createIndex' && facts.made.has(onTableText(operation))) return undefined;
    return {
      message: 'The index may miss rows that change while it is built.',
      assumed: ['The server is one of 14.0 to 14.3: only the major version is known.'],
    };
  },
});
