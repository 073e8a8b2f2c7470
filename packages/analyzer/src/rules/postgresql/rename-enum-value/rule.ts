import { tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'Renaming an enum label breaks code that writes or reads the old one',
  why: 'From COMMIT on the old label is refused with 22P02, and rows that hold it are read as the new one, which running code does not know.',
  instead: 'First deploy code that reads both labels alike and writes whichever of them the type has; then rename.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertype.html'],
  on: ['renameEnumValue'],
  find: ({ operation, statement, change }) => {
    const name = tableText(operation);
    const made = change.made;
    if (made.beforeStatement(`type ${name}`, statement) || made.beforeStatement(`label ${operation.label} of ${name}`, statement)) return undefined;
    return {
      message: `The label '${operation.label}' of \`${name}\` becomes '${operation.to}': statements that name the old one fail with 22P02, and readers meet one that they do not know.`,
    };
  },
});
