import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'ADD PRIMARY KEY builds its index under ACCESS EXCLUSIVE',
  why: 'The key needs an index, and its columns are made NOT NULL: the rows are read for both, and nobody reads or writes the table meanwhile.',
  instead: 'Make the columns NOT NULL first, the careful way; `CREATE UNIQUE INDEX CONCURRENTLY`; then `ADD PRIMARY KEY USING INDEX`, which is brief.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX'],
  on: ['addConstraint'],
  find: (input) => {
    const { operation } = input;
    if (!(operation.constraint.type === 'primaryKey' && operation.constraint.usingIndex === undefined)) return undefined;
    const work = slowWork(input);
    return (
      work && {
        relation: work.relation,
        message: `The index of the primary key is built from every row of \`${work.relation}\` under ${work.mode}.`,
        ...(work.assumed ? { assumed: work.assumed } : {}),
      }
    );
  },
});
