import { refusedDrop } from '../../../verdicts/postgresql/data.js';
import { isOld, onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'DROP COLUMN is refused because something rests on the column',
  why: 'Without CASCADE, a view, policy, trigger or generated column that reads the column stands against the drop. The statement fails whatever the rows are. With CASCADE they would go in silence.',
  instead: 'Make the views anew without the column in the same transaction, before it is dropped.',
  sources: ['https://www.postgresql.org/docs/current/ddl-depend.html'],
  on: ['dropColumn'],
  find: ({ operation, facts, around }) => {
    const refused = isOld(facts, operation) ? refusedDrop(around, operation) : undefined;
    return refused === undefined ? undefined : { relation: onTableText(operation), message: refused.replace(/^Fails/, 'It fails') };
  },
});
