import { operationLocks } from '../../../lock-facts/postgresql/index.js';
import { betweenTimestamps } from '../../../verdicts/postgresql/type-change.js';
import { refusedTypeChange } from '../../../verdicts/postgresql/type-outcome.js';
import { columnBefore, columnText, isOld, onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'A change of type writes the whole table anew under ACCESS EXCLUSIVE',
  why: 'Where the two types are stored differently, every row is converted: the table and all its indexes are written anew, and nobody reads or writes meanwhile. `integer` to `bigint` is one of these, `json` to `jsonb` another.\n\nWidenings that leave the stored values as they are cost nothing: a longer `varchar`, `varchar` to `text`, a greater precision of `numeric` at the same scale.',
  instead:
    'Add a new column, keep it in step with a trigger, fill it in batches, build its indexes CONCURRENTLY, switch the names, and drop the old one in a later release.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  on: ['alterColumnType'],
  find: (input) => {
    const { operation, facts } = input;
    if (refusedTypeChange(input.around, operation) !== undefined) return undefined;
    const from = columnBefore(facts, operation)?.type ?? operation.from;
    // Between the two kinds of timestamp it is the time zone that decides.
    if (from !== undefined && betweenTimestamps(from, operation.to)) return undefined;
    const name = `\`${columnText(operation)}\``;
    const work = slowWork(input);
    if (work) {
      if (work.held !== 'rewrite') return undefined;
      return {
        relation: work.relation,
        message: `${name} becomes ${operation.to}${from === undefined ? '' : `, was ${from}`}: the table is written anew under ${work.mode}.`,
        ...(work.assumed ? { assumed: work.assumed } : {}),
      };
    }
    if (operationLocks(input.around, operation) !== undefined || !isOld(facts, operation) || input.target.stats.get(onTableText(operation))?.rows === 0)
      return undefined;
    return {
      relation: onTableText(operation),
      message: `${name} becomes ${operation.to}: the table is written anew under ACCESS EXCLUSIVE.`,
      assumed: [
        from === undefined
          ? `${name} is there, of a type that is stored differently: no earlier migration makes it.`
          : `${from} and ${operation.to} are stored differently.`,
      ],
    };
  },
});
