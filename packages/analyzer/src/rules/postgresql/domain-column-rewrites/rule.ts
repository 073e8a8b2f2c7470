import { domainOf } from '../../../verdicts/postgresql/base-type.js';
import { tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'ADD COLUMN of a domain with a rule writes the whole table anew under ACCESS EXCLUSIVE',
  why: 'A domain with a CHECK or NOT NULL is tried on every row, and PostgreSQL does that by writing the table and all its indexes anew, even where the column has no default. A domain without a rule costs no more than its base type.',
  instead: 'Add a column of the base type, add the rule as a CHECK of the table `NOT VALID`, and validate it in a transaction of its own.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
    'https://www.postgresql.org/docs/current/sql-createdomain.html',
  ],
  on: ['addColumn'],
  find: (input) => {
    const { operation, facts } = input;
    const domain = domainOf(facts, operation.column.type);
    if (!domain?.notNull && !domain?.checks?.length) return undefined;
    const work = slowWork(input);
    return (
      work && {
        relation: work.relation,
        message: `\`${operation.column.name}\` is of the domain \`${tableText(domain)}\`, which has a rule: \`${work.relation}\` is written anew under ${work.mode}.`,
        ...(work.assumed ? { assumed: work.assumed } : {}),
      }
    );
  },
});
