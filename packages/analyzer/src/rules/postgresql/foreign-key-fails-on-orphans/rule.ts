import { rowsAtRisk } from '../../failing-rows.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'ADD FOREIGN KEY fails where a row references nothing',
  why: 'One row whose key is not in the other table, and the statement fails with 23503. Rows with a NULL in the key pass.',
  instead: 'Count the orphans and mend them, add the constraint NOT VALID so that no new ones come, then VALIDATE CONSTRAINT.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT'],
  on: ['addConstraint'],
  find: (input) => (input.operation.constraint.type === 'foreignKey' ? rowsAtRisk(input, 'may fail') : undefined),
});
