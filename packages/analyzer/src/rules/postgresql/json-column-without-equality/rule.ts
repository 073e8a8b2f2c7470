import { codeEffect } from '../../../verdicts/postgresql/code.js';
import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'A json column has no equality',
  why: 'SELECT DISTINCT, UNION and GROUP BY compare whole rows, and fail with 42883 as soon as one column of them is `json`. Code that selects all columns of the table that way breaks.',
  instead: 'Use `jsonb`.',
  sources: ['https://www.postgresql.org/docs/current/datatype-json.html'],
  on: ['addColumn'],
  find: ({ operation, facts }) => {
    if (operation.column.type !== 'json' || operation.column.notNull) return undefined;
    const { breaks } = codeEffect(facts, operation);
    return breaks === undefined ? undefined : { relation: onTableText(operation), message: breaks };
  },
});
