import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'A stored generated column writes the whole table anew under ACCESS EXCLUSIVE',
  why: 'The expression is worked out for every row that exists and stored with it: the table and all its indexes are written anew, and nobody reads or writes meanwhile. The same goes for `ALTER COLUMN … SET EXPRESSION`. A `VIRTUAL` column (PostgreSQL 18) is worked out when it is read and writes nothing.',
  instead:
    'Add a plain column, keep it with a BEFORE trigger, and fill the rows that exist in batches; or, on PostgreSQL 18 and where no index is needed, make it `VIRTUAL`.',
  sources: ['https://www.postgresql.org/docs/current/ddl-generated-columns.html'],
  on: ['addColumn', 'setGenerated'],
  find: (input) => {
    const { operation } = input;
    if (!(operation.type === 'setGenerated' || operation.column.generated)) return undefined;
    const work = slowWork(input);
    return (
      work && {
        relation: work.relation,
        message: `\`${operation.type === 'setGenerated' ? operation.column : operation.column.name}\` is worked out for every row of \`${work.relation}\`: the table is written anew under ${work.mode}.`,
        ...(work.assumed ? { assumed: work.assumed } : {}),
      }
    );
  },
});
