import { isOld, onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'Row level security without a policy hides every row',
  why: 'Once it is enabled, roles other than the owner see and write only what a policy lets through; without one that is nothing. FORCE does the same to the owner.',
  instead: 'Create the policies first and enable row level security in the same transaction; try it as each role.',
  sources: ['https://www.postgresql.org/docs/current/ddl-rowsecurity.html'],
  on: ['setRowSecurity'],
  find: ({ operation, facts, transaction }) => {
    if (!isOld(facts, operation) || (operation.state !== 'enabled' && operation.state !== 'forced')) return undefined;
    const table = tableBefore(facts, operation);
    const name = onTableText(operation);
    if (table?.policies?.length || (operation.state === 'enabled' && table?.rowSecurity !== undefined)) return undefined;
    if (transaction.madeLater(`policy on ${name}`)) return undefined;
    const who = operation.state === 'forced' ? 'The owner sees' : 'Roles other than the owner see';
    return {
      relation: name,
      message: `\`${name}\` has no policy: ${who.charAt(0).toLowerCase()}${who.slice(1)} no row and write${operation.state === 'forced' ? 's' : ''} none (42501).`,
    };
  },
});
