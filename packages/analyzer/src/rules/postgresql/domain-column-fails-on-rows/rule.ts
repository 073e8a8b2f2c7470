import { domainOf } from '../../../verdicts/postgresql/base-type.js';
import { rowsAtRisk } from '../../failing-rows.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'ADD COLUMN of a domain fails where the value that rows get breaks its rule',
  why: 'Every row that exists gets the default, or NULL where there is none. If the domain refuses that value, the statement fails with 23502 or 23514 on every table that is not empty.',
  instead: 'Add a column of the base type, fill it, add the rule as a CHECK NOT VALID and validate it.',
  sources: ['https://www.postgresql.org/docs/current/sql-createdomain.html'],
  on: ['addColumn'],
  find: (input) => (!domainOf(input.facts, input.operation.column.type) || input.operation.column.notNull ? undefined : rowsAtRisk(input, 'may fail')),
});
