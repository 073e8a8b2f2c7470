import { codeEffect } from '../../../verdicts/postgresql/code.js';
import { refusedDrop } from '../../../verdicts/postgresql/data.js';
import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'DROP COLUMN breaks code that names the column',
  why: 'Statements of the running release that name the column fail with 42703, and so do those of an ORM that lists all columns it knows.',
  instead: 'Deploy code that neither reads nor writes the column first. A NOT NULL column without a default must take NULL before that: DROP NOT NULL.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html'],
  on: ['dropColumn'],
  find: ({ operation, facts, around }) => {
    if (refusedDrop(around, operation) !== undefined) return undefined;
    const { breaks } = codeEffect(facts, operation);
    return breaks === undefined ? undefined : { relation: onTableText(operation), message: breaks };
  },
});
