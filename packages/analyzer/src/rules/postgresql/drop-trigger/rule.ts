import { isOld, onTableText, tableBefore } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

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
    const thing = `trigger ${name} on ${table}`;
    if (transaction.madeLater(thing) || transaction.madeLater(`triggers on ${table}`) || change.made.beforeStatement(thing, statement)) return undefined;
    const what = name === undefined ? `The triggers of \`${table}\`` : `The trigger \`${name}\` of \`${table}\``;
    const runs = trigger?.function === undefined ? '' : ` and \`${trigger.function}\` is no longer called`;
    return { relation: table, message: `${what} no longer ${name === undefined ? 'fire' : 'fires'}${runs}: writes of running code succeed without it.` };
  },
});
