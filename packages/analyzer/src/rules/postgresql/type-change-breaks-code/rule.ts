import { codeEffect } from '../../../verdicts/postgresql/code.js';
import { refusedTypeChange } from '../../../verdicts/postgresql/type-outcome.js';
import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'A change of type breaks prepared statements and clients',
  why: 'Sessions that keep a prepared statement which returns the column fail with 0A000, "cached plan must not change result type", until they prepare it again. Drivers read the new type as another one of the host language: a `bigint` as a string, say.',
  instead: 'Deploy code that casts the column, or does not keep such statements, first; make the connections anew after the change.',
  sources: ['https://www.postgresql.org/docs/current/sql-prepare.html'],
  on: ['alterColumnType'],
  find: ({ operation, facts, around }) => {
    if (refusedTypeChange(around, operation) !== undefined) return undefined;
    const { breaks } = codeEffect(facts, operation);
    return breaks === undefined ? undefined : { relation: onTableText(operation), message: breaks };
  },
});
