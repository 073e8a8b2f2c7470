import { rule } from '../../rule.js';

export default rule({
  verdict: 'data',
  title: 'A procedure that commits cannot be called in a transaction',
  why: 'COMMIT inside of a procedure is refused with 2D000 when the CALL stands in a transaction, and several statements of one string are one.',
  instead: 'Give the CALL a migration of its own that runs outside of a transaction.',
  sources: ['https://www.postgresql.org/docs/current/plpgsql-transactions.html', 'https://www.postgresql.org/docs/current/sql-call.html'],
  on: ['unknown'],
  find: ({ statement, transaction, change, facts }) => {
    const [, name = ''] = /^\s*call\s+(?:"?\w+"?\.)?"?(\w+)"?\s*\(/i.exec(statement.sql) ?? [];
    if (name === '' || transaction.mode !== 'transactional') return undefined;
    const made = change.made.beforeStatement(`routine ${name.toLowerCase()}`, statement)?.operations.find((one) => one.type === 'createRoutine');
    const body =
      made?.type === 'createRoutine' ? made.routine.definition : facts.before.routines?.find((routine) => routine.name === name.toLowerCase())?.definition;
    if (body === undefined || !/\b(?:commit|rollback)\s*(?:;|and\b)/i.test(body)) return undefined;
    return { message: `\`${name}\` commits, which is refused inside a transaction (2D000).` };
  },
});
