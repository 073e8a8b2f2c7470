import { isOld, onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import type { StatementAt } from '../../rule.js';
import { rule } from '../../rule.js';

/** Whether the change itself has made the trigger before the statement. */
function isMadeBefore(change: readonly StatementAt[], id: string, table: string, name: string | undefined): boolean {
  for (const { id: own, operations } of change) {
    if (own === id) return false;
    if (operations.some((one) => one.type === 'createTrigger' && onTableText(one) === table && one.trigger.name === name)) return true;
  }
  return false;
}

export default rule({
  verdict: 'code',
  title: 'What a trigger kept true is no longer kept',
  why: 'DROP TRIGGER and DISABLE TRIGGER take a moment, DROP under ACCESS EXCLUSIVE. Code that writes goes on without an error while what the trigger did is no longer done. Where it copied a column for old releases, the copy goes stale and nobody sees it. A trigger of the same name that is made or enabled again in the same transaction is never missed.',
  instead: 'Make it the last step: when no release relies on what it does, and above all none writes the column that it copies from.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-droptrigger.html',
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DISABLE-ENABLE-TRIGGER',
  ],
  on: ['dropTrigger', 'setTriggerState'],
  find: ({ operation, facts, transaction, statement, change }) => {
    if (!isOld(facts, operation) || (operation.type === 'setTriggerState' && operation.state !== 'disabled' && operation.state !== 'replica')) return undefined;
    const table = onTableText(operation);
    const { name } = operation;
    const there = tableBefore(facts, operation);
    const trigger = there?.triggers?.find((one) => one.name === name);
    if (operation.type === 'dropTrigger' && operation.ifExists && there && !trigger) return undefined;
    const again = transaction.later.some(({ operations }) =>
      operations.some(
        (later) =>
          (later.type === 'createTrigger' && onTableText(later) === table && later.trigger.name === name) ||
          (later.type === 'setTriggerState' && later.state === 'enabled' && onTableText(later) === table && (later.name === undefined || later.name === name)),
      ),
    );
    if (again || isMadeBefore(change, statement.id, table, name)) return undefined;
    const what = name === undefined ? `The triggers of \`${table}\`` : `The trigger \`${name}\` of \`${table}\``;
    const runs = trigger?.function === undefined ? '' : ` and \`${trigger.function}\` is no longer called`;
    return { relation: table, message: `${what} no longer ${name === undefined ? 'fire' : 'fires'}${runs}: writes of running code succeed without it.` };
  },
});
