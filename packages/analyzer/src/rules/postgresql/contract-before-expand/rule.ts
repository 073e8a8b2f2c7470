import { columnBefore, isOld, onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'A column is dropped before the one that replaces it is added',
  why: 'Between the two transactions no release works: the old one needs the column that is gone, the new one that which is not there yet.',
  instead: 'First expand, in the same change or an earlier one: add what is new, deploy code that uses it, and drop what is old in a later change.',
  sources: ['https://www.postgresql.org/docs/current/ddl-alter.html'],
  on: ['dropColumn'],
  find: ({ operation, facts, statement, change, transaction }) => {
    const relation = onTableText(operation);
    if (!isOld(facts, operation) || facts.made.has(`${relation}.${operation.column}`)) return undefined;
    if (operation.ifExists && !columnBefore(facts, operation)) return undefined;
    const later = change.index.addedColumns.get(relation).at(-1);
    if (!later || later.by.place <= statement.place || (transaction.inside && change.index.together(later.by, statement))) return undefined;
    return {
      relation,
      message: `\`${relation}.${operation.column}\` is dropped and committed before \`${later.what.name}\` is added: between the two, neither old nor new code works.`,
    };
  },
});
