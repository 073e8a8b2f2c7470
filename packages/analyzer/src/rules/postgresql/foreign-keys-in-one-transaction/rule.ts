import { isOld, onTableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'advice',
  title: 'Several foreign keys are added in one transaction',
  why: 'Each takes a lock that holds up writers of two tables, and all are held until COMMIT: two transactions that take them in another order end in a deadlock.',
  instead: 'One foreign key a transaction.',
  sources: ['https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS'],
  on: ['addConstraint'],
  find: ({ operation, facts, statement, change, transaction }) => {
    if (operation.constraint.type !== 'foreignKey' || !isOld(facts, operation.constraint.references)) return undefined;
    const target = onTableText(operation.constraint.references);
    const first = change.index.foreignKeys
      .get(statement.migration)
      .find(({ what }) => onTableText(what.references) !== target && !facts.made.has(onTableText(what.references)));
    if (!first || first.by.place > statement.place) return undefined;
    if (first.by !== statement && (!transaction.inside || !change.index.together(first.by, statement))) return undefined;
    // Of two in one statement, the second is told.
    if (first.what === operation.constraint) return undefined;
    return {
      relation: onTableText(operation),
      message: `Writers of \`${target}\` and of \`${onTableText(first.what.references)}\` wait at once, until COMMIT.`,
    };
  },
});
