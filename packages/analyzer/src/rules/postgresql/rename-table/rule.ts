import { isOld, onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'Renaming or moving a table breaks the code that runs',
  why: 'The rename itself takes a moment under ACCESS EXCLUSIVE. From its COMMIT on every statement that names the old table fails with 42P01, and statements of the release to come fail until then: no release fits both. A view of the old name, made in the same transaction, serves the old code.',
  instead: 'In one transaction rename the table and CREATE VIEW under the old name AS SELECT * FROM the new one; drop the view when no release names it.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html',
    'https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-UPDATABLE-VIEWS',
  ],
  on: ['renameTable', 'setTableSchema'],
  find: ({ operation, facts, transaction }) => {
    if (!isOld(facts, operation) || (operation.type === 'renameTable' && operation.ifExists && !tableBefore(facts, operation))) return undefined;
    const name = onTableText(operation);
    if (transaction.madeLater(`view ${name}`)) return undefined;
    const moved = operation.type === 'setTableSchema' ? `moves to the schema \`${operation.to}\`` : `becomes \`${operation.to}\``;
    return { relation: name, message: `\`${name}\` ${moved}, and no view keeps the old name: statements that use it fail with 42P01.` };
  },
});
