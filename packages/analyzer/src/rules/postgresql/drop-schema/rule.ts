import { tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'DROP SCHEMA … CASCADE loses every table in it',
  why: 'CASCADE takes all tables, views, types and functions of the schema, and what depends on them in other schemas, without naming one of them. Without CASCADE an empty schema goes and any other is refused.',
  instead: 'Drop what is in the schema one by one, each when nothing uses it any longer, and the empty schema last.',
  sources: ['https://www.postgresql.org/docs/current/sql-dropschema.html'],
  on: ['dropSchema'],
  find: ({ operation, facts, statement, change }) => {
    if (!operation.cascade || change.made.beforeStatement(`new schema ${operation.name}`, statement)) return undefined;
    const lost = facts.before.tables.filter(({ schema }) => schema === operation.name).map(tableText);
    if (operation.ifExists && lost.length === 0) return undefined;
    const tables = lost.length === 0 ? 'whatever tables it has' : lost.map((name) => `\`${name}\``).join(', ');
    return { message: `CASCADE drops everything in the schema \`${operation.name}\`: ${tables}, with every row.` };
  },
});
