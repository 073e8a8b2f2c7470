import { rowsAtRisk } from '../../failing-rows.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'DROP COLUMN loses every value of the column',
  why: 'What the column held cannot be brought back by a way down: the column that it adds is empty. Indexes and constraints that name the column go too.',
  instead: 'Stop reading and writing the column first, keep its values in a table of its own or wait a release or more, and drop it last.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  on: ['dropColumn'],
  find: (input) => rowsAtRisk(input, 'loses'),
});
