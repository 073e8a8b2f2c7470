import { firstNumber } from '../../../verdicts/postgresql/numbers-again.js';
import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'An identity gives numbers that rows have already',
  why: 'The sequence of an identity begins at 1, or where START says, whatever the column holds. INSERTs that leave the column out get the numbers of existing rows: they fail with 23505, one after the other, until the sequence has passed the greatest. Where no key holds rows to different numbers, they come twice, and nobody is told.',
  instead: 'Set the sequence behind the greatest value in the same transaction, with `setval` of `pg_get_serial_sequence`.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html', 'https://www.postgresql.org/docs/current/functions-sequence.html'],
  on: ['setIdentity'],
  find: ({ operation, facts, target, change }) => {
    const first = firstNumber(facts, operation);
    const relation = onTableText(operation);
    if (first === undefined || target.stats.get(relation)?.rows === 0 || change.statements.some(({ sql }) => /\bsetval\s*\(|\brestart\b/i.test(sql)))
      return undefined;
    const name = `\`${relation}.${operation.column}\``;
    return {
      relation,
      message: `The numbers of ${name} begin at ${first}, whatever rows have: INSERTs that leave it out fail with 23505 where a row has the number.`,
    };
  },
});
