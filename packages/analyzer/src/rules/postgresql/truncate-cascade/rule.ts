import { onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'TRUNCATE … CASCADE empties tables that it does not name',
  why: 'Every table with a foreign key to an emptied one is emptied too, and those that reference them, whatever ON DELETE says.',
  instead: 'Name each table that is to be emptied, so that a foreign key from elsewhere is refused instead of followed.',
  sources: ['https://www.postgresql.org/docs/current/sql-truncate.html'],
  on: ['truncateTable'],
  find: ({ operation, statement, lock, facts }) => {
    if (!operation.cascade) return undefined;
    const named = new Set(statement.operations.map((one) => (one.type === 'truncateTable' ? onTableText(one) : '')));
    const others = (lock?.locks ?? []).map(({ relation }) => relation).filter((relation) => !named.has(relation) && !facts.made.has(relation));
    if (others.length === 0) return undefined;
    const list = others.map((name) => `\`${name}\``).join(', ');
    return { relation: onTableText(operation), message: `CASCADE empties ${list} with \`${[...named].filter((name) => name !== '').join('`, `')}\`.` };
  },
});
