import { rowsAtRisk } from '../../failing-rows.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'A change of type rounds or cuts the values that are there',
  why: 'Nothing fails: digits after the point, parts of a second, the time of a day or the end of a text go in silence, and no way back brings them again.',
  instead: 'Keep the old column until nobody misses what it held: add a new column, fill it in batches, switch, and drop the old one releases later.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE'],
  on: ['alterColumnType'],
  find: (input) => rowsAtRisk(input, 'loses'),
});
