import { codeEffect } from '../../../verdicts/postgresql/code.js';
import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'Dropping a unique constraint or index breaks INSERT … ON CONFLICT',
  why: 'ON CONFLICT rests on a unique index of exactly its columns. Without it the INSERT fails with 42P10, and nothing keeps the rows apart any more. Queries that used the index become slow.',
  instead: 'Make the replacement first, CONCURRENTLY, and see that no running statement names the columns in ON CONFLICT.',
  sources: ['https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT'],
  on: ['dropConstraint', 'dropIndex'],
  find: ({ operation, facts }) => {
    const { breaks } = codeEffect(facts, operation);
    if (breaks === undefined || operation.table === undefined) return undefined;
    return { relation: onTableText({ ...operation, table: operation.table }), message: breaks };
  },
});
