import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'ADD UNIQUE builds its index under ACCESS EXCLUSIVE',
  why: 'The constraint needs an index, and nobody reads or writes the table while it is built. The same goes for `ADD COLUMN … UNIQUE`.',
  instead: '`CREATE UNIQUE INDEX CONCURRENTLY`, see that it is valid, then `ADD CONSTRAINT … UNIQUE USING INDEX`, which is brief.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX'],
  on: ['addConstraint'],
  find: (input) => {
    const { operation } = input;
    if (!(operation.constraint.type === 'unique')) return undefined;
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
