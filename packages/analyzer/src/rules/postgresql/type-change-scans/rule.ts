import { refusedTypeChange } from '../../../verdicts/postgresql/type-outcome.js';
import { columnText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'A change of type reads the whole table under ACCESS EXCLUSIVE',
  why: 'Even where the rows stay as they are, what rests on the column is made anew: a CHECK that names it is tried on every row, a partial or expression index that names it is built again, and so is every index on the column where its collation changes. Nobody reads or writes meanwhile.',
  instead:
    'Drop the CHECK, change the type, add the CHECK NOT VALID and validate it in a later transaction. Drop such an index CONCURRENTLY before and build it CONCURRENTLY after.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  on: ['alterColumnType'],
  find: (input) => {
    const { operation } = input;
    if (refusedTypeChange(input.around, operation) !== undefined) return undefined;
    const work = slowWork(input);
    if (work?.held !== 'scan') return undefined;
    return {
      relation: work.relation,
      message: `\`${work.relation}\` is read in full under ${work.mode}: a check, key or index that rests on \`${columnText(operation)}\` is made anew.`,
      ...(work.assumed ? { assumed: work.assumed } : {}),
    };
  },
});
