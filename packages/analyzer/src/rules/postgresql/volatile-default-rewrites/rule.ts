import { domainOf } from '../../../verdicts/postgresql/base-type.js';
import { defaultVolatility } from '../../../verdicts/postgresql/default-volatility.js';
import { columnBefore, columnOn, isOld, onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';
import { slowWork, unknownTable } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'ADD COLUMN with a volatile default writes the whole table anew under ACCESS EXCLUSIVE',
  why: 'A default that differs from row to row, such as `gen_random_uuid()`, `clock_timestamp()`, `random()` or `nextval()`, has to be worked out for each of them: the table and all its indexes are written anew, and nobody reads or writes meanwhile.\n\nA constant and functions that give one value for the whole statement, `now()` among them, are stored once in the catalogue and cost nothing. A function of your own is volatile unless it says `STABLE` or `IMMUTABLE`.',
  instead: 'Add the column without a default, then `SET DEFAULT` for rows to come, fill the rows that are there in batches, and make it NOT NULL last.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  on: ['addColumn'],
  find: (input) => {
    const { operation, facts } = input;
    const { default: written, name, type } = operation.column;
    const filled = written ?? domainOf(facts, type)?.default;
    if (filled === undefined || !isOld(facts, operation)) return undefined;
    const volatility = defaultVolatility(filled, facts.restsOn.routines);
    if (volatility === 'constant') return undefined;
    const relation = onTableText(operation);
    const message = `\`${relation}.${name}\` gets the default \`${filled}\`, which differs from row to row: the table is written anew under ACCESS EXCLUSIVE.`;
    if (volatility === 'volatile') {
      const work = slowWork(input);
      return work && { relation, message, ...(work.assumed ? { assumed: work.assumed } : {}) };
    }
    if (input.target.stats.get(relation)?.rows === 0 || (operation.ifNotExists && columnBefore(facts, columnOn(operation, name)))) return undefined;
    const unknown = tableBefore(facts, operation) ? [] : [unknownTable(relation)];
    return {
      relation,
      message,
      assumed: [...unknown, `\`${filled}\` is volatile, as functions are that do not say otherwise: no earlier migration makes it.`],
    };
  },
});
