import { refusedTypeChange } from '../../../verdicts/postgresql/type-outcome.js';
import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'A change of type is refused because something rests on the column, or because no cast exists',
  why: 'A view, rule, policy, generated column or trigger condition that reads the column stands against any change of its type, even a free one. A type that the values do not become by themselves needs a USING expression, and so that it can be given, a default that fits. The statement fails whatever the rows are.',
  instead:
    'In one transaction: drop what rests on the column, or its default; change the type; make it again. For a missing cast, say with USING how the values are converted.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE'],
  on: ['alterColumnType'],
  find: ({ operation, around }) => {
    const refused = refusedTypeChange(around, operation);
    return refused === undefined ? undefined : { relation: onTableText(operation), message: refused.replace(/^Fails/, 'It fails') };
  },
});
