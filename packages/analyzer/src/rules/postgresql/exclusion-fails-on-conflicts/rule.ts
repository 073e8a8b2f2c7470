import { rowsAtRisk } from '../../failing-rows.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'ADD EXCLUDE fails where two rows conflict',
  why: 'One pair of rows that the constraint would not allow, and the statement fails with 23P01.',
  instead: 'Find the pairs that conflict and mend them first.',
  sources: ['https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-EXCLUDE'],
  on: ['addConstraint'],
  find: (input) => (input.operation.constraint.type === 'exclusion' ? rowsAtRisk(input, 'may fail') : undefined),
});
