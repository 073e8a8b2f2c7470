import { tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'lock',
  title: 'A new rule of a domain reads every table that uses it, with writers held up',
  why: 'Each table with a column of the domain is read in full under SHARE, all of them in one statement: nobody writes any of them until the last is read.',
  instead:
    'ALTER DOMAIN … ADD CONSTRAINT … NOT VALID takes no lock on a table and holds for new rows; VALIDATE CONSTRAINT later, or put a CHECK on each table, NOT VALID and then validated.',
  sources: ['https://www.postgresql.org/docs/current/sql-alterdomain.html'],
  on: ['alterDomain'],
  find: ({ operation, lock, facts }) => {
    const read = (lock?.scans ?? []).filter((relation) => !facts.made.has(relation));
    const [first] = read;
    if (first === undefined) return undefined;
    return {
      relation: first,
      message: `${read.map((name) => `\`${name}\``).join(', ')} ${read.length === 1 ? 'is' : 'are'} read in full under SHARE for the new rule of \`${tableText(operation)}\`: nobody writes meanwhile.`,
    };
  },
});
