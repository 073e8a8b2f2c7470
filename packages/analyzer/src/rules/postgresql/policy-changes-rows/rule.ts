import { isOld, onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'code',
  title: 'A policy that goes, changes or restricts decides which rows running code reaches',
  why: 'A permissive policy that goes hides the rows that only it let through; a restrictive one that comes hides what it does not let through, and one that goes opens them. Nothing fails when rows are read: they are not there, or there are too many. The lock is a brief ACCESS EXCLUSIVE on the table.',
  instead:
    'Create the new policy beside the old one, test as each role what is reached, then drop the old one; replace a policy of the same name in one transaction.',
  sources: ['https://www.postgresql.org/docs/current/sql-createpolicy.html', 'https://www.postgresql.org/docs/current/sql-droppolicy.html'],
  on: ['createPolicy', 'alterPolicy', 'dropPolicy'],
  find: ({ operation, facts, transaction }) => {
    if (!isOld(facts, operation)) return undefined;
    const table = tableBefore(facts, operation);
    const name = onTableText(operation);
    // A policy decides nothing until row level security is enabled.
    if (table && table.rowSecurity === undefined) return undefined;
    switch (operation.type) {
      case 'createPolicy':
        return operation.policy.permissive === false
          ? { relation: name, message: `Rows of \`${name}\` outside the restrictive policy \`${operation.policy.name}\` can no longer be reached.` }
          : undefined;
      case 'alterPolicy': {
        const { using, withCheck, roles } = operation.policy;
        if (using === undefined && withCheck === undefined && roles === undefined) return undefined;
        return { relation: name, message: `The policy \`${operation.policy.name}\` lets other rows of \`${name}\` through than before.` };
      }
      default: {
        const policy = table?.policies?.find((one) => one.name === operation.name);
        if (operation.ifExists && table && !policy) return undefined;
        if (transaction.madeLater(`policy ${operation.name} on ${name}`)) return undefined;
        const effect = policy?.permissive === false ? 'kept out can be reached' : 'let through can no longer be reached';
        return { relation: name, message: `Rows of \`${name}\` that only the policy \`${operation.name}\` ${effect}.` };
      }
    }
  },
});
