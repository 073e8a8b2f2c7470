import type { StatementFacts } from '../../../verdicts/statement-facts.js';
import { isOld, onTableText, tableText } from '../../../verdicts/statement-facts.js';
import type { Change } from '../../change.js';
import type { StatementAt } from '../../rule.js';
import { rule } from '../../rule.js';

/** The function's text, where it was there before the statement or the change has made it. */
function bodyOf(name: string, { before }: StatementFacts, { made }: Change, statement: StatementAt): string | undefined {
  const maker = made.beforeStatement(`routine ${name}`, statement)?.operations.find((one) => one.type === 'createRoutine' && tableText(one.routine) === name);
  return maker?.type === 'createRoutine' ? maker.routine.definition : before.routines?.find((routine) => tableText(routine) === name)?.definition;
}

export default rule({
  verdict: 'code',
  title: 'A new trigger refuses or drops writes of running code',
  why: 'A trigger whose function raises an exception makes writes of running code fail that succeeded before; one that returns NULL before a row drops the write without a word. Triggers whose function does neither change what a write does, not whether it succeeds.',
  instead: 'Deploy code whose writes pass the trigger first; count the rows that it would refuse.',
  sources: ['https://www.postgresql.org/docs/current/sql-createtrigger.html', 'https://www.postgresql.org/docs/current/plpgsql-trigger.html'],
  on: ['createTrigger'],
  find: ({ operation, facts, change, statement }) => {
    if (!isOld(facts, operation)) return undefined;
    const called = operation.trigger.function;
    const body = called === undefined ? undefined : bodyOf(called, facts, change, statement);
    if (body === undefined) return undefined;
    const raises = /\braise\s+(?!debug|log|info|notice|warning)/i.test(body);
    const drops = /\bbefore\b/i.test(operation.trigger.definition) && /\breturn\s+null\b/i.test(body) && !/\breturn\s+(?:new|old)\b/i.test(body);
    if (!raises && !drops) return undefined;
    const name = onTableText(operation);
    return {
      relation: name,
      message: `\`${called}\` ${raises ? 'raises an exception' : 'returns NULL'}: writes to \`${name}\` that succeed today ${raises ? 'can fail' : 'are dropped'}.`,
    };
  },
});
