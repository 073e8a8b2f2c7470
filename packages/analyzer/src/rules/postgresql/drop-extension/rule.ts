import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'What an extension brought goes with it',
  why: 'Functions, operators and types of the extension are gone at COMMIT; with CASCADE so are the columns, indexes and defaults that use them.',
  instead: 'Move columns, indexes and code off the extension first, and drop it without CASCADE: PostgreSQL then refuses while something depends on it.',
  sources: ['https://www.postgresql.org/docs/current/sql-dropextension.html'],
  on: ['dropExtension'],
  find: ({ operation, statement, change }) => {
    if (change.made.beforeStatement(`new extension ${operation.name}`, statement)) return undefined;
    return operation.cascade
      ? { verdict: 'data', message: `CASCADE drops the columns, indexes and defaults that use \`${operation.name}\`.` }
      : { message: `Code that uses what the extension \`${operation.name}\` brings fails with 42883 or 42704.` };
  },
});
