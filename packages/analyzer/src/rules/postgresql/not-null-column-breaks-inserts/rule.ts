import { codeEffect } from '../../../verdicts/postgresql/code.js';
import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'ADD COLUMN NOT NULL without a default breaks INSERTs of running code',
  why: 'The running release does not know the column, so its INSERTs leave it out: each fails with 23502.',
  instead: 'Add the column nullable, or with a default that stays until every writer knows it.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html'],
  on: ['addColumn'],
  find: ({ operation, facts }) => {
    const { breaks } = operation.column.type === 'json' && !operation.column.notNull ? {} : codeEffect(facts, operation);
    return breaks === undefined ? undefined : { relation: onTableText(operation), message: breaks };
  },
});
