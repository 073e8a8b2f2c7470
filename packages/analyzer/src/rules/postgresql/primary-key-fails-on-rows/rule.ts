import { rowsAtRisk } from '../../failing-rows.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'ADD PRIMARY KEY fails where a key occurs twice or is NULL',
  why: 'The columns become NOT NULL (23502) and unique (23505), whether the statement says so or takes an index that exists.',
  instead:
    'Count the rows without a key and the keys that occur more than once, mend them, make the columns NOT NULL and build the unique index CONCURRENTLY; then ADD PRIMARY KEY USING INDEX cannot fail.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX'],
  on: ['addConstraint'],
  find: (input) => (input.operation.constraint.type === 'primaryKey' ? rowsAtRisk(input, 'may fail') : undefined),
});
