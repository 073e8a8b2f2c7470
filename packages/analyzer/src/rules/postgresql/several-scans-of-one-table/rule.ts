import { rule } from '../../rule.js';
import { slowWork } from '../../slow-work.js';

export default rule({
  verdict: 'lock',
  title: 'Several ALTER TABLE statements work through the same table one after the other',
  why: 'Each reads or writes every row under its own lock. Actions that are written into one ALTER TABLE share one pass: two SET NOT NULL in one statement are one scan.',
  instead:
    'Put the actions into one ALTER TABLE; or better, take each of them the way that needs no scan under a strong lock. Never put VALIDATE CONSTRAINT beside another action.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  on: ['addColumn', 'addConstraint', 'alterColumnType', 'setNotNull'],
  find: (input) => {
    const { operation, statement, change, transaction } = input;
    if (transaction.alone) return undefined;
    const work = slowWork(input);
    if (!work || (operation.type === 'addConstraint' && operation.constraint.type === 'foreignKey')) return undefined;
    const first = change.index.slowAlters.get(work.relation).find(({ by }) => by.migration === statement.migration);
    if (!first || first.by.place >= statement.place) return undefined;
    return {
      relation: work.relation,
      message: `\`${work.relation}\` is worked through once more under ${work.mode}: an ALTER TABLE before it in the migration has done so already.`,
    };
  },
});
