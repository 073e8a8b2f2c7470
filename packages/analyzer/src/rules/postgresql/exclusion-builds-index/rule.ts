import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'ADD EXCLUDE builds its index under ACCESS EXCLUSIVE',
  why: 'An exclusion constraint is tried on every row while its index is built, and nobody reads or writes the table meanwhile. It takes neither `NOT VALID` nor `USING INDEX`.',
  instead:
    'There is no way to add it while the table is in use. Make a new table with the constraint, keep it in step and switch; or run it in a maintenance window.',
  sources: ['https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-EXCLUDE'],
  on: ['addConstraint'],
  find: (input) => {
    const { operation } = input;
    if (!(operation.constraint.type === 'exclusion')) return undefined;
    const work = slowWork(input);
    return (
      work && {
        relation: work.relation,
        message: `The index of the constraint is built from every row of \`${work.relation}\` under ${work.mode}.`,
        ...(work.assumed ? { assumed: work.assumed } : {}),
      }
    );
  },
});
