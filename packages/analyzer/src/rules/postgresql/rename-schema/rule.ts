import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'Renaming a schema breaks every statement that names it',
  why: 'Old code that qualifies names with the schema, or has it in its search_path, no longer finds a single object of it.',
  instead: 'Make the new schema, move the objects and leave views under the old names, then move the search_path of the releases.',
  sources: ['https://www.postgresql.org/docs/current/sql-alterschema.html'],
  on: ['renameSchema'],
  find: ({ operation, statement, change }) => {
    const place = change.made;
    if (place.beforeStatement(`schema ${operation.name}`, statement) || place.after(`schema ${operation.name}`, -1)) return undefined;
    return { message: `The schema \`${operation.name}\` becomes \`${operation.to}\`: statements that name it fail with 3F000.` };
  },
});
