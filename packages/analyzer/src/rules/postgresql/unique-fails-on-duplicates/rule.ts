import { rowsAtRisk } from '../../failing-rows.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'A unique constraint or index fails where two rows have the same key',
  why: 'One key that occurs twice, and the statement fails with 23505. A unique index that is built CONCURRENTLY leaves itself behind when that happens: INVALID, of no use to queries, and still refusing new duplicates.\n\nWhere a key of the table already keeps the columns apart, it cannot fail.',
  instead:
    'Count the keys that occur more than once and mend them first. After a failed CREATE UNIQUE INDEX CONCURRENTLY, DROP INDEX CONCURRENTLY and build it again.',
  sources: ['https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY'],
  on: ['addConstraint', 'createIndex'],
  find: (input) => (input.operation.type === 'createIndex' || input.operation.constraint.type === 'unique' ? rowsAtRisk(input, 'may fail') : undefined),
});
