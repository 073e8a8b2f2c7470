import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'ADD FOREIGN KEY looks up every row while writers of both tables wait',
  why: 'A foreign key that is valid at once reads the whole table and looks up each row in the other one, under SHARE ROW EXCLUSIVE on both: reads go on, writes to either wait. Added `NOT VALID`, or with a new column that holds NULL, it is brief. A partitioned table takes none NOT VALID before PostgreSQL 18: there each partition gets its own so, and the one of the table takes over those that are the same and valid.',
  instead: 'Add it `NOT VALID`, then `VALIDATE CONSTRAINT` in a later transaction. Index the column first, CONCURRENTLY.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT'],
  on: ['addConstraint'],
  find: (input) => {
    const { operation } = input;
    if (operation.constraint.type !== 'foreignKey') return undefined;
    const work = slowWork(input);
    if (!work) return undefined;
    const target = onTableText(operation.constraint.references);
    const also = target === work.relation || input.facts.made.has(target) ? '' : `, and writers of \`${target}\` wait too`;
    return {
      relation: work.relation,
      message: `Every row of \`${work.relation}\` is looked up in \`${target}\` under ${work.mode}${also}.`,
      ...(work.assumed ? { assumed: work.assumed } : {}),
    };
  },
});
