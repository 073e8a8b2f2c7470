import { tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'CREATE OR REPLACE VIEW fails when a column goes, moves or is renamed',
  why: 'A view can be replaced by one with more columns at the end. Where one of its columns is missing, has another name or stands elsewhere, PostgreSQL refuses with 42P16.',
  instead: 'Drop and create the view in one transaction where nothing depends on it, or give the new one a new name.',
  sources: ['https://www.postgresql.org/docs/current/sql-createview.html'],
  on: ['createView'],
  find: ({ operation, facts }) => {
    if (!operation.orReplace) return undefined;
    const name = tableText(operation.view);
    const before = facts.before.views?.find((view) => tableText(view) === name)?.columns;
    const after = operation.view.columns;
    const missing = before && after ? before.find((column, index) => after[index] !== column) : undefined;
    return missing === undefined
      ? undefined
      : { relation: name, message: `\`${name}.${missing}\` is no longer in its place: the view cannot be replaced (42P16), only dropped and made again.` };
  },
});
