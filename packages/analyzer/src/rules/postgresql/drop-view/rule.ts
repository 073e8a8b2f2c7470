import { tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'Dropping or renaming a view breaks the code that reads it',
  why: 'Statements that name the view fail with 42P01 from COMMIT on. A view of the same name that is made again in the same transaction is never missed.',
  instead: 'Make a view of a new name, move the readers, then drop the old one; or drop and create it in one transaction.',
  sources: ['https://www.postgresql.org/docs/current/sql-dropview.html'],
  on: ['dropView', 'renameView'],
  find: ({ operation, facts, transaction }) => {
    const name = tableText(operation);
    const known = facts.before.views?.some((view) => tableText(view) === name);
    if (facts.made.has(name) || (operation.type === 'dropView' && operation.ifExists && !known)) return undefined;
    return transaction.madeLater(`relation ${name}`) ? undefined : { relation: name, message: `Statements that name the view \`${name}\` fail with 42P01.` };
  },
});
