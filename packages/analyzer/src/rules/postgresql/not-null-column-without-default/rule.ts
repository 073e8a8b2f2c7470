import { domainOf } from '../../../verdicts/postgresql/base-type.js';
import { rowsAtRisk } from '../../failing-rows.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'ADD COLUMN NOT NULL without a default fails where the table has a row',
  why: 'Nothing fills the new column, so the first row that exists breaks it: the statement fails with 23502 on every table that is not empty.',
  instead:
    'Add the column nullable, write it from new code, fill the rows that exist in batches, then make it NOT NULL with the help of a validated CHECK. Or give it a constant default, and keep that until every writer knows the column.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  on: ['addColumn'],
  find: (input) => (domainOf(input.facts, input.operation.column.type) && !input.operation.column.notNull ? undefined : rowsAtRisk(input, 'may fail')),
});
