import { tableText } from '../../../verdicts/statement-facts.js';
import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'CREATE OR REPLACE FUNCTION cannot change what a function returns',
  why: 'A function of the same name and arguments with another result is refused with 42P13.',
  instead: 'Drop and create it in one transaction where nothing depends on it, or give the new one another name.',
  sources: ['https://www.postgresql.org/docs/current/sql-createfunction.html'],
  on: ['createRoutine'],
  find: ({ operation, facts }) => {
    if (!operation.orReplace || operation.routine.returns === undefined) return undefined;
    const name = tableText(operation.routine);
    const same = facts.before.routines?.find((routine) => tableText(routine) === name && routine.arguments === operation.routine.arguments);
    if (same?.returns === undefined || same.returns === operation.routine.returns) return undefined;
    return {
      message: `\`${name}(${operation.routine.arguments})\` returns ${same.returns} and cannot be replaced by one that returns ${operation.routine.returns} (42P13).`,
    };
  },
});
