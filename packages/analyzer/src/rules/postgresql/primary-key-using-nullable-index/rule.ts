import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'ADD PRIMARY KEY USING INDEX over a nullable column reads the whole table under ACCESS EXCLUSIVE',
  why: 'A primary key has no NULL, so the statement makes its columns NOT NULL without saying so: every row is read, and nobody reads or writes the table meanwhile. Where the columns are NOT NULL already, or a valid CHECK proves it, the statement is brief.',
  instead: 'Make the columns NOT NULL first: a CHECK (column IS NOT NULL) NOT VALID, validated in a transaction of its own, then SET NOT NULL.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX'],
  on: ['addConstraint'],
  find: (input) => {
    const { operation } = input;
    if (!(operation.constraint.type === 'primaryKey' && operation.constraint.usingIndex !== undefined)) return undefined;
    const work = slowWork(input);
    return (
      work && {
        relation: work.relation,
        message: `A column of the key is nullable: every row of \`${work.relation}\` is read under ${work.mode} to make it NOT NULL.`,
        ...(work.assumed ? { assumed: work.assumed } : {}),
      }
    );
  },
});
