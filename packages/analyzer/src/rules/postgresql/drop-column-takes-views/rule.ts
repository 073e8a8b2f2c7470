import { columnText, isOld, onTableText, tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'DROP COLUMN … CASCADE takes views with it',
  why: 'CASCADE drops every view that reads the column, and the views on those, in silence. Code that reads them fails with 42P01.',
  instead: 'Make the views anew without the column, in the same transaction, and drop the column without CASCADE.',
  sources: ['https://www.postgresql.org/docs/current/ddl-depend.html'],
  on: ['dropColumn'],
  find: ({ operation, facts }) => {
    if (!operation.cascade || facts.restsOn.readers.length === 0 || !isOld(facts, operation)) return undefined;
    const views = facts.restsOn.readers.map((view) => `\`${tableText(view)}\``).join(', ');
    return {
      relation: onTableText(operation),
      message: `${views} read \`${columnText(operation)}\` and ${facts.restsOn.readers.length === 1 ? 'is' : 'are'} dropped with it: code that reads from there fails with 42P01.`,
    };
  },
});
