import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'ADD CHECK reads the whole table under ACCESS EXCLUSIVE',
  why: 'A CHECK that is valid at once is tried on every row, and nobody reads or writes the table until it has been. That holds for `ADD COLUMN … CHECK (…)` too, even where the column is new, nullable and has no default.',
  instead:
    'Add the constraint `NOT VALID`, which is brief, and `VALIDATE CONSTRAINT` in a later transaction: it reads the rows under SHARE UPDATE EXCLUSIVE, which holds up nobody.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT',
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
  ],
  on: ['addConstraint'],
  find: (input) => {
    const { operation } = input;
    if (!(operation.constraint.type === 'check')) return undefined;
    const work = slowWork(input);
    return (
      work && {
        relation: work.relation,
        message: `Every row of \`${work.relation}\` is read under ${work.mode} to try \`${operation.constraint.type === 'check' ? operation.constraint.expression : ''}\`.`,
        ...(work.assumed ? { assumed: work.assumed } : {}),
      }
    );
  },
});
