import { refusedTypeChange } from '../../../verdicts/postgresql/type-outcome.js';
import { unreadableValues } from '../../../verdicts/postgresql/unreadable-values.js';
import { rowsAtRisk } from '../../failing-rows.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'A change of type fails where a value does not fit',
  why: "One value that is too long, too great, or not of the new type's form, and the statement fails, after it has held the table as long as it took to get there.",
  instead:
    'Count the values that do not fit and mend them. Where only a limit is wanted, a CHECK NOT VALID that is validated later does the same without touching the type.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE'],
  on: ['alterColumnType'],
  find: (input) => {
    const { operation, facts, target } = input;
    if (refusedTypeChange(input.around, operation) !== undefined) return undefined;
    const found = rowsAtRisk(input, 'may fail');
    if (!found || found.query !== undefined) return found;
    const query = unreadableValues(facts, operation, target.version);
    return query === undefined ? found : { ...found, query };
  },
});
