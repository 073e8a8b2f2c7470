import { rowsAtRisk } from '../../failing-rows.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'ADD CHECK fails where a row breaks it',
  why: 'One row for which the condition is false, and the statement fails with 23514. Rows for which it is NULL pass.',
  instead: 'Count the rows that break it and mend them, add the constraint NOT VALID so that no new ones come, then VALIDATE CONSTRAINT.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT'],
  on: ['addConstraint'],
  find: (input) => (input.operation.constraint.type === 'check' ? rowsAtRisk(input, 'may fail') : undefined),
});
