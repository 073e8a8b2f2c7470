import { betweenTimestamps } from '../../../verdicts/postgresql/type-change.js';
import { refusedTypeChange } from '../../../verdicts/postgresql/type-outcome.js';
import { columnBefore, columnText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'timestamp to timestamptz, or back, writes the whole table anew unless the session runs in UTC',
  why: "Only where the session's time zone is UTC is a `timestamp` the same value as a `timestamptz`. In any other zone every row is converted: the table is written anew under ACCESS EXCLUSIVE, and the zone of the session decides which instant each value becomes.",
  instead:
    "Find out in which zone the values were written. If it is UTC, run `SET timezone = 'UTC'` before the statement. If not, add a new column and fill it in batches with `AT TIME ZONE`.",
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
    'https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-TIMEZONES',
  ],
  on: ['alterColumnType'],
  find: (input) => {
    const { operation, facts } = input;
    const from = columnBefore(facts, operation)?.type ?? operation.from;
    if (from === undefined || !betweenTimestamps(from, operation.to) || refusedTypeChange(input.around, operation) !== undefined) return undefined;
    const work = slowWork(input);
    if (work?.held !== 'rewrite') return undefined;
    const name = `\`${columnText(operation)}\``;
    return {
      relation: work.relation,
      message: `${name} becomes ${operation.to}, was ${from}: the table is written anew under ${work.mode}.`,
      assumed: [...(work.assumed ?? []), ...(operation.using === undefined ? ["The session's time zone is not UTC: the script does not set it."] : [])],
    };
  },
});
